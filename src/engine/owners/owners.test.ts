import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatDay } from "../../core/time/day.ts";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { editAccount } from "../edit-account.ts";
import { bareMember } from "../bare-rows.ts";
import type { Store, TeamRow } from "../ports.ts";
import { endMember, setLeave } from "../team-by-hand.ts";
import { assignTouchTo } from "../touch-notes.ts";
import { account, Book, GO_LIVE } from "../testing/book.ts";
import { acceptOwners, assignOwner } from "./change-owner.ts";
import { suggestionsJson } from "./owners-json.ts";
import { suggestOwners } from "./suggest-owners.ts";
import { listTouchesOf, touchPageOf } from "./who-does.ts";
import { whoOwns } from "./who-owns.ts";

const MODEL = `touchstone: 1
name: Owners
workspace: { timezone: Europe/Paris, currency: EUR, plan_ahead: 30d }
facts: { arr: { type: number, unit: EUR }, risky: { type: boolean }, loud: { type: boolean } }
levels:
  high: { by: csm, accounts_per_owner: 3 }
  mid: { by: pod, accounts_per_owner: 10 }
  low: { by: pool }
touch:
  base: [{ when: arr >= 100, level: high }, { when: arr >= 10, level: mid }, { otherwise: low }]
  adjust:
    - { name: risky ones get a CSM, when: risky, at_least: high, hand_over: true }
    - { name: loud ones are called, when: loud, at_least: high }
  hold: 3d
touchpoints:
  call: { title: Call, purpose: proactive, channel: call, by: owner, minutes: 60, drives: adoption, succeeds: held }
programs:
  calls: { when: known(arr), steps: [{ touch: call, every: 2w, first: 1d }] }
`;

const member = (id: string, change: Partial<TeamRow> = {}): TeamRow => ({
  ...bareMember(id),
  name: id.toUpperCase(),
  role: "CSM",
  hoursPerWeek: 40,
  ...change,
});

const TEAM = [
  member("ann", { region: "EMEA" }),
  member("ben", { region: "EMEA, APAC", pod: "north" }),
  member("cat", { region: "EMEA", pod: "north" }),
];

const ACCOUNTS = [
  account("big", { owner: "ann", name: "Big Ltd", traits: { arr: 500, region: "EMEA" } }),
  account("far", { owner: "ann", traits: { arr: 300, region: "APAC" } }),
  account("new", { traits: { arr: 200 } }),
  account("mid", { owner: "cat", traits: { arr: 50 } }),
  account("low", { owner: "ann", traits: { arr: 1 } }),
  account("polar", { owner: "ann", traits: { arr: 100, region: "Arctic" } }),
];

describe.each(ENGINES_OF_ENGINE)("owners on %s", (engine) => {
  let store: Store;
  let book: Book;
  beforeEach(async () => {
    store = await openTestStore(engine);
    book = new Book(store, GO_LIVE, 9);
    await book.import({ accounts: ACCOUNTS, team: TEAM });
    await book.apply(MODEL);
  });
  afterEach(() => store.close());

  const suggested = async () =>
    suggestionsJson(await suggestOwners(book.context)).suggestions.map(
      ({ account: id, from, to }) => [id, from ?? "-", to ?? "-"].join(" "),
    );
  const ownerOf = async (id: string) => (await store.accounts.load([id]))[0]?.owner;
  const touchesOf = async (id: string) => (await store.accounts.load([id]))[0]?.touches ?? [];
  const audit = async () => (await store.audit.list({ limit: 1 }))[0];

  test("who owns what, what the levels ask for, and who could take what does not fit", async () => {
    const report = await whoOwns(book.context);
    expect(report.people.map(({ id, accounts, revenue }) => [id, accounts, revenue])).toEqual([
      ["ann", 4, 901],
      ["cat", 1, 50],
      ["ben", 0, 0],
      [null, 1, 200],
    ]);
    expect(report.people[0]?.levels).toEqual([
      { level: "high", accounts: 3 },
      { level: "low", accounts: 1 },
    ]);
    expect(
      report.levels.map(({ level, kind, without, unsuited, tooMuch }) => [
        level,
        kind,
        without,
        unsuited,
        tooMuch,
      ]),
    ).toEqual([
      ["high", "csm", 1, 2, 0],
      ["mid", "pod", 0, 0, 0],
      ["low", "pool", 0, 0, 1],
    ]);
    expect(await suggested()).toEqual(["far ann ben", "low ann -", "new - ann"]);
    const { nobodyFits, people } = await suggestOwners(book.context);
    expect(nobodyFits.map(({ account: id, reason }) => [id, reason])).toEqual([
      [
        "polar",
        "its region is arctic, and ANN's is emea; none of 3 CSMs suits it (its region is arctic, and ANN's is emea)",
      ],
    ]);
    // three calls each in the eight weeks that are planned 30 days ahead; the pool's are nobody's
    expect(people.map(({ id, before, after }) => [id, before.minutes, after.minutes])).toEqual([
      ["ann", 540, 540],
      ["ben", 0, 180],
    ]);
  });

  test("the touches of an account go with its kind of owner", async () => {
    const owners = async (id: string) => new Set((await touchesOf(id)).map((touch) => touch.owner));
    expect([await owners("big"), await owners("mid"), await owners("low")]).toEqual([
      new Set(["ann"]),
      new Set(["cat"]),
      new Set([null]),
    ]);
  });

  test("who names an account that is not there is told so, and nothing moves", async () => {
    const before = await suggestOwners(book.context);
    const wanted = [{ account: "nowhere" }, { account: "big" }];
    await expect(acceptOwners(book.context, wanted)).rejects.toMatchObject({
      code: "unknown-account",
      message: "There is no account `nowhere`.",
    });
    expect(await suggestOwners(book.context)).toEqual(before);
  });

  test("accepted moves are handed over with a task for both sides, and nothing is left to suggest", async () => {
    const { changed } = await acceptOwners(book.context, "all");
    expect(
      changed.map(({ account: id, from, to, moved, tasks }) => [
        id,
        from,
        to,
        moved,
        tasks.map((task) => `${formatDay(task.due)} ${task.owner}: ${task.title}`),
      ]),
    ).toEqual([
      [
        "far",
        "ann",
        "ben",
        3,
        [
          "2026-03-04 ann: Hand-over notes for BEN",
          "2026-03-06 ben: Introduction: take over from ANN",
        ],
      ],
      [
        "low",
        "ann",
        null,
        0,
        [
          "2026-03-04 ann: Hand-over notes for the pool",
          "2026-03-06 null: Introduction: take over from ANN",
        ],
      ],
      ["new", null, "ann", 3, []],
    ]);
    expect(await suggested()).toEqual([]);
    expect([await ownerOf("far"), await ownerOf("low"), await ownerOf("new")]).toEqual([
      "ben",
      null,
      "ann",
    ]);
    const open = (await touchesOf("far")).map(({ touchpoint, owner }) => `${touchpoint} ${owner}`);
    expect(open.toSorted()).toEqual([
      "call ben",
      "call ben",
      "call ben",
      "hand_over ann",
      "introduction ben",
    ]);
    // deciding again changes nothing of it
    await book.on(GO_LIVE + 1).decide();
    const later = (await touchesOf("far")).map(({ touchpoint, owner }) => `${touchpoint} ${owner}`);
    expect(later.toSorted()).toEqual(open.toSorted());
  });

  test("one that was shown and is suggested no more is refused, with all that came with it", async () => {
    const wanted = [
      { account: "new", to: "ann" },
      { account: "far", to: "cat" },
    ];
    await expect(acceptOwners(book.context, wanted)).rejects.toMatchObject({
      code: "not-suggested",
      message: "far: BEN is suggested now. Nothing was changed.",
    });
    await expect(acceptOwners(book.context, [{ account: "big" }])).rejects.toMatchObject({
      code: "not-suggested",
    });
    expect(await ownerOf("new")).toBeNull();
    await acceptOwners(book.context, [{ account: "new", to: "ann" }]);
    expect(await ownerOf("new")).toBe("ann");
  });

  test("a person's word on an owner is on record; touches given to somebody by hand stay theirs", async () => {
    const [first] = await touchesOf("big");
    await assignTouchTo(book.context, first?.id ?? "", "cat", "she knows them");
    const { changed } = await assignOwner(book.context, "big", "ben", "moves to APAC");
    expect(changed.map(({ moved, tasks }) => [moved, tasks.length])).toEqual([[2, 2]]);
    expect(await audit()).toMatchObject({
      by: "tester",
      what: "owner changed",
      account: "big",
      reason: "moves to APAC",
      details: { from: "ann", to: "ben", touches: 2 },
    });
    const calls = (await touchesOf("big")).filter(({ touchpoint }) => touchpoint === "call");
    expect(calls.map(({ owner }) => owner)).toEqual(["cat", "ben", "ben"]);
    await expect(assignOwner(book.context, "big", "bne", "x")).rejects.toMatchObject({
      code: "unknown-member",
    });
    const again = await assignOwner(book.context, "big", "ben", "twice");
    expect(again.changed.map(({ moved, tasks }) => [moved, tasks.length])).toEqual([[0, 0]]);
    expect((await audit())?.reason).toBe("moves to APAC");
  });

  test("of an account that has changed since it was looked at nothing is stored", async () => {
    const [holding] = await store.owners.holdings(["big"]);
    await assignOwner(book.context, "big", "cat", "quicker");
    const audit = {
      by: "tester",
      what: "owner changed",
      account: "big",
      reason: null,
      details: {},
    };
    const late = {
      account: "big",
      to: "ben",
      stateRev: holding?.stateRev ?? 0,
      touches: [],
      notices: [],
      audit,
    };
    const moment = { now: book.now, today: GO_LIVE };
    expect(await store.owners.handOver([late], moment)).toEqual(["big"]);
    expect(await ownerOf("big")).toBe("cat");
  });

  test("editing the owner hands over too; who has left has no task any more", async () => {
    await endMember(book.context, "ann", GO_LIVE - 1, "left");
    await editAccount(book.context, "big", { owner: "ben", reason: "Ann has left" });
    const tasks = (await touchesOf("big")).filter(({ program }) => program === null);
    expect(tasks.map(({ owner, title }) => [owner, title])).toEqual([
      ["ben", "Introduction: take over from ANN"],
    ]);
  });

  test("an import that says what it said before leaves an owner who was given here; another word counts", async () => {
    await assignOwner(book.context, "big", "ben", "moves");
    const say = async (owner: string | null) => {
      await book.import({ accounts: [account("big", { owner })] });
      return ownerOf("big");
    };
    expect(await say("ann")).toBe("ben");
    await assignOwner(book.context, "big", "cat", "moves on");
    expect(await say("ann")).toBe("cat");
    expect(await say("ben")).toBe("ben");
    // the CRM's word counts again as it did before
    expect(await say("ann")).toBe("ann");
    expect(await say(null)).toBeNull();
    await book.decide();
    expect(
      new Set((await touchesOf("big")).filter(({ program }) => program).map(({ owner }) => owner)),
    ).toEqual(new Set([null]));
  });

  test("a leave moves who does a touch, and gives it back when it moves", async () => {
    const of = async (owner: string) =>
      (await listTouchesOf(book.context, { owner, human: true })).map(
        ({ touch, doing }) => `${touch.account} ${formatDay(touch.due)} ${doing.doer}`,
      );
    const before = await of("ben");
    expect(before).toEqual([]);
    await setLeave(book.context, "cat", [{ from: GO_LIVE, to: GO_LIVE + 7 }]);
    expect(await of("ben")).toEqual(["mid 2026-03-02 ben"]);
    expect(await of("cat")).toEqual([
      "mid 2026-03-02 ben",
      "mid 2026-03-16 cat",
      "mid 2026-03-30 cat",
    ]);
    const paged = await touchPageOf(book.context, { owner: "ben" }, null, 1);
    expect(paged.map(({ doing }) => doing)).toEqual([{ doer: "ben", standsInFor: "cat" }]);
    // in the store nothing has moved
    expect(new Set((await touchesOf("mid")).map(({ owner }) => owner))).toEqual(new Set(["cat"]));
    await setLeave(book.context, "cat", []);
    expect(await of("ben")).toEqual([]);
  });

  test("whoever is away is back at the workspace's midnight, not at that of UTC", async () => {
    await setLeave(book.context, "cat", [{ from: GO_LIVE - 3, to: GO_LIVE }]);
    const doers = async () =>
      (await listTouchesOf(book.context, { account: "mid", to: GO_LIVE })).map(
        ({ doing }) => doing.doer,
      );
    book.on(GO_LIVE, 23);
    expect(await doers()).toEqual(["ben"]);
    book.on(GO_LIVE + 1);
    expect(await doers()).toEqual(["cat"]);
  });

  test("a raise brings touches and no new owner, unless the adjustment hands over", async () => {
    const traits = { arr: 1, risky: false, loud: true };
    await book.import({
      accounts: [
        account("loud", { owner: "ann", traits }),
        account("risky", { owner: "ann", traits: { ...traits, risky: true } }),
      ],
    });
    await book.decide();
    for await (const page of store.decisions.current(["loud", "risky"])) {
      const levels = page.map(({ id, decision }) => [id, decision.level?.name, decision.level?.by]);
      expect(levels.toSorted()).toEqual([
        ["loud", "high", "pool"],
        ["risky", "high", "csm"],
      ]);
    }
    expect((await touchesOf("loud")).map(({ owner }) => owner)).not.toContain("ann");
    expect((await touchesOf("risky")).map(({ owner }) => owner)).not.toContain(null);
    expect(await suggested()).toContain("loud ann -");
  });

  test("another base level brings another kind of owner only once it has lasted", async () => {
    const kind = async () => {
      const [found] = (await suggestOwners(book.context)).suggestions.filter(
        ({ account: id }) => id === "big",
      );
      return found?.kind ?? null;
    };
    await book.import({ accounts: [account("big", { traits: { arr: 5 } })] });
    for (const [days, expected] of [
      [0, null],
      [1, null],
      [2, "pool"],
    ] as const) {
      await book.on(GO_LIVE + days, 10).decide();
      expect(await kind()).toBe(expected);
    }
    const calls = (await touchesOf("big")).filter(({ status }) => status === "planned");
    expect(new Set(calls.map(({ owner }) => owner))).toEqual(new Set([null]));
  });
});
