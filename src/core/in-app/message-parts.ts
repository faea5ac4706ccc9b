import { type MessagePart, PART_TAGS, type PartTag } from "./types.ts";

/**
 * Reads sanitised HTML into the parts that a message may have. Whatever else is there gives its
 * text and nothing more, so a mistake here can only make a message plainer, never dangerous.
 */
export function messageParts(html: string): readonly MessagePart[] {
  const root: Draft = { tag: null, parts: [] };
  const open: Draft[] = [root];
  const heard = html.replace(SILENT, "");
  let at = 0;
  for (const match of heard.matchAll(TAG)) {
    addText(open, heard.slice(at, match.index));
    takeTag(open, match[0]);
    at = match.index + match[0].length;
  }
  addText(open, heard.slice(at));
  return root.parts.flatMap(finished);
}

/** An element that is being read; null: none that a message may have, its parts go to the parent. */
interface Draft {
  readonly tag: PartTag | null;
  readonly href?: string;
  readonly parts: (string | Draft)[];
}

/** Elements whose content nobody is to read. */
const SILENT =
  /<!--[\s\S]*?-->|<(script|style|template|title|iframe|noscript)\b[\s\S]*?<\/\1\s*>/gi;
/** A bracket in quotes does not end a tag. */
const TAG = /<\/?[a-z](?:"[^"]*"|'[^']*'|[^"'<>])*>/gi;
const NAME = /^<\/?([a-z][a-z0-9]*)/i;
const HREF = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;

/** Other names of what a message may have. */
const SAME_AS: Readonly<Record<string, PartTag>> = { b: "strong", i: "em", h1: "h2", h4: "h3" };

function addText(open: readonly Draft[], text: string): void {
  if (text !== "") open.at(-1)?.parts.push(plainCharacters(text));
}

function takeTag(open: Draft[], text: string): void {
  const name = NAME.exec(text)?.[1]?.toLowerCase() ?? "";
  const tag = PART_TAGS.find((one) => one === (SAME_AS[name] ?? name));
  if (tag === undefined) return;
  if (text.startsWith("</")) {
    const opened = open.findLastIndex((draft) => draft.tag === tag);
    if (opened > 0) open.length = opened;
    return;
  }
  const draft: Draft = { tag, parts: [], ...linkOf(tag, text) };
  open.at(-1)?.parts.push(draft);
  if (tag !== "br" && !text.endsWith("/>")) open.push(draft);
}

function linkOf(tag: PartTag, text: string): { readonly href?: string } {
  const found = tag === "a" ? HREF.exec(text) : null;
  const href = plainCharacters(found?.[1] ?? found?.[2] ?? found?.[3] ?? "");
  return isSafeLink(href) ? { href } : {};
}

/** The web, or a page of the customer's own site (`/settings`); `//other.example` is none. */
export function isSafeLink(link: string): boolean {
  return /^https?:\/\/[^\s\\]/i.test(link) || /^\/(?![/\\])[^\s\\]*$/.test(link);
}

function finished(draft: string | Draft): MessagePart[] {
  if (typeof draft === "string") return [draft];
  const { tag, href } = draft;
  const parts = draft.parts.flatMap(finished);
  // a link that may lead nowhere is its words
  if (tag === null || (tag === "a" && href === undefined)) return parts;
  return [{ tag, parts, ...(href === undefined ? {} : { href }) }];
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00A0",
};

function plainCharacters(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, dec, name) => {
    if (typeof name === "string") return NAMED[name.toLowerCase()] ?? whole;
    const code = typeof hex === "string" ? Number.parseInt(hex, 16) : Number(dec);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\uFFFD";
  });
}
