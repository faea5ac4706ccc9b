import type { Decision } from "../core/decide/index.ts";
import type { Day } from "../core/time/day.ts";
import type { EngineContext } from "./context.ts";
import { refuseClosed, refuseDay, refuseTomorrow } from "./explain-account.ts";
import { findAccount } from "./find-account.ts";
import { liveModel } from "./live-model.ts";
import { lookBack } from "./looking-back/decisions-then.ts";

export type DecisionThen = Decision & { readonly stored: boolean };

/**
 * The decisions of a day, account by account: as it was stored where it was, else computed and
 * marked `stored: false`. Accounts closed on that day, or not known then, are left out; of those
 * that were asked for by name it is said.
 */
export async function* decisionsOn(
  context: EngineContext,
  day: Day,
  wanted?: readonly string[],
): AsyncGenerator<DecisionThen> {
  const live = await liveModel(context);
  refuseTomorrow(day, live.moment().today);
  const named =
    wanted && (await Promise.all(wanted.map((id) => findAccount(context, id)))).map(({ id }) => id);
  const ids = await context.store.accounts.ids(named ? { ids: named } : {});
  for await (const page of (await lookBack(context, live, day)).of(ids)) {
    for (const then of page) {
      if (then.kind === "decided") yield { ...then.decision, stored: then.stored };
      else if (named && then.kind === "closed") refuseClosed(then.account.id, day);
      else if (named && then.kind === "not-known") refuseDay(then.account.id, then.since, day);
    }
  }
}
