import { readMessage } from "../../../engine/ingest/read-message.ts";
import type { IngestMessage } from "../../../engine/ports/ingest.ts";
import type { Moment } from "../../../engine/ports.ts";

let made = 0;

/** Items as a client sends them, read as they are when they come in. */
export function sent(
  { now }: Moment,
  items: readonly object[],
  more: { readonly sentAt?: unknown; readonly zone?: string } = {},
): IngestMessage[] {
  return items.map((item) => {
    const read = readMessage(item, null, {
      zone: more.zone ?? "UTC",
      accountTypes: new Map(),
      contactTypes: new Map(),
      receivedAt: now,
      sentAt: more.sentAt,
      newId: () => `made-${++made}`,
    });
    if ("refused" in read) throw new Error(read.refused);
    return read.message;
  });
}

export const track = (userId: string | null, event: string, more: object = {}): object => ({
  type: "track",
  userId,
  event,
  ...more,
});
export const identify = (userId: string, traits: object, more: object = {}): object => ({
  type: "identify",
  userId,
  traits,
  ...more,
});
export const group = (
  userId: string | null,
  groupId: string,
  traits: object = {},
  more: object = {},
): object => ({ type: "group", userId, groupId, traits, ...more });
export const alias = (previousId: string, userId: string): object => ({
  type: "alias",
  previousId,
  userId,
});
