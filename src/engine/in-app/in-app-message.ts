import type { Json } from "../../core/facts/types.ts";
import { isSafeLink, messageParts } from "../../core/in-app/message-parts.ts";
import {
  IN_APP_KINDS,
  type InAppItem,
  type InAppKind,
  type InAppMessage,
} from "../../core/in-app/types.ts";
import type { StoredInApp } from "../ports.ts";
import { directionOf, widgetWords } from "./widget-words.ts";

/** A message as the widget gets it. */
export function inAppMessage(stored: StoredInApp): InAppMessage {
  const { message, id } = stored;
  const { locale, extra, subject } = message;
  return {
    id,
    show: kindOf(stored),
    title: subject,
    body: messageParts(message.html),
    selector: textOf(extra["selector"]),
    button: textOf(extra["button"]),
    link: linkOf(extra["link"]),
    items: itemsOf(stored),
    lang: locale,
    dir: directionOf(locale, subject + message.text),
    words: widgetWords(locale),
    seen: stored.seenAt !== null,
  };
}

/** What it is shown as: a banner where it does not say, or lacks what its kind is about. */
export function kindOf(stored: StoredInApp): InAppKind {
  const { extra } = stored.message;
  const kind = IN_APP_KINDS.find((one) => one === extra["show"]) ?? "banner";
  if (kind === "tooltip" && textOf(extra["selector"]) === null) return "banner";
  return kind === "checklist" && itemsOf(stored).length === 0 ? "banner" : kind;
}

/** The steps of a checklist: texts, or texts with links. */
export function itemsOf({ message: { extra }, itemsDone }: StoredInApp): readonly InAppItem[] {
  const items = Array.isArray(extra["items"]) ? extra["items"] : [];
  return items.flatMap((item: Json, index) => {
    const done = itemsDone.includes(index);
    if (typeof item === "string") return [{ text: item, link: null, done }];
    if (typeof item !== "object" || item === null || Array.isArray(item)) return [];
    const { text, link } = item as Readonly<Record<string, Json>>;
    return typeof text === "string" ? [{ text, link: linkOf(link), done }] : [];
  });
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function linkOf(value: Json | undefined): string | null {
  const text = textOf(value)?.trim() ?? "";
  return isSafeLink(text) ? text : null;
}
