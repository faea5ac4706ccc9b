import type { EngineContext } from "../context.ts";
import {
  HELD_REASONS,
  type HeldCount,
  type HeldCounts,
  type HeldFilter,
  type HeldMessage,
} from "../ports/ingest.ts";

export interface UnattributedMessage extends HeldMessage {
  /** `reason` in words. */
  readonly why: string;
}

/** Messages that wait for an account, by arrival, a page at a time. */
export async function listUnattributed(
  { store }: EngineContext,
  filter: HeldFilter,
  limit: number,
): Promise<UnattributedMessage[]> {
  const held = await store.ingest.held(filter, limit);
  return held.map((message) => ({ ...message, why: HELD_REASONS[message.reason] }));
}

export interface Unattributed extends HeldCounts {
  readonly reasons: readonly (HeldCount & { readonly why: string })[];
}

/** How much waits, and why. */
export async function countUnattributed({ store }: EngineContext): Promise<Unattributed> {
  const { messages, reasons } = await store.ingest.heldCounts();
  return {
    messages,
    reasons: reasons.map((count) => ({ ...count, why: HELD_REASONS[count.reason] })),
  };
}
