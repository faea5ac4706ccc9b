import fc from "fast-check";
import { expect, test } from "vitest";
import { dayOf } from "../time/day.ts";
import { type Colleague, doerOf, isThere, TeamOnHand } from "./doer-of.ts";

const DAY = dayOf(2026, 3, 10);

function colleague(id: string, change: Partial<Colleague> = {}): Colleague {
  return {
    id,
    role: "CSM",
    pod: null,
    hoursPerWeek: 40,
    startsOn: null,
    endsOn: null,
    leave: [],
    ...change,
  };
}

const AWAY = [{ from: DAY - 1, to: DAY + 1 }];

function doing(
  members: readonly Colleague[],
  change: Partial<Parameters<typeof doerOf>[0]> = {},
): string {
  const touch = {
    account: "acme",
    by: "owner",
    owner: "ann",
    due: DAY,
    human: true,
    status: "planned",
    ...change,
  } as const;
  const { doer, standsInFor } = doerOf(touch, new TeamOnHand(members));
  return standsInFor === null ? doer : `${doer} for ${standsInFor}`;
}

test("the owner does it, known to the team or not; without one the pool, or the role that is named", () => {
  expect(doing([colleague("ann")])).toBe("ann");
  expect(doing([], { owner: "somebody of the CRM" })).toBe("somebody of the CRM");
  expect(doing([], { owner: null })).toBe("pool");
  expect(doing([], { owner: null, by: "support" })).toBe("support");
});

test("a colleague of the pod stands in on days of leave, and only then", () => {
  const team = [
    colleague("ann", { pod: "north", leave: AWAY }),
    colleague("ben", { pod: "north" }),
    colleague("cat", { pod: "south" }),
  ];
  expect(doing(team)).toBe("ben for ann");
  expect(doing(team, { due: DAY + 2 })).toBe("ann");
  expect(doing(team, { due: DAY - 2 })).toBe("ann");
  expect(doing(team, { status: "done" })).toBe("ann");
});

test("with nobody of the pod there it is somebody of the same role; with nobody at all it is the pod's, or waits", () => {
  const ann = colleague("ann", { pod: "north", leave: AWAY });
  const ben = colleague("ben", { pod: "north", leave: AWAY });
  const tim = colleague("tim", { role: "Support" });
  expect(doing([ann, ben, tim, colleague("cat", { pod: "south" })])).toBe("cat for ann");
  expect(doing([ann, ben, tim])).toBe("pod:north for ann");
  expect(doing([{ ...ann, pod: null }, tim])).toBe("ann");
  expect(doing([colleague("ann", { endsOn: DAY - 1 }), tim])).toBe("pool for ann");
});

test("who has not started yet, has left or has no hours stands in for nobody", () => {
  const ann = colleague("ann", { leave: AWAY });
  const others = [
    colleague("new", { startsOn: DAY + 1 }),
    colleague("gone", { endsOn: DAY - 1 }),
    colleague("off", { hoursPerWeek: 0 }),
  ];
  expect(doing([ann, ...others])).toBe("ann");
  expect(doing([ann, ...others, colleague("ben")])).toBe("ben for ann");
});

test("an account has one stand-in as long as the same people are there, and each gets a part that goes with their hours", () => {
  const team = [
    colleague("ann", { leave: AWAY }),
    colleague("ben"),
    colleague("cat", { hoursPerWeek: 20 }),
    colleague("dan", { leave: [{ from: DAY + 1, to: DAY + 1 }] }),
  ];
  const counts = new Map<string, number>();
  for (let n = 0; n < 2000; n++) {
    const account = `account ${n}`;
    const one = doing(team, { account });
    counts.set(one, (counts.get(one) ?? 0) + 1);
    if (one === "dan for ann") continue;
    expect(doing(team, { account, due: DAY + 1 })).toBe(one);
  }
  expect(counts.get("ben for ann")).toBeGreaterThan(720);
  expect(counts.get("ben for ann")).toBeLessThan(880);
  expect(counts.get("cat for ann")).toBeGreaterThan(340);
  expect(counts.get("cat for ann")).toBeLessThan(460);
});

test("whoever does a touch is there, or nobody can be; who may stand in is known beforehand", () => {
  const day = fc.integer({ min: DAY - 3, max: DAY + 3 });
  const anyColleague = fc.record({
    role: fc.constantFrom("CSM", "Support", null),
    pod: fc.constantFrom("north", "south", null),
    hoursPerWeek: fc.constantFrom(0, 20, null),
    startsOn: fc.option(day, { freq: 4 }),
    endsOn: fc.option(day, { freq: 4 }),
    leave: fc.array(
      fc.tuple(day, day).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
      {
        maxLength: 2,
      },
    ),
  });
  fc.assert(
    fc.property(fc.array(anyColleague, { maxLength: 6 }), day, fc.nat(5), (rows, due, n) => {
      const members = rows.map((row, index) => colleague(`m${index}`, row));
      const team = new TeamOnHand(members);
      const { doer, standsInFor } = team.doing("acme", `m${n}`, due);
      const who = members.find(({ id }) => id === doer);
      if (who && standsInFor !== null) {
        expect(isThere(who, due)).toBe(true);
        expect(team.mayStandInFor(doer)).toContain(standsInFor);
      }
      const owner = members[n];
      if (owner && isThere(owner, due)) expect(doer).toBe(owner.id);
    }),
  );
});
