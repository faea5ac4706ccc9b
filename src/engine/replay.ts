import type { Day, Instant } from "../core/time/day.ts";
import type { Store } from "./ports.ts";

/**
 * The replay of the book's first model: accounts known when it was applied have the days from
 * `since` on decided one by one, without touches before `liveFrom`.
 */
export interface Replay {
  readonly since: Day;
  readonly liveFrom: Day;
  readonly appliedAt: Instant;
}

const KEY = "replay";

export async function readReplay(store: Store): Promise<Replay | null> {
  const stored = await store.settings.get(KEY);
  return stored === null ? null : (stored as unknown as Replay);
}

export async function writeReplay(
  store: Store,
  { since, liveFrom, appliedAt }: Replay,
): Promise<void> {
  await store.settings.set(KEY, { since, liveFrom, appliedAt });
}
