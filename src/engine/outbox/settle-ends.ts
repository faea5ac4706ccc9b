import type { EngineContext } from "../context.ts";
import { type Ending, settlementOf } from "./end-of-attempt.ts";

export interface EndedAttempt extends Omit<Ending, "now"> {
  readonly account: string;
  readonly id: string;
}

/** An account that changes this often while one statement runs is somebody gone wild. */
const MOST_LOOKS = 100;

/**
 * Stores how attempts ended. What had changed meanwhile is looked at again; whose end was known
 * already stays as it is. Answers the ids of those that were stored.
 */
export async function settleEnds(
  { store, clock }: EngineContext,
  ended: readonly EndedAttempt[],
): Promise<ReadonlySet<string>> {
  const settled = new Set<string>();
  let open = ended;
  for (let look = 0; look < MOST_LOOKS && open.length > 0; look++) {
    const now = clock();
    const endOf = new Map(open.map((one) => [one.id, one]));
    const attempts = await store.outbox.attempts(open);
    const settlements = attempts.flatMap((attempt) => {
      const one = endOf.get(attempt.outgoing.id);
      return one ? (settlementOf(attempt, { ...one, now }) ?? []) : [];
    });
    if (settlements.length === 0) return settled;
    const stale = new Set(await store.outbox.settle(settlements, now));
    for (const { id } of settlements) if (!stale.has(id)) settled.add(id);
    open = open.filter(({ id }) => stale.has(id));
  }
  if (open.length > 0) throw new Error(`${open[0]?.id} kept changing and could not be settled`);
  return settled;
}
