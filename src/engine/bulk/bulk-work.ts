import { isOpen, type Touch } from "../../core/schedule/index.ts";
import type { EngineContext } from "../context.ts";
import { evaluateAccounts } from "../decide-accounts.ts";
import { liveAccount } from "../live-book.ts";
import type { LiveModel } from "../live-model.ts";
import type { BulkAction, StoredAccount } from "../ports.ts";
import { readReplay } from "../replay.ts";
import { stateAfter, type StateAction } from "./state-change.ts";

/** Of people's work, as far as it is planned ahead. */
export interface BulkWork {
  /** Touches that are made less those that are called off; handed over: those that go along. */
  readonly touches: number;
  readonly minutes: number;
  /** Worked out for so many accounts and scaled up; 0: for all of them. */
  readonly sample: number;
}

/** Accounts that are tried out: enough for a figure, few enough not to be waited for. */
const TRIED = 60;

/** What an action would make of the touches that people have to do: tried out, not stored. */
export async function workOf(
  context: EngineContext,
  live: LiveModel,
  ids: readonly string[],
  action: BulkAction,
): Promise<BulkWork | null> {
  if (ids.length === 0) return null;
  const step = Math.max(1, Math.ceil(ids.length / TRIED));
  const tried = ids.filter((_, n) => n % step === 0);
  const stored = await context.store.accounts.load(tried);
  const differences =
    action.kind === "assign"
      ? stored.map(({ touches }) => sumOf(touches))
      : await tryOut(context, live, stored, action);
  const scale = ids.length / tried.length;
  const sum = (of: (one: Sum) => number): number =>
    Math.round(differences.reduce((all, one) => all + of(one), 0) * scale);
  return {
    touches: sum((one) => one.touches),
    minutes: sum((one) => one.minutes),
    sample: tried.length === ids.length ? 0 : tried.length,
  };
}

interface Sum {
  readonly touches: number;
  readonly minutes: number;
}

function sumOf(touches: Iterable<Touch>): Sum {
  let count = 0;
  let minutes = 0;
  for (const touch of touches) {
    if (!touch.human || !isOpen(touch)) continue;
    count += 1;
    minutes += touch.minutes;
  }
  return { touches: count, minutes };
}

async function tryOut(
  context: EngineContext,
  live: LiveModel,
  stored: readonly StoredAccount[],
  action: StateAction,
): Promise<Sum[]> {
  const changed = stored.flatMap((account) => {
    const state = stateAfter(context, live, account, action, "tried out");
    return state === null || typeof state === "string" ? [] : [{ ...account, state, byHand: true }];
  });
  const before = new Map(stored.map(({ id, touches }) => [id, sumOf(touches)]));
  const work = { live, moment: live.moment(), replay: await readReplay(context.store) };
  const taken = changed.map((account) => liveAccount(live, account));
  return (await evaluateAccounts(work, taken, "person")).map(({ account, result }) => {
    const after = sumOf(result.record.touches.values());
    const was = before.get(account.id) ?? { touches: 0, minutes: 0 };
    return { touches: after.touches - was.touches, minutes: after.minutes - was.minutes };
  });
}
