import { hash } from "node:crypto";

/**
 * What a message says, as 16 bytes: two with the same id have to say the same. Times that
 * change when a client sends again (`sentAt`, `receivedAt`) are no part of it.
 */
export function contentHash(content: Content): Uint8Array {
  const { kind, userId, anonymousId, accountId, name, timestamp, values } = content;
  const sorted = Object.keys(values)
    .toSorted()
    .map((key) => [key, values[key]]);
  const text = JSON.stringify([kind, userId, anonymousId, accountId, name, timestamp, sorted]);
  // a buffer of its own for each costs as much as the hash does
  return Buffer.from(hash("sha256", text, "binary").slice(0, 16), "binary");
}

export interface Content {
  readonly kind: string;
  readonly userId: string | null;
  readonly anonymousId: string | null;
  readonly accountId: string | null;
  /** Of the event; the former id of an alias. */
  readonly name: string | null;
  /** As it was sent. */
  readonly timestamp: unknown;
  /** Traits or properties as they were sent. */
  readonly values: { readonly [key: string]: unknown };
}

/** The id of a message that came without one but says when it happened. */
export function contentId(hash: Uint8Array): string {
  return `sha256:${Buffer.from(hash).toString("hex")}`;
}
