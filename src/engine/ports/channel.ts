import type { Json } from "../../core/facts/types.ts";
import type { Channel as ChannelName } from "../../core/model/types.ts";
import type { Touch } from "../../core/schedule/types.ts";
import type { Instant } from "../../core/time/day.ts";

/** Who gets a message; null where it goes to the account (slack, webhook, task). */
export interface MessageContact {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly role: string | null;
  readonly timezone: string | null;
  readonly locale: string | null;
  readonly createdAt: string | null;
  readonly userId: string | null;
  readonly traits: Readonly<Record<string, Json>>;
}

/** All that a message may speak of: the names in `messages/*.liquid`. */
export interface MessageScene {
  readonly touch: Touch;
  readonly workspace: {
    readonly name: string;
    readonly timezone: string;
    readonly currency: string;
  };
  readonly account: { readonly id: string; readonly name: string };
  readonly contact: MessageContact | null;
  /** Contact traits that the model declares: where a contact lacks one, it is unknown and no mistake. */
  readonly contactTraits: readonly string[];
  readonly owner: { readonly name: string | null; readonly email: string | null };
  /** Facts, built-in ones too, by name; null: unknown. */
  readonly facts: Readonly<Record<string, Json>>;
  /** The touchpoint's message files: `welcome.en` → text. Only those of its template. */
  readonly messages: Readonly<Record<string, string>>;
  readonly template: string | null;
}

/**
 * Addresses on our own server that a message carries, each signed for this attempt. `null`:
 * there is no public address, so messages go out without tracking.
 */
export interface MessageLinks {
  /** Where the link with this number leads back to us; the target stands in the message's `links`. */
  click(index: number): string;
  open(): string;
  unsubscribe(): string;
  preferences(): string;
  survey(survey: string, score: number): string;
}

/** A message as it leaves, and as the outbox shows it. Plain JSON, kept with the attempt. */
export interface RenderedMessage {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly preheader: string | null;
  readonly locale: string | null;
  /** Targets of tracked links, in order: `click(index)` leads to these and nowhere else. */
  readonly links: readonly string[];
  /** What else a channel needs: headers, placement in the app, attachments as text. */
  readonly extra: Readonly<Record<string, Json>>;
}

/** `extra.mail` of a message that goes out as a mail. */
export interface MailExtra {
  /** Raw headers. */
  readonly headers: Readonly<Record<string, string>>;
  readonly toName: string | null;
  /** Who gets the answers: the owner. */
  readonly replyTo: { readonly name: string | null; readonly email: string } | null;
}

/** `extra.calendar` of an invitation or a withdrawal: the entry that the mail carries. */
export interface CalendarEntry {
  readonly method: "REQUEST" | "CANCEL";
  /** The same for all versions of an appointment. */
  readonly uid: string;
  readonly sequence: number;
  readonly startsAt: Instant;
  readonly minutes: number;
  readonly title: string;
  /** A room, an address or a link. */
  readonly place: string | null;
  /** null: nobody of the team with an address, the mail's own sender stands for them. */
  readonly organizer: { readonly name: string | null; readonly email: string } | null;
  readonly attendees: readonly { readonly name: string | null; readonly email: string }[];
  readonly madeAt: Instant;
}

/** `extra` of a message in the app: how it is shown there. Its title is the subject. */
export interface InAppExtra {
  readonly show: "banner" | "modal" | "checklist" | "tooltip" | "celebration";
  /** What a tooltip points at: a CSS selector. */
  readonly selector: string | null;
  /** The button's words; null: it can only be closed. */
  readonly button: string | null;
  /** Where the button leads; null: it only closes. */
  readonly link: string | null;
  /** Of a checklist: its first list, whose items are no longer in `html`. */
  readonly items: readonly { readonly text: string; readonly link: string | null }[];
}

/** One attempt on its way out. */
export interface Dispatch {
  /** Of the attempt: the same for ever. */
  readonly id: string;
  readonly account: string;
  readonly touchId: string | null;
  readonly channel: ChannelName;
  readonly kind: "touch" | "invitation" | "withdrawal";
  /** Mail address, user id or URL. */
  readonly receiver: string | null;
  /** For mail: `<…>`, made from the attempt's id. */
  readonly messageId: string;
  readonly message: RenderedMessage;
  readonly at: Instant;
}

export type SendResult =
  | { readonly kind: "sent" }
  /** Surely not delivered; worth another try. */
  | { readonly kind: "temporary"; readonly error: string; readonly retryAfterMs?: number }
  /** Will never be. `bounced`: the address itself was refused. */
  | { readonly kind: "permanent"; readonly error: string; readonly bounced?: boolean }
  /** Nobody knows (the connection broke after the message was handed over). */
  | { readonly kind: "uncertain"; readonly error: string };

/** A way to reach a customer or colleague. One file each, held by one contract test. */
export interface Channel {
  readonly name: ChannelName;
  /** null: set up; else what is missing, as one clause (`SMTP_URL is not set`). */
  readonly missing: string | null;
  /**
   * `stored`: sending means that our own database has it (in-app, task), so it is done in the
   * very transaction of the claim and `send` is not called.
   */
  readonly way: "sent" | "stored";
  /**
   * Makes the message. Throws an AppError `bad-message` (file, place, what is wrong) when its
   * template fails.
   */
  render(scene: MessageScene, links: MessageLinks | null): RenderedMessage;
  /** Never throws for what the other side did: that is a result. */
  send(dispatch: Dispatch): Promise<SendResult>;
  close(): Promise<void>;
}

export type Channels = ReadonlyMap<ChannelName, Channel>;
