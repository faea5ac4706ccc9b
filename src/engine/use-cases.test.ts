import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestStore } from "../store/testing/test-store.ts";
import { ENGINES_OF_ENGINE } from "../store/testing/test-database.ts";
import { pinLevel, setStage, unpinLevel } from "./account-by-hand.ts";
import { decisionsOn } from "./decisions-on.ts";
import { explainAccount } from "./explain-account.ts";
import { factsReport } from "./facts-report.ts";
import { listAccounts } from "./list-accounts.ts";
import { overview } from "./overview.ts";
import { bareMember } from "./bare-rows.ts";
import { account, type Book, contact, GO_LIVE, login, logins } from "./testing/book.ts";
import { Books } from "./testing/books.ts";
import { runDecisions } from "./run-decisions.ts";
import { SMALL_MODEL } from "./testing/small-model.ts";
import { addTouchByHand, completeTouch, scheduleTouch, skipTouchById } from "./touch-actions.ts";

const TOMORROW_NOON = (GO_LIVE + 1) * 86_400_000 + 11 * 3_600_000;

describe.each(ENGINES_OF_ENGINE)("on %s", (engine) => {
  const books = new Books(() => openTestStore(engine));
  let book: Book;
  beforeAll(async () => {
    book = await books.book(GO_LIVE, 9);
    await book.import({
      accounts: [
        account("acme", {
          name: "Acme",
          createdAt: GO_LIVE - 100,
          owner: "ann",
          traits: { arr: 300, headcount: 12, plan: "pro" },
        }),
        account("bolt", {
          name: "Bolt",
          createdAt: GO_LIVE - 40,
          traits: { arr: 20, plan: "free" },
        }),
        account("cove", {
          name: "Cove",
          createdAt: GO_LIVE - 5,
          traits: { arr: 30, plan: "free" },
        }),
      ],
      contacts: [contact("acme", "a1", { name: "Ada Lovelace", email: "ada@acme.test" })],
      events: [
        ...logins("acme", GO_LIVE - 99, GO_LIVE - 1),
        ...logins("bolt", GO_LIVE - 39, GO_LIVE - 1),
      ],
      team: [
        {
          ...bareMember("ann"),
          name: "Ann",
          role: "csm",
          hoursPerWeek: 40,
          leave: [{ from: GO_LIVE + 3, to: GO_LIVE + 4 }],
        },
      ],
    });
    await book.apply(SMALL_MODEL, GO_LIVE - 26);
  });
  afterAll(() => books.close());

  test("explain tells today's decision with every rule's values", async () => {
    const { explanation, changes, model } = await explainAccount(book.context, "acme");
    expect(explanation).toMatchObject({
      account: "acme",
      at: "2026-03-02",
      stored: true,
      level: { name: "high", base: "high" },
    });
    expect(explanation.rules.segments["worth"]?.["big"]).toMatchObject({
      text: "arr >= 100",
      result: true,
      actual: { arr: 300 },
    });
    expect(explanation.level?.steps[0]).toMatchObject({
      text: 'segments.worth == "big"',
      result: true,
      actual: { "segments.worth": "big" },
    });
    expect(changes?.down).toMatchObject({ fact: "arr", level: "low" });
    expect(model.name).toBe("Small book");
  });

  test("explain --at shows a stored day as it was made, and computes one without", async () => {
    const stored = await explainAccount(book.context, "bolt", GO_LIVE - 26);
    expect(stored.explanation).toMatchObject({ at: "2026-02-04", stored: true });
    const computed = await explainAccount(book.context, "bolt", GO_LIVE - 13);
    expect(computed.explanation).toMatchObject({
      at: "2026-02-17",
      stored: false,
      level: { name: "low", since: "2026-02-04" },
    });
    const beforeReplay = await explainAccount(book.context, "bolt", GO_LIVE - 30);
    expect(beforeReplay.explanation).toMatchObject({
      at: "2026-01-31",
      stored: false,
      level: { name: "low" },
    });
  });

  test("explain refuses a day before the account was known, and one to come", async () => {
    await expect(explainAccount(book.context, "cove", GO_LIVE - 6)).rejects.toMatchObject({
      code: "not-decided",
      message: "cove was not known on 2026-02-24: nothing is known of it before 2026-02-25.",
    });
    await expect(explainAccount(book.context, "cove", GO_LIVE + 1)).rejects.toMatchObject({
      code: "bad-value",
      message: "2026-03-03 has not come yet.",
    });
  });

  test("an account is found by the name it alone has; else the nearest is offered", async () => {
    expect((await explainAccount(book.context, "Bolt")).account.id).toBe("bolt");
    await expect(explainAccount(book.context, "nobody")).rejects.toMatchObject({
      code: "unknown-account",
    });
  });

  test("decisions of a past day leave out who was not known then", async () => {
    const found = [];
    for await (const one of decisionsOn(book.context, GO_LIVE - 26))
      found.push([one.account, one.stored]);
    expect(found.toSorted()).toEqual([
      ["acme", true],
      ["bolt", true],
    ]);
  });

  test("accounts can be asked for by a rule and put in order", async () => {
    const ids = async (query: Parameters<typeof listAccounts>[1]): Promise<string[]> =>
      (await listAccounts(book.context, query)).accounts.map(({ id }) => id);
    expect(await ids({ sort: "-arr" })).toEqual(["acme", "cove", "bolt"]);
    expect(await ids({ sort: "arr", limit: 1 })).toEqual(["bolt"]);
    expect(await ids({ where: 'level == "low" && arr > 20' })).toEqual(["cove"]);
    // of whom it is unknown comes last, whichever way round
    expect((await ids({ sort: "-renewal_date" })).length).toBe(3);
    await expect(ids({ where: 'plan == "por"' })).rejects.toMatchObject({ code: "bad-rule" });
    await expect(ids({ sort: "ar" })).rejects.toMatchObject({
      code: "bad-value",
      hint: "Did you mean `arr`?",
    });
  });

  test("facts tells what is known, of words the commonest, and what a name was meant to be", async () => {
    const facts = new Map((await factsReport(book.context)).map((line) => [line.fact, line]));
    expect(facts.get("arr")).toMatchObject({
      known: 3,
      accounts: 3,
      lowest: 20,
      median: 30,
      highest: 300,
      commonest: [],
      newest: "2026-02-25",
    });
    expect(facts.get("plan")).toMatchObject({
      lowest: null,
      highest: null,
      commonest: [
        { value: "free", accounts: 2 },
        { value: "pro", accounts: 1 },
      ],
    });
    expect(facts.get("employees")).toMatchObject({
      known: 0,
      hint: 'no trait "head_count" in the data; is it "headcount"?',
    });
    expect(facts.get("last_call")).toMatchObject({ known: 0, hint: null });
  });

  test("overview counts levels and stages with their revenue, the week's work and who is in need", async () => {
    const picture = await overview(book.context);
    expect(picture).toMatchObject({
      accounts: 3,
      revenue: 350,
      levels: [
        { name: "high", accounts: 1, revenue: 300 },
        { name: "low", accounts: 2, revenue: 50 },
      ],
    });
    expect(picture.stages).toMatchObject([
      { name: "onboarding", accounts: 3 },
      { name: "growth", accounts: 0 },
    ]);
    // two of five days on leave
    expect(picture.week).toMatchObject({
      from: GO_LIVE,
      to: GO_LIVE + 6,
      work: [{ owner: "ann", name: "Ann", touches: 1, minutes: 30, hours: 24 }],
    });
    expect(picture.inNeed.map(({ id }) => id)).toContain("cove");
  });

  test("a touch that is held, with its answers, is decided on at once", async () => {
    const [touch] = await openTouches(book, "acme");
    const { touch: after, run } = await completeTouch(book.context, touch?.id.slice(0, 6) ?? "", {
      result: "held",
      minutes: 25,
      note: "went well",
      set: { champion: "true", zip: "007" },
    });
    expect(after).toMatchObject({
      status: "done",
      result: "held",
      minutesSpent: 25,
      note: "went well",
    });
    expect(run.moved).toMatchObject([
      { account: "acme", from: { stage: "onboarding" }, to: { stage: "growth" } },
    ]);
    const { explanation } = await explainAccount(book.context, "acme");
    expect(explanation.facts).toMatchObject({ champion: true });
    const [stored] = await book.store.accounts.load(["acme"]);
    expect(stored?.traits.find(({ trait }) => trait === "zip")?.value).toBe("007");
    expect(stored?.events.filter(({ name }) => name === "touch:call:held")).toHaveLength(1);
  });

  test("an answer that does not fit its fact is refused, and nothing is recorded", async () => {
    const [touch] = await openTouches(book, "acme");
    const done = completeTouch(book.context, touch?.id ?? "", {
      result: "held",
      set: { plan: "prro" },
    });
    await expect(done).rejects.toMatchObject({
      code: "bad-value",
      hint: "It is one of: free, pro.",
    });
    expect((await openTouches(book, "acme"))[0]?.id).toBe(touch?.id);
  });

  test("a touch can be skipped with a reason, once", async () => {
    const [touch] = await openTouches(book, "acme");
    const { touch: after } = await skipTouchById(book.context, touch?.id ?? "", "on holiday");
    expect(after).toMatchObject({ status: "skipped", reason: "on holiday" });
    await expect(skipTouchById(book.context, after.id, "again")).rejects.toMatchObject({
      code: "wrong-status",
    });
  });

  test("a touch added by hand can be fixed for an hour, with whom, and logged afterwards", async () => {
    const { touch } = await addTouchByHand(book.context, "bolt", "call", {
      due: GO_LIVE + 2,
      note: "asked for it",
      nonce: "1",
    });
    expect(touch).toMatchObject({
      status: "planned",
      due: GO_LIVE + 2,
      program: null,
      note: "asked for it",
    });
    const { touch: fixed } = await scheduleTouch(book.context, touch.id, {
      startsAt: TOMORROW_NOON,
      with: [],
    });
    expect(fixed).toMatchObject({
      due: GO_LIVE + 1,
      startsAt: TOMORROW_NOON,
      reason: "moved by hand: appointment fixed",
    });
    const acme = await addTouchByHand(book.context, "acme", "call", { nonce: "2" });
    const withAda = await scheduleTouch(book.context, acme.touch.id, {
      startsAt: TOMORROW_NOON,
      with: ["ADA@acme.test"],
    });
    expect(withAda.touch.reason).toBe("moved by hand: appointment fixed with Ada Lovelace");
    await expect(
      scheduleTouch(book.context, acme.touch.id, {
        startsAt: TOMORROW_NOON,
        with: ["Ada Lovelice"],
      }),
    ).rejects.toMatchObject({
      code: "unknown-contact",
      hint: "Did you mean `Ada Lovelace`?",
    });
    await expect(
      scheduleTouch(book.context, touch.id, { startsAt: book.now - 1, with: [] }),
    ).rejects.toMatchObject({ code: "bad-value" });
  });

  test("a touch logged for an earlier day counts on that day", async () => {
    await addTouchByHand(book.context, "cove", "call", {
      due: GO_LIVE - 3,
      result: "held",
      nonce: "3",
    });
    const { explanation } = await explainAccount(book.context, "cove");
    expect(explanation.built_ins["days_since_human_touch"]).toBe(3);
    await expect(
      addTouchByHand(book.context, "cove", "call", { due: GO_LIVE - 3, nonce: "4" }),
    ).rejects.toMatchObject({ code: "bad-value" });
    await expect(addTouchByHand(book.context, "cove", "cal", { nonce: "5" })).rejects.toMatchObject(
      { code: "unknown-touchpoint", hint: "Did you mean `call`?" },
    );
  });

  test("a pin is the last word until it is taken back, and goes on record", async () => {
    await pinLevel(book.context, "bolt", {
      level: "high",
      until: GO_LIVE + 9,
      reason: "asked for by the board",
    });
    expect((await explainAccount(book.context, "bolt")).explanation.level).toMatchObject({
      name: "high",
      base: "low",
      pinned: { until: "2026-03-11", reason: "asked for by the board", by: "tester" },
    });
    await unpinLevel(book.context, "bolt", "settled");
    expect((await explainAccount(book.context, "bolt")).explanation.level).toMatchObject({
      name: "low",
      pinned: null,
    });
    const audit = await book.store.audit.list({ account: "bolt", limit: 2 });
    expect(audit).toMatchObject([
      { what: "pin taken back", reason: "settled" },
      { what: "level pinned to high", by: "tester" },
    ]);
    await expect(
      pinLevel(book.context, "bolt", { level: "hihg", until: null, reason: "x" }),
    ).rejects.toMatchObject({ code: "unknown-level", hint: "Did you mean `high`?" });
    await expect(
      pinLevel(book.context, "bolt", { level: "high", until: GO_LIVE - 1, reason: "x" }),
    ).rejects.toMatchObject({ code: "bad-value" });
    await expect(
      pinLevel(book.context, "bolt", { level: "high", until: null, reason: " " }),
    ).rejects.toMatchObject({ code: "bad-value" });
  });

  test("how an account moved is told even where a worker was the first to decide it", async () => {
    const { accounts } = book.store;
    // a worker that decides between the change being stored and its being decided upon
    const store = {
      ...book.store,
      accounts: {
        ...accounts,
        putState: async (...given: Parameters<typeof accounts.putState>) => {
          const isStored = await accounts.putState(...given);
          await runDecisions(book.context, { ids: ["bolt"] });
          return isStored;
        },
      },
    };
    const context = { ...book.context, store };
    const pin = { level: "high", until: null, reason: "asked for" };
    expect((await pinLevel(context, "bolt", pin)).moved).toMatchObject([
      { account: "bolt", to: { level: "high" } },
    ]);
    expect((await unpinLevel(context, "bolt", "over")).moved).toMatchObject([
      { from: { level: "high" } },
    ]);
  });

  test("a stage set by hand holds today, and evaluation goes on from there", async () => {
    const { moved } = await setStage(book.context, "bolt", "growth", "was onboarded by a partner");
    expect(moved).toMatchObject([{ account: "bolt", to: { stage: "growth" } }]);
    const { explanation } = await explainAccount(book.context, "bolt");
    expect(explanation.stage).toMatchObject({ name: "growth", since: "2026-03-02" });
    const [stored] = await book.store.accounts.load(["bolt"]);
    const names = stored?.events.filter(({ engine }) => engine).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["stage:onboarding:left", "stage:growth:entered"]),
    );
  });

  test("an account of unknown age can be explained from its first data on", async () => {
    await book.import({
      accounts: [account("echo", { traits: { arr: 5 } })],
      events: [login("echo", GO_LIVE - 8)],
    });
    const { explanation } = await explainAccount(book.context, "echo", GO_LIVE - 8);
    expect(explanation).toMatchObject({ at: "2026-02-22", stored: false });
    await expect(explainAccount(book.context, "echo", GO_LIVE - 9)).rejects.toMatchObject({
      code: "not-decided",
    });
  });
});

async function openTouches(book: Book, id: string) {
  const found = await book.store.touches.list({ account: id, statuses: ["planned", "due"] });
  return found.map(({ touch }) => touch);
}
