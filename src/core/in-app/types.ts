/**
 * A message in the customer's app as the widget gets it. Plain data: no HTML ever reaches a
 * customer's page, the widget builds what is shown from these few kinds of parts.
 */
export interface InAppMessage {
  /** Of the attempt: what came back of it is told under this id. */
  readonly id: string;
  readonly show: InAppKind;
  readonly title: string;
  readonly body: readonly MessagePart[];
  /** What a tooltip points at: a CSS selector in the customer's page. */
  readonly selector: string | null;
  /** The button's words; null: there is only the way to close it. */
  readonly button: string | null;
  /** Where the button leads; null: it only closes. */
  readonly link: string | null;
  readonly items: readonly InAppItem[];
  readonly lang: string | null;
  readonly dir: "ltr" | "rtl";
  /** Words of the widget itself, in the message's language. */
  readonly words: InAppWords;
  /** Whether the user has seen it before. */
  readonly seen: boolean;
}

export const IN_APP_KINDS = ["banner", "modal", "checklist", "tooltip", "celebration"] as const;
export type InAppKind = (typeof IN_APP_KINDS)[number];

export interface InAppItem {
  readonly text: string;
  readonly link: string | null;
  readonly done: boolean;
}

export interface InAppWords {
  readonly close: string;
  /** Of a button that has no words of its own. */
  readonly open: string;
  /** `{done} of {all}` */
  readonly progress: string;
}

/** Elements that a message may have. */
export const PART_TAGS = [
  "p",
  "br",
  "strong",
  "em",
  "code",
  "ul",
  "ol",
  "li",
  "h2",
  "h3",
  "blockquote",
  "a",
] as const;
export type PartTag = (typeof PART_TAGS)[number];

/** Text, or an element with what is in it; of links also where they lead. */
export type MessagePart =
  | string
  | { readonly tag: PartTag; readonly parts: readonly MessagePart[]; readonly href?: string };

/** What a user did with a message. */
export const IN_APP_ACTIONS = ["seen", "clicked", "dismissed", "item_done"] as const;
export type InAppAction = (typeof IN_APP_ACTIONS)[number];

export interface InAppReport {
  readonly message: string;
  readonly action: InAppAction;
  /** Which item of a checklist, from 0. */
  readonly item?: number;
}
