import type { AccountRecord } from "../core/account/record.ts";
import type { CapsDef, Channel } from "../core/model/types.ts";
import { applyChoice, type EngineEvent, type Touch } from "../core/schedule/index.ts";
import type { EngineContext } from "./context.ts";
import type { Moment } from "./ports.ts";

export interface Held {
  readonly touches: readonly Touch[];
  readonly events: readonly (EngineEvent & { readonly id: string })[];
}

const WHY = "channel not set up";

/** What becomes of automated touches whose day has come; undefined: somebody delivers them. */
export async function holderOfUnsent({
  store,
  delivers,
  clock,
  setUp,
}: EngineContext): Promise<
  ((record: AccountRecord, caps: CapsDef, moment: Moment) => Held) | undefined
> {
  if (delivers === true || (await store.leases.workers(clock())).length > 0) return undefined;
  const channels = await setUp?.();
  return (record, caps, moment) => holdUnsent(record, caps, moment, channels);
}

/**
 * Automated touches whose day has come while nobody delivers, on channels that are not set up
 * here either: they are held, said to be so, and given up when they have waited longer than the
 * model allows. Those of a channel that is set up wait for a worker as they are.
 */
export function holdUnsent(
  record: AccountRecord,
  caps: CapsDef,
  { today, now }: Moment,
  setUp: ReadonlySet<Channel> = new Set(),
): Held {
  const touches: Touch[] = [];
  const events: (EngineEvent & { id: string })[] = [];
  for (const touch of record.touches.values()) {
    const waits = touch.status === "due" || touch.status === "deferred";
    if (touch.human || !waits || touch.due > today || setUp.has(touch.channel)) continue;
    const isLate = today - touch.due > caps.giveUpAfter;
    if (!isLate && touch.status === "deferred") continue;
    const reason = isLate ? `${WHY} for longer than ${caps.giveUpAfter} days` : WHY;
    const after = applyChoice({ touch, verdict: isLate ? "drop" : "defer", reason }, now);
    record.touches.set(touch.key, after.touch);
    touches.push(after.touch);
    events.push(
      ...after.events.map((event) => ({ ...event, id: `ts:${touch.id}:${after.touch.status}` })),
    );
  }
  return { touches, events };
}
