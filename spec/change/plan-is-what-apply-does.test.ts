import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isoWeekday } from "../../src/core/time/day.ts";
import type { Touch } from "../../src/core/schedule/index.ts";
import { applyModel } from "../../src/engine/apply-model.ts";
import { planModel } from "../../src/engine/plan/plan-model.ts";
import type { ModelPlan } from "../../src/engine/plan/types.ts";
import { runDecisions } from "../../src/engine/run-decisions.ts";
import { ENGINES } from "../../src/store/testing/test-database.ts";
import { openTestStore } from "../../src/store/testing/test-store.ts";
import {
  DemoPart,
  EVERY_PROBLEM,
  fourTiers,
  fromSixtyThousand,
  partOfDemo,
  SINCE,
  TODAY,
} from "./support/part-of-demo.ts";
import { type AccountRows, isAhead, rowsOfBook, standingOf } from "./support/rows-of-book.ts";

/**
 * The plan of the issue's own change, held against what is stored before and after: the difference
 * is found here, row by row, and by none of the plan's own code.
 */
describe.each(ENGINES)("a plan on %s", (engine) => {
  let book: DemoPart;
  let plan: ModelPlan;
  let before: ReadonlyMap<string, AccountRows>;
  let planned: ReadonlyMap<string, AccountRows>;
  let after: ReadonlyMap<string, AccountRows>;
  let now: ModelPlan;

  beforeAll(async () => {
    book = new DemoPart(await openTestStore(engine));
    book.on(TODAY, 9);
    await book.load(await partOfDemo(engine === "pglite" ? 14 : 28));
    await applyModel(book.context, fourTiers(), { since: SINCE });
    // some days on, with what a book gathers
    book.on(TODAY + 4, 10);
    await runDecisions(book.context);
    before = await rowsOfBook(book.store);
    const files = fourTiers(fromSixtyThousand);
    plan = await planModel(book.context, files, { allow: EVERY_PROBLEM });
    planned = await rowsOfBook(book.store);
    await applyModel(book.context, files, { allow: EVERY_PROBLEM });
    after = await rowsOfBook(book.store);
    now = await planModel(book.context, files, { allow: EVERY_PROBLEM, evaluateAll: true });
  });
  afterAll(() => book.store.close());

  /** Accounts by what they were and are. */
  function pairs(): { id: string; was: AccountRows; is: AccountRows }[] {
    return [...after].map(([id, is]) => {
      const was = before.get(id);
      if (!was) throw new Error(`${id} was not there before`);
      return { id, was, is };
    });
  }

  test("planning writes nothing", () => {
    expect(planned).toEqual(before);
  });

  test("something moves at all", () => {
    expect(plan.accounts.moving).toBeGreaterThan(1);
    expect(plan.touchChanges.length).toBeGreaterThan(10);
    expect(plan.changes.map(({ path }) => path)).toEqual(["segments.tier.top.rule"]);
  });

  test("names the accounts that move, with where each comes from and goes to", () => {
    const moved = pairs().flatMap(({ id, was, is }) => {
      const [from, to] = [standingOf(was), standingOf(is)];
      return Object.keys({ ...from, ...to })
        .filter((what) => (from[what] ?? null) !== (to[what] ?? null))
        .map((what) => [id, what, from[what] ?? null, to[what] ?? null]);
    });
    const planned = plan.moves.flatMap(({ account, reasons }) =>
      reasons.map(({ what, from, to }) => [account, what, from, to]),
    );
    expect(planned.toSorted(byText)).toEqual(moved.toSorted(byText));
    expect(plan.accounts.moving).toBe(new Set(moved.map(([id]) => id)).size);
    for (const { reasons } of plan.moves) for (const { why } of reasons) expect(why).toMatch(/\S/);
  });

  test.each(["level", "stage"] as const)("its matrix of %ss adds up to the book", (what) => {
    const cells = new Map<string, { accounts: number; revenue: number }>();
    for (const { was, is } of pairs()) {
      if (!was.decision && !is.decision) continue;
      const key = JSON.stringify([standingOf(was)[what] ?? null, standingOf(is)[what] ?? null]);
      const cell = cells.get(key) ?? { accounts: 0, revenue: 0 };
      cell.accounts += 1;
      cell.revenue += Number((is.decision ?? was.decision)?.facts["arr"] ?? 0);
      cells.set(key, cell);
    }
    const planned = (what === "level" ? plan.levels : plan.stages).map(
      ({ from, to, accounts, revenue }) =>
        [JSON.stringify([from, to]), { accounts, revenue: cents(revenue) }] as const,
    );
    const added = [...cells].map(
      ([key, { accounts, revenue }]) => [key, { accounts, revenue: cents(revenue) }] as const,
    );
    expect(new Map(planned)).toEqual(new Map(added));
  });

  test("lists each touch that is made, cancelled, moved or changed", () => {
    const found = pairs().flatMap(({ was, is }) => {
      const known = new Map(was.touches.map((touch) => [touch.key, touch]));
      return is.touches.flatMap((touch) => {
        const fate = fateOf(known.get(touch.key), touch);
        return fate === null ? [] : [`${fate} ${touch.account} ${touch.key} ${touch.due}`];
      });
    });
    const planned = plan.touchChanges.map(({ fate, account, key, due, dueBefore }) => {
      return `${fate} ${account} ${key} ${fate === "cancelled" ? dueBefore : due}`;
    });
    expect(planned.toSorted()).toEqual(found.toSorted());
    // no touch goes without a trace
    for (const { was, is } of pairs()) {
      const keys = new Set(is.touches.map(({ key }) => key));
      expect(was.touches.filter(({ key }) => !keys.has(key))).toEqual([]);
    }
  });

  test("its tallies of touches add up to what is open before and after", () => {
    const open = (rows: ReadonlyMap<string, AccountRows>) =>
      [...rows.values()].flatMap(({ touches }) => touches.filter(isAhead));
    const count = (touches: readonly Touch[]) => countBy(touches.map(programOf));
    const sum = (numbers: (tally: ModelPlan["touches"][number]) => number) => {
      const counts: Record<string, number> = {};
      for (const tally of plan.touches) {
        const key = programOf(tally);
        const value = (counts[key] ?? 0) + numbers(tally);
        if (value > 0) counts[key] = value;
      }
      return counts;
    };
    expect(
      sum(({ kept, moved, changed, cancelled }) => kept + moved + changed + cancelled),
    ).toEqual(count(open(before)));
    expect(sum(({ kept, moved, changed, made }) => kept + moved + changed + made)).toEqual(
      count(open(after)),
    );
  });

  test("counts the messages of each coming week, before and after", () => {
    const monday = (day: number): number => day - isoWeekday(day) + 1;
    const [first, today] = [monday(plan.today), plan.today];
    const messages = (rows: ReadonlyMap<string, AccountRows>) =>
      countBy(
        [...rows.values()]
          .flatMap(({ touches }) => touches.filter((touch) => isAhead(touch) && !touch.human))
          .map(({ due, channel }) => [monday(Math.max(due, today)), channel] as const)
          .filter(([week]) => week < first + 56)
          .map(([week, channel]) => `${week} ${channel}`),
      );
    const planned = (side: "before" | "after") =>
      Object.fromEntries(
        plan.messages
          .filter((one) => one[side] > 0)
          .map((one) => [`${one.week} ${one.channel}`, one[side]]),
      );
    expect(planned("before")).toEqual(messages(before));
    expect(planned("after")).toEqual(messages(after));
  });

  test("counts the runs of programs that begin and end", () => {
    const runs = ({ state }: AccountRows) =>
      new Map(
        (state?.schedule.runs ?? []).map(({ program, contact, run }) => [
          `${program} ${contact ?? ""} ${run}`,
          program,
        ]),
      );
    const begun: string[] = [];
    const ended: string[] = [];
    for (const { was, is } of pairs()) {
      const [had, has] = [runs(was), runs(is)];
      for (const [key, program] of has) if (!had.has(key)) begun.push(program);
      for (const [key, program] of had) if (!has.has(key)) ended.push(program);
    }
    const planned = (side: "started" | "ended") =>
      Object.fromEntries(
        plan.programs.filter((one) => one[side] > 0).map((one) => [one.program, one[side]]),
      );
    expect(planned("started")).toEqual(countBy(begun));
    expect(planned("ended")).toEqual(countBy(ended));
  });

  test("says the hours that the touches have, before and after", () => {
    const monday = plan.today - isoWeekday(plan.today) + 1;
    const minutes = (rows: ReadonlyMap<string, AccountRows>): number =>
      [...rows.values()]
        .flatMap(({ touches }) => touches.filter((touch) => isAhead(touch) && touch.human))
        .filter(({ due }) => Math.max(due, plan.today) < monday + 56)
        .reduce((all, touch) => all + touch.minutes, 0);
    const planned = ({ doers }: ModelPlan["hours"]["before"]): number =>
      doers.reduce((all, { weeks }) => all + weeks.reduce((sum, week) => sum + week.minutes, 0), 0);
    expect(planned(plan.hours.before)).toBe(minutes(before));
    expect(planned(plan.hours.after)).toBe(minutes(after));
  });

  test("is empty right after it was applied", () => {
    expect(now).toMatchObject({
      isSame: true,
      changes: [],
      messageFiles: { added: [], changed: [], removed: [] },
      moves: [],
      segments: [],
      programs: [],
      touchChanges: [],
      newlyCapped: [],
      accounts: { moving: 0, first: 0, revenueMoving: 0 },
    });
    for (const { from, to } of [...now.levels, ...now.stages]) expect(from).toBe(to);
    for (const tally of now.touches)
      expect(tally).toMatchObject({ made: 0, moved: 0, cancelled: 0, changed: 0 });
    for (const week of now.messages) expect(week.before).toBe(week.after);
    expect(now.hours.after).toEqual(now.hours.before);
  });
});

/** Sums of fractions differ by the order in which they were added. */
function cents(amount: number): number {
  return Math.round(amount * 100);
}

function fateOf(was: Touch | undefined, is: Touch): string | null {
  const wasAhead = was !== undefined && isAhead(was);
  if (!wasAhead) return isAhead(is) ? "made" : null;
  if (!isAhead(is)) return "cancelled";
  if (was.due !== is.due) return "moved";
  const asPlanned = ({ touchpoint, title, channel, owner, minutes, by, purpose }: Touch) =>
    JSON.stringify({ touchpoint, title, channel, owner, minutes, by, purpose });
  return asPlanned(was) === asPlanned(is) ? null : "changed";
}

function programOf(of: {
  readonly program: string | null;
  readonly touchpoint: string;
  readonly human: boolean;
}): string {
  return `${of.program ?? "by hand"} ${of.touchpoint} ${of.human}`;
}

function countBy(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
