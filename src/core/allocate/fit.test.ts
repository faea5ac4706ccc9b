import { describe, expect, it } from "vitest";
import { busiestDays } from "./busiest-days.ts";
import { fitOf } from "./fit.ts";
import { aMember } from "./testing/team.ts";
import { MONDAY, someWeeks, someWork } from "./testing/work.ts";
import { whatIf } from "./what-if.ts";

const FRAME = someWeeks(1);
const team = [aMember({ hoursPerWeek: 2 })];
const names = (list: readonly { readonly work: { readonly title: string } }[]) =>
  list.map(({ work }) => work.title);

describe("what does not fit", () => {
  it("is given up by priority, then revenue; what must happen is given up last", () => {
    const work = [
      someWork({ title: "small", revenue: 1, priority: 1 }),
      someWork({ title: "unknown", revenue: null, priority: 1 }),
      someWork({ title: "big", revenue: 9, priority: 1 }),
      someWork({ title: "renewal", revenue: 1 }),
      someWork({ title: "nurture", revenue: 99, priority: 3 }),
      someWork({ title: "review", must: true, priority: 9 }),
    ];
    expect(names(fitOf(work, team, FRAME).list)).toEqual(["nurture", "unknown", "small", "big"]);
    const none = [aMember({ hoursPerWeek: 0 })];
    expect(names(fitOf(work, none, FRAME).list).at(-1)).toBe("review");
  });

  it("ends where the hours do not reach: nothing smaller slips in before what matters more", () => {
    const work = [
      someWork({ title: "first", must: true }),
      someWork({ title: "long", minutes: 90, revenue: 500 }),
      someWork({ title: "short", minutes: 10, revenue: 1 }),
    ];
    expect(names(fitOf(work, team, FRAME).list)).toEqual(["short", "long"]);
  });

  it("tells the revenue behind it, of each account once", () => {
    const work = [1, 2, 3].map(() => someWork({ account: "acme", revenue: 700 }));
    const fit = fitOf([...work, someWork({ revenue: 5, must: true })], team, FRAME);
    expect(fit.unfit).toEqual({ touches: 2, minutes: 120, must: 0, accounts: 1, revenue: 700 });
    expect(fit.fits).toMatchObject({ touches: 2, accounts: 2, revenue: 705 });
  });

  it("is told of one doer, who has what the others leave", () => {
    const work = [someWork({ minutes: 90 }), someWork({ doer: "pool" }), someWork({ doer: "bob" })];
    const pool = fitOf(work, [...team, aMember({ id: "bob", hoursPerWeek: 1 })], FRAME, "pool");
    expect(pool.fits.touches + pool.unfit.touches).toBe(1);
    expect(pool.unfit.touches).toBe(1);
  });
});

describe("what one more head changes", () => {
  const eight = someWeeks(8);
  const much = eight.weeks.flatMap((week) =>
    Array.from({ length: 30 }, () => someWork({ due: week, minutes: 120 })),
  );

  it("is nothing in its first month, then half its hours, for those whose work it does", () => {
    const now = [aMember({ pod: "north" }), aMember({ id: "sue", role: "sales" })];
    const added = (role: string, pod: string | null, from = MONDAY) =>
      whatIf({ kind: "add-head", role, pod, from }, much, now, eight);
    const csm = added("csm", "north");
    // 40 hours fit of each week's 60; from 2 April on 20 more: Thursday and Friday, then 3 weeks
    expect(csm.before.touches).toBe(80);
    expect(csm.minutes / 60).toBe(8 + 3 * 20);
    expect(csm.after.touches).toBe(80 - 4 - 3 * 10);
    expect(csm.touches).toHaveLength(34);
    expect(added("csm", null, MONDAY - 400).after.touches).toBe(0);
    expect(added("csm", "south", MONDAY - 400).after.touches).toBe(80);
    expect(added("support", null, MONDAY - 400).after.touches).toBe(80);
  });
});

describe("what a week of leave changes", () => {
  const leave = { kind: "leave", member: "ann", from: MONDAY, to: MONDAY + 4 } as const;
  const ten = Array.from({ length: 10 }, () => someWork());

  it("is what it leaves behind, less what colleagues have hours for", () => {
    const bob = aMember({ id: "bob", hoursPerWeek: 4 });
    const gone = whatIf(leave, [...ten, someWork({ doer: "bob" })], [aMember(), bob], FRAME);
    expect(gone).toMatchObject({
      before: { touches: 0 },
      after: { touches: 7 },
      taken: { touches: 3 },
      minutes: -2400,
    });
    expect(gone.touches).toHaveLength(10);
  });

  it("leaves it to the own pod, where there is one", () => {
    const pods = [aMember({ pod: "n" }), aMember({ id: "bob", pod: "s" })];
    expect(whatIf(leave, ten, pods, FRAME)).toMatchObject({ after: { touches: 10 } });
  });
});

describe("busiest days", () => {
  const two = someWeeks(2);
  const soft = { earliest: MONDAY, latest: MONDAY + 9 };

  it("show what could move, what matters least first, to the nearest day with room", () => {
    const work = [
      ...Array.from({ length: 7 }, () => someWork({ title: "kept", must: true })),
      someWork({ title: "big", revenue: 900, ...soft }),
      someWork({ title: "fixed", revenue: 1 }),
      someWork({ title: "small", revenue: 2, ...soft }),
      someWork({ title: "next day", due: MONDAY + 1, minutes: 450 }),
    ];
    const [day, ...others] = busiestDays(work, [aMember()], two, 5);
    expect(others).toEqual([]);
    expect(day).toMatchObject({ doer: "ann", day: MONDAY, minutes: 600, capacity: 480, left: 0 });
    expect(day?.moves.map(({ work: one, to }) => [one.title, to - MONDAY])).toEqual([
      ["small", 2],
      ["big", 2],
    ]);
  });

  it("fill no day beyond its hours, and say what stays over", () => {
    const work = Array.from({ length: 30 }, () => someWork({ ...soft, latest: MONDAY + 1 }));
    const [day] = busiestDays(work, [aMember()], two, 5);
    expect(day?.moves).toHaveLength(8);
    expect(day?.left).toBe((30 - 16) * 60);
  });

  it("move nothing onto a weekend or into the past", () => {
    const friday = MONDAY + 4;
    const around = { due: friday, earliest: friday - 1, latest: friday + 2 };
    const work = Array.from({ length: 9 }, () => someWork(around));
    const at = (today: number) => busiestDays(work, [aMember()], someWeeks(2, today), 5)[0];
    expect(at(MONDAY)?.moves.map(({ to }) => to)).toEqual([friday - 1]);
    expect(at(friday)?.moves).toEqual([]);
  });
});
