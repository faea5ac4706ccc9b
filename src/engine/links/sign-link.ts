import { createHmac, timingSafeEqual } from "node:crypto";

/** What a link of ours is for: the letter its path begins with. */
export const LINK_KINDS = {
  click: "c",
  open: "o",
  unsubscribe: "u",
  preferences: "p",
  survey: "s",
} as const;
export type LinkKind = keyof typeof LINK_KINDS;

/** What a signed link says: for which attempt it was made, and the link's number or the score. */
export interface Link {
  /** Id of the attempt, as the outbox names it: it says nothing about the person. */
  readonly attempt: string;
  /** `click`: the link's number; `survey`: `NAME.SCORE`; else empty. */
  readonly detail: string;
}

/** 96 bits: guessing one at a million tries a second takes longer than the sun will last. */
const SIGNATURE_BYTES = 12;
const SIGNATURE_LENGTH = 16;

/** Ids, names and numbers: letters that need no escaping in a URL. */
const PLAIN = /^[A-Za-z0-9_.-]{1,120}$/;

/**
 * `ATTEMPT~DETAIL~SIGNATURE` (`ATTEMPT~SIGNATURE` without a detail). The signature covers the
 * kind, so that an open link can never serve as an unsubscribe link. Links do not expire: a mail
 * of last year must still let its reader unsubscribe.
 */
export function signLink(secret: string, kind: LinkKind, { attempt, detail }: Link): string {
  for (const part of detail === "" ? [attempt] : [attempt, detail]) {
    if (!PLAIN.test(part)) throw new Error(`\`${part}\` cannot be part of a link`);
  }
  const content = detail === "" ? attempt : `${attempt}~${detail}`;
  return `${content}~${signature(secret, kind, content)}`;
}

/** What a token says; null when we did not sign it so, for this kind. */
export function readLink(secret: string, kind: LinkKind, token: string): Link | null {
  const end = token.lastIndexOf("~");
  if (end < 0 || token.length > 300) return null;
  const content = token.slice(0, end);
  const given = Buffer.from(token.slice(end + 1));
  const right = Buffer.from(signature(secret, kind, content));
  if (given.length !== SIGNATURE_LENGTH || !timingSafeEqual(given, right)) return null;
  const [attempt = "", detail = ""] = content.split("~");
  return { attempt, detail };
}

function signature(secret: string, kind: LinkKind, content: string): string {
  return createHmac("sha256", secret)
    .update(`touchstone link\n${LINK_KINDS[kind]}\n${content}`)
    .digest()
    .subarray(0, SIGNATURE_BYTES)
    .toString("base64url");
}
