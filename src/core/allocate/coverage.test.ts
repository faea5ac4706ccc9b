import { describe, expect, it } from "vitest";
import type { LevelDef, OwnerKind } from "../model/types.ts";
import { coverageOf, type CoverageInput } from "./coverage.ts";
import { aMember } from "./testing/team.ts";
import { MONDAY, someWeeks, someWork } from "./testing/work.ts";
import type { OwnedAccount } from "./types.ts";

const level = (name: string, by: OwnerKind, accountsPerOwner?: number): LevelDef => ({
  name,
  by,
  accountsPerOwner,
  often: undefined,
  channels: [],
  kinds: [],
  drives: [],
  respond: undefined,
  share: undefined,
});
const accounts = (n: number, base: string, owners: readonly (string | null)[]): OwnedAccount[] =>
  Array.from({ length: n }, (_, index) => ({
    id: `${base}${index}`,
    base,
    owner: owners[index % owners.length] ?? null,
    revenue: 10,
  }));
const three = ["ann", "bob", "cyd"].map((id) => aMember({ id }));
const all = ["ann", "bob", "cyd"];
const cover = (input: Partial<CoverageInput>) =>
  coverageOf({ levels: [], accounts: [], work: [], team: three, frame: someWeeks(2), ...input });
const high = level("high", "csm", 20);

describe("coverage", () => {
  it("calls out in one sentence a model that asks for 1:20 of a team that can do 1:104", () => {
    const [found] = cover({ levels: [high], accounts: accounts(312, "high", all) });
    expect(found).toMatchObject({
      accounts: 312,
      owners: 3,
      actual: 104,
      asked: 20,
      revenue: 3120,
    });
    expect(found?.finding).toBe(
      "high asks for 1 CSM per 20 accounts; 3 CSMs have 312 (1 per 104): 13 more CSMs, or a model that puts 252 fewer accounts there.",
    );
  });

  it("says nothing within a tenth of what is asked for, and then how little is missing", () => {
    const finding = (n: number) =>
      cover({ levels: [high], accounts: accounts(n, "high", all) })[0]?.finding;
    expect(finding(66)).toBeNull();
    expect(finding(67)).toBe(
      "high asks for 1 CSM per 20 accounts; 3 CSMs have 67 (1 per 22): 1 more CSM, or a model that puts 7 fewer accounts there.",
    );
  });

  it("divides people's time over levels by what their accounts ask for there", () => {
    const levels = [high, level("medium", "pod", 80)];
    const [top, mid] = cover({
      levels,
      accounts: [...accounts(60, "high", all), ...accounts(240, "medium", all)],
    });
    expect(top).toMatchObject({ owners: 1.5, actual: 40 });
    expect(mid).toMatchObject({ owners: 1.5, actual: 160 });
    expect(top?.finding).toBe(
      "high asks for 1 CSM per 20 accounts; the working time of 1.5 CSMs is there for 60 (1 per 40): 2 more CSMs, or a model that puts 30 fewer accounts there.",
    );
  });

  it("shares accounts of nobody among all CSMs, and counts who has none yet where the book asks", () => {
    const [shared] = cover({ levels: [high], accounts: accounts(60, "high", [null]) });
    expect(shared).toMatchObject({ owners: 3, actual: 20, finding: null });
    const [idle] = cover({ levels: [high], accounts: accounts(60, "high", ["ann"]) });
    expect(idle).toMatchObject({ owners: 3, actual: 20, finding: null });
  });

  it("counts a half-time CSM half, and nobody who has left or does something else", () => {
    const team = [
      aMember(),
      aMember({ id: "bob", hoursPerWeek: 20 }),
      aMember({ id: "cyd", endsOn: MONDAY - 1 }),
      aMember({ id: "sue", role: "Sales" }),
    ];
    const [found] = cover({ levels: [high], accounts: accounts(30, "high", [null]), team });
    expect(found).toMatchObject({ owners: 1.5, actual: 20, finding: null });
  });

  it("has the pool looked after by its people, else by what the CSMs' other accounts leave", () => {
    const levels = [level("low", "pool", 300)];
    const low = accounts(700, "low", ["ann"]);
    const pia = aMember({ id: "pia", role: "pool" });
    expect(cover({ levels, accounts: low, team: [...three, pia] })[0]?.finding).toBe(
      "low asks for 1 person per 300 accounts; 1 person has 700 (1 per 700): 2 more people, or a model that puts 400 fewer accounts there.",
    );
    expect(cover({ levels, accounts: low })[0]).toMatchObject({ owners: 3, finding: null });
    // nobody is hired for five accounts, although who looks after them has too many others
    const both = [...accounts(100, "high", ["ann"]), ...accounts(5, "low", [null])];
    const found = cover({ levels: [high, ...levels], accounts: both, team: [aMember()] });
    expect(found.map(({ finding }) => finding === null)).toEqual([false, true]);
  });

  it("asks for people where the team has none of the kind, and is silent where no team is listed", () => {
    const input = { levels: [high], accounts: accounts(30, "high", [null]) };
    const team = [aMember({ role: "support" })];
    expect(cover({ ...input, team })[0]?.finding).toBe(
      "high asks for 1 CSM per 20 accounts; nobody is there for its 30: it takes 2 CSMs, or a model that puts no account there.",
    );
    expect(cover({ ...input, team: [] })[0]?.finding).toBeNull();
    // owners that no team lists are people all the same
    const owned = accounts(60, "high", ["zed"]);
    expect(cover({ levels: [high], accounts: owned, team: [] })[0]?.actual).toBe(60);
    expect(
      cover({ levels: [level("tech", "automation", 1)], accounts: accounts(9, "tech", [null]) }),
    ).toMatchObject([{ owners: 0, actual: null, finding: null }]);
  });

  it("compares hours where the heads would do: what the touches need, what other levels leave", () => {
    const levels = [high, level("medium", "csm", 75)];
    const work = [
      ...Array.from({ length: 30 }, (_, n) => someWork({ account: `high${n % 10}`, minutes: 120 })),
      ...Array.from({ length: 30 }, (_, n) => someWork({ account: `medium${n % 10}` })),
      someWork({ account: "high0", doer: "support", minutes: 9999 }),
    ];
    const [top, mid] = cover({
      levels,
      accounts: [...accounts(10, "high", ["ann"]), ...accounts(10, "medium", ["ann"])],
      work,
      team: [aMember()],
    });
    // two weeks: 60 hours for high, 30 for medium, 80 there
    expect(top).toMatchObject({ hoursNeeded: 30, hoursThere: 25 });
    expect(top?.finding).toBe(
      "The touches of high need 30 hours a week, and those who do them have 25 left for it: 5 hours too few.",
    );
    expect(mid).toMatchObject({ hoursNeeded: 15, hoursThere: 10 });
  });
});
