import type { Day, Instant } from "../core/time/day.ts";
import { startOfDay } from "../core/time/zone.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { momentFor, presentModel } from "./edit-account.ts";

export type UsageSpan = "day" | "week";

export interface UsageSeries {
  readonly from: Day;
  readonly to: Day;
  readonly by: UsageSpan;
  /** First day of each span. */
  readonly days: readonly Day[];
  /** Of each event, most frequent first: how often in each span. */
  readonly events: readonly {
    readonly name: string;
    readonly total: number;
    readonly counts: readonly number[];
  }[];
  /** People who did anything in each span. */
  readonly users: readonly number[];
  readonly first: Instant | null;
  readonly last: Instant | null;
}

/** Days that are told at once at most; more are told by weeks. */
export const MOST_DAYS = 800;

/** What the users of an account did, by days or by weeks that begin with the first day asked for. */
export async function accountUsage(
  context: EngineContext,
  account: string,
  { from, to, by }: { readonly from: Day; readonly to: Day; readonly by: UsageSpan },
): Promise<UsageSeries> {
  refuseRange(from, to);
  const zone = (await presentModel(context))?.workspace.timezone ?? "UTC";
  const step = by === "day" ? 1 : 7;
  const days = Array.from({ length: Math.ceil((to - from + 1) / step) }, (_, n) => from + n * step);
  const starts = days.map((day) => startOfDay(day, zone));
  const found = await context.store.detail.usage(account, starts, startOfDay(to + 1, zone));
  const counts = new Map<string, number[]>();
  for (const { name, span, count } of found.counts) {
    const own = counts.get(name) ?? days.map(() => 0);
    own[span] = count;
    counts.set(name, own);
  }
  const users = days.map(() => 0);
  for (const one of found.users) users[one.span] = one.users;
  const events = [...counts].map(([name, own]) => ({
    name,
    total: own.reduce((sum, count) => sum + count, 0),
    counts: own,
  }));
  return {
    from,
    to,
    by,
    days,
    events: events.toSorted((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1)),
    users,
    first: found.first,
    last: found.last,
  };
}

/** The days to tell of when nobody says: as many as a screen shows well, up to today. */
export async function usualRange(
  context: EngineContext,
  days: number,
): Promise<{ from: Day; to: Day }> {
  const { today } = momentFor(context, await presentModel(context));
  return { from: today - days + 1, to: today };
}

export function refuseRange(from: Day, to: Day): void {
  if (from <= to && to - from < MOST_DAYS) return;
  throw new AppError(
    "bad-value",
    from > to
      ? "The first day comes after the last."
      : `From the first to the last day are more than ${MOST_DAYS} days.`,
    `Give a \`from\` before \`to\`, at most ${MOST_DAYS} days earlier.`,
  );
}
