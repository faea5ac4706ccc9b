import { hash } from "node:crypto";

/**
 * What a message says, as 16 bytes: two with the same id have to say the same. Times that
 * change when a client sends again (`sentAt`, `receivedAt`) are no part of it.
 */
export function contentHash(content: Content): Uint8Array {
  const { values, ...rest } = content;
  const sorted = Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([
    rest.kind,
    rest.userId,
    rest.anonymousId,
    rest.accountId,
    rest.name,
    rest.timestamp,
    sorted,
  ]);
  return hash("sha256", text, "buffer").subarray(0, 16);
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
