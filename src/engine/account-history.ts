import { BookDecider } from "../core/decide/index.ts";
import type { Day } from "../core/time/day.ts";
import { accountRecord } from "./account-record.ts";
import { refuseRange } from "./account-usage.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { nearestOrAll } from "./did-you-mean.ts";
import { findAccount } from "./find-account.ts";
import { knownSince } from "./known-since.ts";
import { liveModel } from "./live-model.ts";
import type { DecidedStanding } from "./ports.ts";

export interface AccountHistorySeries {
  readonly from: Day;
  readonly to: Day;
  readonly days: readonly Day[];
  /** Nothing is known of the account before. */
  readonly since: Day;
  /** Stored decisions of these days, oldest first, and the last one before them. */
  readonly decisions: readonly DecidedStanding[];
  /** By fact: its value at the end of each day, as far as is known today; null: unknown. */
  readonly facts: { readonly [name: string]: readonly (number | null)[] };
  /** Health at the end of each day by the model that is live now. */
  readonly health: readonly (number | null)[];
  /** Numeric facts there are to ask for. */
  readonly numeric: readonly string[];
}

/**
 * How an account came to where it is: decisions as they were stored, and facts and health as
 * they are told of each of those days today, late news in its place.
 */
export async function accountHistory(
  context: EngineContext,
  id: string,
  { from, to, facts }: { readonly from: Day; readonly to: Day; readonly facts: readonly string[] },
): Promise<AccountHistorySeries> {
  refuseRange(from, to);
  const { evaluator, model } = await liveModel(context);
  const numeric = model.facts.filter(({ type }) => type.kind === "number").map(({ name }) => name);
  const unknown = facts.find((name) => !numeric.includes(name));
  if (unknown !== undefined)
    throw new AppError(
      "bad-value",
      `The model has no numeric fact \`${unknown}\`.`,
      nearestOrAll(unknown, numeric),
    );
  const account = await findAccount(context, id);
  const standings = await context.store.detail.standings(account.id);
  const { history } = accountRecord(evaluator.compiled.plan, account);
  const since = knownSince(account, history);
  const days = Array.from({ length: to - from + 1 }, (_, n) => from + n);
  const decider = new BookDecider(evaluator.compiled, 1);
  const series = new Map<string, (number | null)[]>(facts.map((name) => [name, []]));
  const health: (number | null)[] = [];
  for (const day of days) {
    decider.read([history], day);
    decider.state.load(0, null, null, day);
    decider.run(0, 1, day);
    const numberOf = (name: string): number | null => {
      const value = day < since ? null : decider.book.get(name, 0);
      return typeof value === "number" ? value : null;
    };
    for (const [name, values] of series) values.push(numberOf(name));
    health.push(model.health ? numberOf("health") : null);
  }
  const first = standings.findIndex(({ day }) => day >= from);
  const start = first < 0 ? standings.length - 1 : Math.max(first - 1, 0);
  return {
    from,
    to,
    days,
    since,
    decisions: standings.slice(Math.max(start, 0)).filter(({ day }) => day <= to),
    facts: Object.fromEntries(series),
    health,
    numeric,
  };
}
