import type { Decision } from "../decide/index.ts";
import type { EngineEvent, HeldBack, Touch, Trigger } from "../schedule/types.ts";
import type { Day, Instant } from "../time/day.ts";
import { startOfDay } from "../time/zone.ts";
import type { Evaluator } from "./evaluate-accounts.ts";
import type { AccountRecord } from "./record.ts";
import type { AccountState } from "./state.ts";

/** An account that has to be brought up to date, day by day. */
export interface Behind {
  readonly record: AccountRecord;
  /** First day to evaluate. */
  readonly from: Day;
  /** The day of the first apply where this account's days before it are replayed. */
  readonly liveFrom: Day | null;
  /** What happened since its last evaluation, any order. */
  readonly news: readonly Trigger[];
  /** Why it is evaluated today, when it is not for midnight's sake. */
  readonly cause: "event" | "model" | "person" | null;
  /**
   * Up to this day, on which a model went live for newcomers only (`--existing new`), nothing that
   * matches starts a program.
   */
  readonly holdBackUntil?: Day;
}

/** One decision that differs from the one before, with the state it left. */
export interface DecidedDay {
  readonly day: Day;
  readonly at: Instant;
  readonly cause: string;
  readonly decision: Decision;
  readonly state: AccountState;
}

export interface CaughtUp {
  readonly record: AccountRecord;
  /** Today's decision; null for a closed account. */
  readonly decision: Decision | null;
  readonly history: readonly DecidedDay[];
  readonly events: readonly (EngineEvent & { readonly id: string })[];
  readonly touches: readonly Touch[];
  /** Runs that `--existing new` kept from beginning. */
  readonly heldBack: readonly HeldBack[];
}

interface Gathering {
  readonly news: ReadonlyMap<Day, readonly Trigger[]>;
  decision: Decision | null;
  readonly history: DecidedDay[];
  readonly events: (EngineEvent & { id: string })[];
  readonly touches: Map<string, Touch>;
  readonly heldBack: HeldBack[];
}

/** Local day and instant of now, and the model that decides. */
interface Present {
  readonly today: Day;
  readonly now: Instant;
  readonly modelVersion: number;
}

/**
 * Brings accounts up to `today` as if every day had been evaluated when it came: each missed
 * day once, with all that had happened by its end, and today with all there is by now.
 */
export function catchUp(
  evaluator: Evaluator,
  behind: readonly Behind[],
  moment: Present,
): CaughtUp[] {
  const days = catchUpByDay(evaluator, behind, moment);
  let step = days.next();
  while (step.done !== true) step = days.next();
  return step.value;
}

/** The same with a pause after each day, in which the caller may see to other things. */
export function* catchUpByDay(
  evaluator: Evaluator,
  behind: readonly Behind[],
  moment: Present,
): Generator<Day, CaughtUp[], void> {
  const gathered = new Map(
    behind.map((one): [AccountRecord, Gathering] => [
      one.record,
      {
        news: newsByDay(one),
        decision: null,
        history: [],
        events: [],
        touches: new Map(),
        heldBack: [],
      },
    ]),
  );
  const first = Math.min(moment.today, ...behind.map(({ from }) => from));
  for (let day = first; day <= moment.today; day++) {
    const due = behind.filter(({ from }) => from <= day);
    evaluateDay(evaluator, due, day, moment, gathered);
    yield day;
  }
  return behind.map(({ record }) => {
    const { touches, news: _, ...rest } = gathered.get(record) as Gathering;
    return { record, ...rest, touches: [...touches.values()] };
  });
}

function evaluateDay(
  evaluator: Evaluator,
  due: readonly Behind[],
  day: Day,
  moment: Present,
  gathered: ReadonlyMap<AccountRecord, Gathering>,
): void {
  const isToday = day === moment.today;
  const now = isToday ? moment.now : startOfDay(day, evaluator.compiled.model.workspace.timezone);
  const byRecord = new Map(due.map((one) => [one.record, one]));
  // accounts in the replay of a first apply make no touches before it went live
  for (const [liveFrom, group] of groupByLiveFrom(due)) {
    const evaluations = evaluator.evaluate(group, {
      today: day,
      now,
      present: moment.today,
      modelVersion: moment.modelVersion,
      liveFrom,
      wantAll: isToday,
      triggers: (record) => gathered.get(record)?.news.get(day) ?? [],
      holdsBack: (record) => day <= (byRecord.get(record)?.holdBackUntil ?? -Infinity),
    });
    for (const { record, decision, changed, events, touches, heldBack } of evaluations) {
      const one = gathered.get(record) as Gathering;
      const { cause, from } = byRecord.get(record) as Behind;
      one.decision = decision;
      one.events.push(...events);
      one.heldBack.push(...heldBack);
      for (const touch of touches) one.touches.set(touch.key, touch);
      if (!changed || !decision) continue;
      const why =
        one.history.length === 0 && day === from && record.isNew
          ? "first"
          : isToday
            ? (cause ?? "midnight")
            : "midnight";
      one.history.push({ day, at: now, cause: why, decision, state: record.state });
    }
  }
}

function groupByLiveFrom(due: readonly Behind[]): Map<Day | null, AccountRecord[]> {
  const groups = new Map<Day | null, AccountRecord[]>();
  for (const { record, liveFrom } of due) {
    const group = groups.get(liveFrom);
    if (group) group.push(record);
    else groups.set(liveFrom, [record]);
  }
  return groups;
}

/** What may start programs, by day: news of that day; what is older came in late, on the first. */
function newsByDay({ news, from, record }: Behind): Map<Day, Trigger[]> {
  const days = new Map<Day, Trigger[]>();
  for (const trigger of news) {
    const day = Math.max(from, record.history.localDay(trigger.at));
    const known = days.get(day);
    if (known) known.push(trigger);
    else days.set(day, [trigger]);
  }
  return days;
}
