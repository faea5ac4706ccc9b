import { describe, expect, it } from "vitest";
import { fitOf } from "./fit.ts";
import { loadOf, roleLoads } from "./load.ts";
import { aMember } from "./testing/team.ts";
import { MONDAY, someWeeks, someWork } from "./testing/work.ts";

const hours = (n: number, work = {}) =>
  Array.from({ length: n }, (_, index) =>
    someWork({ account: `a${index % 5}`, due: MONDAY + (index % 5), ...work }),
  );
const find = (loads: ReturnType<typeof loadOf>, doer: string) =>
  loads.find((one) => one.doer === doer);

describe("load", () => {
  it("is what is planned against the hours there are, in bands", () => {
    const bands = [33, 34, 40, 41].map((n) => {
      const [load] = loadOf(hours(n), [aMember()], someWeeks(1));
      return [load?.weeks[0]?.load, load?.weeks[0]?.band];
    });
    expect(bands).toEqual([
      [33 / 40, "green"],
      [34 / 40, "amber"],
      [1, "amber"],
      [41 / 40, "red"],
    ]);
  });

  it("has no band where nobody has said the hours, and is red where there are none", () => {
    const week = (member: Parameters<typeof aMember>[0]) =>
      loadOf(hours(1), [aMember(member)], someWeeks(1))[0]?.weeks[0];
    expect(week({ hoursPerWeek: null })).toMatchObject({
      capacity: null,
      load: null,
      band: "none",
    });
    const leave = [{ from: MONDAY, to: MONDAY + 4 }];
    expect(week({ leave })).toMatchObject({ capacity: 0, load: null, band: "red" });
  });

  it("counts what is overdue in the first week, what comes later in its own, what is far off in none", () => {
    const work = [-40, 0, 6, 7, 13, 14].map((away) => someWork({ due: MONDAY + away }));
    const [load] = loadOf(work, [aMember()], someWeeks(2));
    expect(load?.weeks.map(({ touches }) => touches)).toEqual([3, 2]);
    expect(load).toMatchObject({
      accounts: 5,
      total: { touches: 5, minutes: 300, capacity: 4800 },
    });
  });

  it("leaves days that are over out of the week that has begun; at a weekend the next is the first", () => {
    const at = (today: number) => {
      const frame = someWeeks(2, today);
      return [frame.weeks[0], loadOf([], [aMember()], frame)[0]?.weeks[0]?.capacity];
    };
    expect(at(MONDAY + 3)).toEqual([MONDAY, 16 * 60]);
    expect(at(MONDAY + 5)).toEqual([MONDAY + 7, 40 * 60]);
  });

  it("shares what is left of people's hours: first their own touches, then their pod's, then the pool's", () => {
    const team = [
      aMember({ pod: "north" }),
      aMember({ id: "bob", pod: "north" }),
      aMember({ id: "cyd", pod: "south" }),
      aMember({ id: "sue", role: "Sales", pod: "north" }),
    ];
    const work = [
      ...hours(10),
      ...hours(20, { doer: "bob" }),
      ...hours(25, { doer: "pod:north" }),
      ...hours(100, { doer: "pool" }),
      ...hours(1, { doer: "sales" }),
    ];
    const loads = loadOf(work, team, someWeeks(1));
    const has = (doer: string) => (find(loads, doer)?.total.capacity ?? 0) / 60;
    expect(has("ann")).toBe(40);
    expect(has("pod:north")).toBe(30 + 20);
    expect(has("pool")).toBe(50 - 25 + 40);
    expect(has("sales")).toBe(40);
    expect(find(loads, "pod:north")).toMatchObject({ kind: "pod", name: "pod north" });
    expect(find(loads, "pool")?.weeks[0]?.band).toBe("red");
    expect(fitOf(work, team, someWeeks(1)).unfit.touches).toBe(35);
  });

  it("gives the pool the hours of its own people alone, where the team has such", () => {
    const team = [aMember(), aMember({ id: "pia", role: "Pool", hoursPerWeek: 20 })];
    const loads = loadOf(hours(2, { doer: "pool" }), team, someWeeks(1));
    expect(find(loads, "pool")?.total.capacity).toBe(20 * 60);
  });

  it("knows owners whom the team does not list, and roles without people, but not their hours", () => {
    const work = [someWork({ doer: "gone" }), someWork({ doer: "support" })];
    const loads = loadOf(work, [aMember()], someWeeks(1));
    expect(find(loads, "gone")).toMatchObject({ kind: "person", total: { band: "none" } });
    expect(find(loads, "support")).toMatchObject({ kind: "role", total: { band: "none" } });
    expect(fitOf(work, [aMember()], someWeeks(1)).unknown.touches).toBe(2);
  });

  it("adds up by role: pods are CSMs, the pool is its people", () => {
    const team = [aMember(), aMember({ id: "bob", hoursPerWeek: 20 })];
    const work = ["ann", "pod:x", "pool", "support"].map((doer) => someWork({ doer }));
    expect(roleLoads(work, team, someWeeks(1))).toMatchObject([
      { role: "csm", people: 2, weeks: [{ minutes: 180, capacity: 3600 }] },
      { role: "support", people: 0, weeks: [{ minutes: 60, capacity: null }] },
    ]);
  });
});
