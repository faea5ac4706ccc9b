import type { Decision } from "../core/decide/index.ts";
import type { Day } from "../core/time/day.ts";
import type { EngineContext } from "./context.ts";
import { computeDecision, refuseDay } from "./explain-account.ts";
import { findAccount } from "./find-account.ts";
import { knownSince } from "./known-since.ts";
import { liveModel } from "./live-model.ts";

const BATCH = 50;

/**
 * The decisions of a day, account by account: as it was stored where it was, else computed and
 * marked `stored: false`. Accounts closed on that day, or not known then, are left out.
 */
export async function* decisionsOn(
  context: EngineContext,
  day: Day,
  wanted?: readonly string[],
): AsyncGenerator<Decision & { readonly stored: boolean }> {
  const live = await liveModel(context);
  const { today } = live.moment();
  refuseDay("", day, day, today);
  const named =
    wanted && (await Promise.all(wanted.map((id) => findAccount(context, id)))).map(({ id }) => id);
  const ids = await context.store.accounts.ids(named ? { ids: named } : {});
  for (let start = 0; start < ids.length; start += BATCH) {
    for (const account of await context.store.accounts.load(ids.slice(start, start + BATCH))) {
      const known = knownSince(account, live.evaluator.decider);
      if (named) refuseDay(account.id, known, day, today);
      if (known > day) continue;
      const record = await context.store.decisions.on(account.id, day);
      if (record?.day === day) {
        yield { ...record.decision, stored: true };
        continue;
      }
      const decision = computeDecision(live, account, record, day);
      if (decision) yield { ...decision, stored: false };
    }
  }
}
