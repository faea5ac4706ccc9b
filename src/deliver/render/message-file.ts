import { nearest } from "../../core/text/nearest.ts";
import { badMessage } from "./bad-message.ts";

/** What may stand in the first lines of a message file, before the first empty one. */
export const MESSAGE_HEADS = [
  "subject",
  "preheader",
  "title",
  "button",
  "link",
  "survey",
  "show",
  "selector",
] as const;
export type MessageHead = (typeof MESSAGE_HEADS)[number];

/** A piece of a file, and where in it it stands: line and column begin at 1. */
export interface Piece {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

export interface MessageFile {
  /** `messages/welcome.en.liquid`: for messages about it. */
  readonly file: string;
  readonly heads: ReadonlyMap<MessageHead, Piece>;
  readonly body: Piece;
}

const HEAD = /^([a-z_]+):(?:[ \t]+|$)(.*)$/;

/**
 * Head lines (`subject: …`) up to the first empty line, then the body. A file without head lines
 * is all body. Throws `bad-message` for a head that does not exist or stands there twice.
 */
export function readMessageFile(file: string, source: string): MessageFile {
  const lines = source
    .replace(/^\uFEFF/, "")
    .replaceAll("\r\n", "\n")
    .split("\n");
  const heads = new Map<MessageHead, Piece>();
  let at = 0;
  for (; at < lines.length && lines[at]?.trim() !== ""; at++) {
    const [, name, value = ""] = HEAD.exec(lines[at] ?? "") ?? [];
    if (name === undefined) {
      if (heads.size === 0) break;
      throw badMessage(file, at + 1, 1, "an empty line must stand between the head and the body");
    }
    const head = knownHead(file, at + 1, name);
    if (heads.has(head)) throw badMessage(file, at + 1, 1, `\`${head}:\` stands there twice`);
    heads.set(head, { text: value, line: at + 1, column: name.length + 3 });
  }
  const body = lines.slice(at).join("\n");
  return { file, heads, body: { text: body, line: at + 1, column: 1 } };
}

function knownHead(file: string, line: number, name: string): MessageHead {
  const head = MESSAGE_HEADS.find((one) => one === name);
  if (head !== undefined) return head;
  const near = nearest(name, MESSAGE_HEADS);
  const known =
    near === undefined ? `there are ${MESSAGE_HEADS.join(", ")}` : `did you mean ${near}?`;
  throw badMessage(file, line, 1, `there is no head \`${name}\`: ${known}`);
}
