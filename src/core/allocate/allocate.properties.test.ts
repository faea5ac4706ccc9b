import fc from "fast-check";
import { expect, test } from "vitest";
import { busiestDays } from "./busiest-days.ts";
import { fitOf } from "./fit.ts";
import { loadOf } from "./load.ts";
import { aMember } from "./testing/team.ts";
import { MONDAY, someWeeks, weekdays } from "./testing/work.ts";
import type { Frame, Member, PlannedWork } from "./types.ts";
import { minutesOn } from "./hours.ts";
import { whatIf } from "./what-if.ts";

const RUNS = Number(process.env["TOUCHSTONE_RUNS"] ?? 150);
const FRAME: Frame = someWeeks(3, MONDAY + 1);
const END = (FRAME.weeks.at(-1) ?? 0) + 6;
const PEOPLE = ["ann", "bob", "cyd"];
const DOERS = [...PEOPLE, "pod:n", "pool", "sales", "nobody listed"];

const someTeam: fc.Arbitrary<Member[]> = fc.tuple(...PEOPLE.map(someMember));
function someMember(id: string): fc.Arbitrary<Member> {
  return fc
    .record({
      hoursPerWeek: fc.constantFrom(null, 0, 1, 7.5, 20, 40),
      role: fc.constantFrom("CSM", "pool", "sales", null),
      pod: fc.constantFrom(null, "n", "s"),
      startsOn: fc.option(fc.integer({ min: MONDAY - 70, max: END })),
      endsOn: fc.option(fc.integer({ min: MONDAY, max: END })),
      away: fc.option(fc.integer({ min: MONDAY, max: END })),
    })
    .map(({ away, ...member }) =>
      aMember({ id, ...member, leave: away === null ? [] : [{ from: away, to: away + 2 }] }),
    );
}

const someBook: fc.Arbitrary<PlannedWork[]> = fc
  .array(
    fc.record({
      doer: fc.constantFrom(...DOERS),
      account: fc.integer({ min: 0, max: 9 }),
      minutes: fc.constantFrom(0, 15, 45, 60, 330, 700),
      must: fc.boolean(),
      priority: fc.integer({ min: 0, max: 2 }),
      due: fc.integer({ min: MONDAY - 10, max: END + 9 }),
      slack: fc.integer({ min: 0, max: 7 }),
    }),
    { maxLength: 60 },
  )
  .map((rows) =>
    rows.map(({ account, slack, ...row }, index) => ({
      ...row,
      touchId: `t${index}`,
      account: `a${account}`,
      accountName: null,
      touchpoint: "call",
      title: "Call",
      program: null,
      revenue: account === 0 ? null : account * 100,
      level: null,
      earliest: Math.max(FRAME.today, row.due - slack),
      latest: row.due + slack,
    })),
  );

const inFrame = (work: readonly PlannedWork[]) => work.filter(({ due }) => due <= END);
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const everyBook = (check: (work: PlannedWork[], team: Member[]) => void) => {
  fc.assert(fc.property(someBook, someTeam, check), { numRuns: RUNS });
};

test("loads add up to the touches: no minute is lost or counted twice", () => {
  everyBook((work, team) => {
    const loads = loadOf(work, team, FRAME);
    expect(sum(loads.map(({ total }) => total.touches))).toBe(inFrame(work).length);
    expect(sum(loads.map(({ total }) => total.minutes))).toBe(
      sum(inFrame(work).map(({ minutes }) => minutes)),
    );
  });
});

test("each touch fits, does not, or is not measured; what fits is within the hours", () => {
  everyBook((work, team) => {
    const fit = fitOf(work, team, FRAME);
    expect(fit.fits.touches + fit.unfit.touches + fit.unknown.touches).toBe(inFrame(work).length);
    expect(new Set(fit.list.map((one) => one.work.touchId)).size).toBe(fit.unfit.touches);
    const lost = new Set(fit.list.map((one) => one.work));
    for (const { doer, weeks } of loadOf(work, team, FRAME)) {
      for (const [index, { week, capacity }] of weeks.entries()) {
        if (capacity === null) continue;
        const own = inFrame(work).filter(
          (one) =>
            one.doer === doer &&
            !lost.has(one) &&
            (index === 0 ? one.due < week + 7 : one.due >= week && one.due < week + 7),
        );
        expect(sum(own.map(({ minutes }) => minutes))).toBeLessThanOrEqual(capacity + 1e-6);
      }
    }
  });
});

test("all hours that work is fitted into are hours that people have", () => {
  everyBook((work, team) => {
    const fit = fitOf(work, team, FRAME);
    const alone = loadOf([], team, FRAME);
    const there = sum(alone.map(({ total }) => total.capacity ?? 0));
    expect(fit.fits.minutes).toBeLessThanOrEqual(there + 1e-6);
  });
});

test("a head more never makes less fit, whatever it does and whenever it comes", () => {
  const someHead = fc.record({
    role: fc.constantFrom("csm", "pool", "sales", "support"),
    pod: fc.constantFrom(null, "n"),
    from: fc.integer({ min: MONDAY - 100, max: END }),
  });
  fc.assert(
    fc.property(someBook, someTeam, someHead, (work, team, head) => {
      const { before, after, touches, minutes } = whatIf(
        { kind: "add-head", ...head },
        work,
        team,
        FRAME,
      );
      expect(after.touches + touches.length).toBe(before.touches);
      expect(after.revenue).toBeLessThanOrEqual(before.revenue);
      expect(sum(touches.map((one) => one.work.minutes))).toBeLessThanOrEqual(minutes + 1e-6);
    }),
    { numRuns: RUNS },
  );
});

test("a leave more never makes more fit", () => {
  const someLeave = fc.record({
    member: fc.constantFrom(...PEOPLE),
    from: fc.integer({ min: MONDAY, max: END }),
    days: fc.integer({ min: 0, max: 9 }),
  });
  fc.assert(
    fc.property(someBook, someTeam, someLeave, (work, team, { member, from, days }) => {
      const leave = { kind: "leave", member, from, to: from + days } as const;
      const { before, after, touches, taken, minutes } = whatIf(leave, work, team, FRAME);
      expect(after.touches).toBe(before.touches + touches.length - taken.touches);
      expect(after.touches).toBeGreaterThanOrEqual(before.touches);
      expect(after.revenue).toBeGreaterThanOrEqual(before.revenue);
      expect(minutes).toBeLessThanOrEqual(0);
    }),
    { numRuns: RUNS },
  );
});

test("moves go to working days within a touch's window and fill no day beyond its hours", () => {
  everyBook((work, team) => {
    const days = busiestDays(work, team, FRAME, 100);
    const planned = new Map<string, number>();
    const at = (doer: string, day: number) => `${doer} ${day}`;
    const add = (key: string, minutes: number) =>
      planned.set(key, (planned.get(key) ?? 0) + minutes);
    for (const one of inFrame(work)) add(at(one.doer, Math.max(FRAME.today, one.due)), one.minutes);
    const moved = days.flatMap(({ moves }) => moves);
    expect(new Set(moved.map((one) => one.work)).size).toBe(moved.length);
    for (const { work: one, to } of moved) {
      expect(one.must).toBe(false);
      expect(to >= one.earliest && to <= one.latest && weekdays.isWorkingDay(to)).toBe(true);
      add(at(one.doer, one.due), -one.minutes);
      add(at(one.doer, to), one.minutes);
    }
    for (const { work: one, to } of moved) {
      const member = team.find(({ id }) => id === one.doer);
      if (!member) continue;
      expect(planned.get(at(one.doer, to))).toBeLessThanOrEqual(
        (minutesOn(member, to, weekdays) ?? 0) + 1e-6,
      );
    }
  });
});
