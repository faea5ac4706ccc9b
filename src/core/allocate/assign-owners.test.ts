import fc from "fast-check";
import { expect, test } from "vitest";
import { dayOf } from "../time/day.ts";
import { type AssignInput, type OwnerPlan, suggestOwners } from "./assign-owners.ts";
import { type Assignee, Candidate, type OwnedAccount } from "./assign-rules.ts";

/** Of each property; `npm run soak` takes 10,000. */
const RUNS = Number(process.env["TOUCHSTONE_RUNS"] ?? 1_000);
const TODAY = dayOf(2026, 3, 2);
const UNTIL = TODAY + 55;

function member(id: string, change: Partial<Assignee> = {}): Assignee {
  return {
    id,
    name: null,
    role: "CSM",
    pod: null,
    region: null,
    languages: [],
    skills: [],
    startsOn: null,
    endsOn: null,
    hoursPerWeek: 40,
    capacity: 19_200,
    otherMinutes: 0,
    ...change,
  };
}

function account(id: string, change: Partial<OwnedAccount> = {}): OwnedAccount {
  return {
    id,
    name: null,
    owner: null,
    kind: "csm",
    level: "high",
    asked: 20,
    regions: [],
    languages: [],
    skills: [],
    minutes: 480,
    revenue: null,
    ...change,
  };
}

function plan(accounts: readonly OwnedAccount[], members: readonly Assignee[]): OwnerPlan {
  return suggestOwners({ accounts, members, today: TODAY, until: UNTIL });
}

const moves = ({ suggestions }: OwnerPlan) =>
  suggestions.map(({ account: id, from, to }) => [id, from, to]);

test("an owner who suits the account keeps it, however much there is to do", () => {
  const busy = member("ann", { otherMinutes: 50_000 });
  expect(plan([account("a", { owner: "ann" })], [busy, member("ben")]).suggestions).toEqual([]);
});

test("an account without the owner that its level asks for goes to who has the most hours left", () => {
  const team = [
    member("ann", { otherMinutes: 600 }),
    member("ben"),
    member("tim", { role: "Support" }),
  ];
  const found = plan([account("a")], team);
  expect(moves(found)).toEqual([["a", null, "ben"]]);
  expect(found.suggestions[0]?.reasons).toEqual([
    "it has nobody, and high asks for a CSM of its own",
    "of 2 who suit it ben has the most hours left (3% taken with it)",
  ]);
});

test("who has left, leaves soon or is not of the team hands over", () => {
  const team = [
    member("ann"),
    member("bob", { endsOn: TODAY - 1 }),
    member("cat", { endsOn: TODAY + 20 }),
  ];
  const accounts = [
    account("1", { owner: "bob" }),
    account("2", { owner: "cat" }),
    account("3", { owner: "dora" }),
  ];
  expect(plan(accounts, team).suggestions.map(({ to, reasons }) => [to, reasons[0]])).toEqual([
    ["ann", "bob left on 2026-03-01"],
    ["ann", "cat leaves on 2026-03-22"],
    ["ann", "dora is not in the team"],
  ]);
});

test("region, language and skill break a rule only where both sides are known", () => {
  const team = [
    member("ann", { region: "EMEA", languages: ["en", "de"], skills: ["api"] }),
    member("ben", { region: "APAC, EMEA", languages: ["en"], skills: ["api", "sso"] }),
    member("cat"),
  ];
  const ask = (change: Partial<OwnedAccount>) =>
    plan([account("a", { owner: "ann", ...change })], team).suggestions[0]?.reasons[0];
  expect(ask({})).toBeUndefined();
  expect(ask({ regions: ["emea"], languages: ["de", "fr"], skills: ["api"] })).toBeUndefined();
  expect(ask({ regions: ["apac"] })).toBe("its region is apac, and ann's is emea");
  expect(ask({ languages: ["fr"] })).toBe("it speaks fr, and ann speaks en, de");
  expect(ask({ skills: ["sso", "api"] })).toBe("it needs sso, which ann does not have");
});

test("nobody who suits it: it stays where it is, and that is said", () => {
  const team = [member("ann", { region: "EMEA" }), member("ben", { region: "EMEA" })];
  const found = plan([account("a", { owner: "ann", regions: ["apac"] })], team);
  expect(found.suggestions).toEqual([]);
  expect(found.nobodyFits.map(({ owner, reason }) => [owner, reason])).toEqual([
    [
      "ann",
      "its region is apac, and ann's is emea; none of 2 CSMs suits it (its region is apac, and ann's is emea)",
    ],
  ]);
});

test("what nobody else suits goes on counting as its owner's work", () => {
  const team = [member("ann", { region: "EMEA" }), member("ben", { region: "EMEA" })];
  const accounts = [account("a", { owner: "ann", regions: ["apac"] }), account("b")];
  const { after } = plan(accounts, team);
  expect(after.map(({ id, minutes }) => [id, minutes])).toEqual([
    ["ann", 480],
    ["ben", 480],
  ]);
});

test("it counts before anything is given out, however little it is", () => {
  const team = ["ann", "ben", "cid"].map((id) => member(id, { capacity: null }));
  const found = plan(
    [
      account("a", { minutes: 1 }),
      account("b", { minutes: 1, kind: "pod", owner: "ben" }),
      account("c", { minutes: 2 }),
    ],
    team,
  );
  expect(moves(found)).toEqual([
    ["a", null, "cid"],
    ["c", null, "ann"],
  ]);
  expect(found.after.map(({ minutes }) => minutes)).toEqual([2, 1, 1]);
});

test("a pod's account gets a contact in a pod, of its own pod first; the pool's account loses its CSM", () => {
  const team = [
    member("ann", { pod: "north", endsOn: TODAY }),
    member("ben", { pod: "north", otherMinutes: 9000 }),
    member("cat", { pod: "south" }),
    member("dan"),
  ];
  const accounts = [
    account("new", { kind: "pod" }),
    account("of ann", { kind: "pod", owner: "ann" }),
    account("of dan", { kind: "pod", owner: "dan" }),
    account("own", { kind: "csm" }),
    account("small", { kind: "pool", level: "low", owner: "dan" }),
    account("tiny", { kind: "automation", level: "tech" }),
  ];
  const found = plan(accounts, team);
  expect(found.suggestions.map(({ account: id, to, pod }) => [id, to, pod])).toEqual([
    ["new", "cat", "south"],
    ["of ann", "ben", "north"],
    ["of dan", "cat", "south"],
    ["own", "dan", null],
    ["small", null, null],
  ]);
  expect(found.suggestions.at(-1)?.reasons).toEqual(["low accounts are looked after by the pool"]);
});

test("nobody gets more accounts than the level asks for while another has room", () => {
  const accounts = ["a", "b", "c", "d", "e"].map((id) => account(id, { asked: 2 }));
  const team = [member("ann"), member("ben", { otherMinutes: 100_000 })];
  const found = plan(accounts, team);
  const count = (id: string) => found.suggestions.filter(({ to }) => to === id).length;
  expect([count("ann"), count("ben")]).toEqual([3, 2]);
  expect(found.suggestions.at(-1)?.reasons.at(-1)).toBe(
    "everybody who suits it has 2 accounts of high already",
  );
});

// ---- properties

const words = (...of: string[]) => fc.subarray(of, { maxLength: 2 });
const anyMember = fc.record({
  role: fc.constantFrom("CSM", null, "Support"),
  pod: fc.constantFrom(null, "north", "south"),
  region: fc.constantFrom(null, "emea", "apac"),
  languages: words("en", "de"),
  skills: words("api", "sso"),
  endsOn: fc.constantFrom(null, null, null, TODAY - 3, TODAY + 300),
  capacity: fc.constantFrom(null, 0, 4000, 19_200),
  otherMinutes: fc.nat(8000),
});
const anyAccount = fc.record({
  owner: fc.constantFrom(null, "m0", "m1", "m2", "m3", "stranger"),
  kind: fc.constantFrom("csm", "pod", "pool", "automation"),
  level: fc.constantFrom("high", "medium"),
  asked: fc.constantFrom(null, 1, 3),
  regions: words("emea", "apac"),
  languages: words("en", "de"),
  skills: words("api", "sso"),
  minutes: fc.nat(2000),
});
const anyBook: fc.Arbitrary<AssignInput> = fc
  .record({
    members: fc.array(anyMember, { maxLength: 6 }),
    accounts: fc.array(anyAccount, { maxLength: 25 }),
  })
  .map(({ members, accounts }) => ({
    today: TODAY,
    until: UNTIL,
    members: members.map((one, n) => member(`m${n}`, one)),
    accounts: accounts.map(({ kind, level, ...one }, n) => {
      // a level has one kind of owner and one number of accounts
      const asked = level === "high" ? one.asked : null;
      return account(`a${n}`, {
        ...one,
        kind,
        level: `${level} ${kind}`,
        asked,
      });
    }),
  }));

function accept(input: AssignInput, { suggestions }: OwnerPlan): AssignInput {
  const to = new Map(suggestions.map((one) => [one.account, one.to]));
  const accounts = input.accounts.map((one) =>
    to.has(one.id) ? { ...one, owner: to.get(one.id) ?? null } : one,
  );
  return { ...input, accounts };
}

const candidates = ({ members }: AssignInput) =>
  members.map((one) => new Candidate(one)).filter((one) => one.unfit(TODAY, UNTIL) === null);

test("when all suggestions are accepted there is nothing left to suggest, and nobody's load changes", () => {
  fc.assert(
    fc.property(anyBook, (input) => {
      const first = suggestOwners(input);
      const again = suggestOwners(accept(input, first));
      expect(again.suggestions).toEqual([]);
      expect(again.nobodyFits.map((one) => one.account)).toEqual(
        first.nobodyFits.map((one) => one.account),
      );
      expect(again.after).toEqual(first.after);
    }),
    { numRuns: RUNS },
  );
});

test("the order of accounts and people makes no difference", () => {
  fc.assert(
    fc.property(anyBook, (input) => {
      const turned = {
        ...input,
        accounts: input.accounts.toReversed(),
        members: input.members.toReversed(),
      };
      expect(suggestOwners(turned).suggestions).toEqual(suggestOwners(input).suggestions);
    }),
    { numRuns: RUNS },
  );
});

test("no rule is broken where somebody keeps them, and only those accounts move that have to", () => {
  fc.assert(
    fc.property(anyBook, (input) => {
      const found = suggestOwners(input);
      const free = candidates(input);
      const after = new Map(accept(input, found).accounts.map((one) => [one.id, one]));
      const left = new Set(found.nobodyFits.map((one) => one.account));
      for (const before of input.accounts) {
        const { owner, kind } = after.get(before.id) as OwnedAccount;
        if (kind === "pool" || kind === "automation") {
          expect(owner).toBeNull();
          continue;
        }
        const suits = free.filter((one) => one.breaks(before) === null);
        expect(left.has(before.id)).toBe(
          suits.length === 0 && (owner === null || !keeps(input, owner, before)),
        );
        if (left.has(before.id)) expect(owner).toBe(before.owner);
        else expect(keeps(input, owner ?? "", before)).toBe(true);
        if (before.owner !== null && keeps(input, before.owner, before))
          expect(owner).toBe(before.owner);
      }
    }),
    { numRuns: RUNS },
  );
});

/** Whether a person of the team may go on looking after the account. */
function keeps({ members }: AssignInput, id: string, one: OwnedAccount): boolean {
  const found = members.find((each) => each.id === id);
  if (!found || (found.endsOn !== null && found.endsOn <= UNTIL)) return false;
  return new Candidate(found).breaks(one) === null;
}

test("whoever is given an account has no more to do, for their hours, than any other with room would have with it", () => {
  fc.assert(
    fc.property(anyBook, (input) => {
      const found = suggestOwners(input);
      const after = new Map(found.after.map((one) => [one.id, one.minutes]));
      const known = input.members.flatMap(({ capacity }) =>
        capacity !== null && capacity > 0 ? [capacity] : [],
      );
      const usual =
        known.length === 0 ? 1 : known.reduce((sum, one) => sum + one, 0) / known.length;
      const hours = (one: Assignee) =>
        one.capacity !== null && one.capacity > 0 ? one.capacity : usual;
      const given = new Map(input.accounts.map((one) => [one.id, one]));
      const book = accept(input, found);
      const counted = (id: string, level: string) =>
        book.accounts.filter((one) => one.owner === id && one.level === level).length;
      for (const { account: id, to } of found.suggestions) {
        const moved = given.get(id) as OwnedAccount;
        const taker = input.members.find((one) => one.id === to);
        // what was given out last is the least; those before it were given out with less on everybody
        const last = found.suggestions
          .filter((one) => one.to === to)
          .every((one) => (given.get(one.account) as OwnedAccount).minutes >= moved.minutes);
        if (!taker || !last) continue;
        for (const other of candidates(input)) {
          const { member: one } = other;
          const isAsked =
            other.breaks(moved) === null &&
            (one.pod === null) === (taker.pod === null) &&
            one.pod === taker.pod &&
            one.id !== moved.owner &&
            (moved.asked === null || counted(one.id, moved.level) < moved.asked);
          if (!isAsked) continue;
          const most = ((after.get(one.id) ?? 0) + moved.minutes) / hours(one);
          expect((after.get(taker.id) ?? 0) / hours(taker)).toBeLessThanOrEqual(most + 1e-9);
        }
      }
    }),
    { numRuns: RUNS },
  );
});
