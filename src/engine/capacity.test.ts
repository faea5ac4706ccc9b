import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../store/testing/test-database.ts";
import { openTestStore } from "../store/testing/test-store.ts";
import { bareMember } from "./bare-rows.ts";
import { capacity, type CapacityOptions } from "./capacity.ts";
import { capacityJson } from "./capacity/capacity-json.ts";
import { overview } from "./overview.ts";
import { account, type Book, GO_LIVE, logins } from "./testing/book.ts";
import { Books } from "./testing/books.ts";
import { SMALL_MODEL } from "./testing/small-model.ts";
import { setLeave } from "./team-by-hand.ts";

/** Every account of Ann's: 300 minutes on Thursday and every two weeks; one CSM is asked for per 2. */
const MODEL = SMALL_MODEL.replace("accounts_per_owner: 20", "accounts_per_owner: 2").replace(
  "minutes: 30",
  "minutes: 300",
);
const THURSDAY = GO_LIVE + 3;

describe.each(ENGINES_OF_ENGINE)("capacity on %s", (engine) => {
  const books = new Books(() => openTestStore(engine));
  let book: Book;
  beforeAll(async () => {
    book = await books.book(GO_LIVE, 9);
    const owned = (id: string, owner: string | null, arr: number) =>
      account(id, { name: id, createdAt: GO_LIVE - 40, owner, traits: { arr } });
    await book.import({
      accounts: [
        ...[900, 800, 700, 600, 500].map((arr) => owned(`a${arr}`, "ann", arr)),
        owned("b400", null, 400),
        owned("c20", "ann", 20),
      ],
      events: ["a900", "a800", "a700", "a600", "a500", "b400", "c20"].flatMap((id) =>
        logins(id, GO_LIVE - 39, GO_LIVE - 1),
      ),
      team: [
        { ...bareMember("ann"), name: "Ann", role: "CSM", hoursPerWeek: 20, pod: "north" },
        { ...bareMember("bob"), name: "Bob", role: "CSM", hoursPerWeek: 10, pod: "north" },
      ],
    });
    await book.apply(MODEL);
  });
  afterAll(() => books.close());
  const look = (options?: CapacityOptions) => capacity(book.context, options);

  test("is the open human touches by who does them, against the hours they have", async () => {
    const { doers, fit, frame } = await look({ weeks: 4 });
    const touches = await book.store.touches.list({
      human: true,
      statuses: ["planned", "due", "deferred"],
      to: (frame.weeks.at(-1) ?? 0) + 6,
    });
    const planned = touches.reduce((sum, { touch }) => sum + touch.minutes, 0);
    expect(planned).toBeGreaterThan(0);
    expect(doers.reduce((sum, { total }) => sum + total.minutes, 0)).toBe(planned);
    expect(doers.map(({ doer, weeks }) => [doer, weeks[0]?.minutes, weeks[0]?.capacity])).toEqual([
      ["ann", 1500, 1200],
      ["pool", 300, 600],
      ["bob", 0, 600],
    ]);
    expect(fit.list.map(({ work, week }) => [work.account, week])).toContainEqual([
      "a500",
      GO_LIVE,
    ]);
    expect(fit.unfit).toMatchObject({ accounts: 1, revenue: 500 });
  });

  test("calls out a level that asks for more people than there are, as the overview does", async () => {
    const finding =
      "high asks for 1 CSM per 2 accounts; the working time of 0.7 CSMs is there for 6 (1 per 8): 3 more CSMs, or a model that puts 5 fewer accounts there.";
    expect((await look()).levels[0]).toMatchObject({ level: "high", accounts: 6, finding });
    const picture = await overview(book.context);
    expect(picture.levels[0]?.finding).toBe(finding);
    expect(picture.levels[1]?.finding).toBeNull();
    expect(picture.week.work.map(({ owner, hours }) => [owner, hours])).toEqual([
      ["ann", 20],
      [null, 10],
    ]);
  });

  test("shows the busiest day and where its touches could go", async () => {
    const { busiest } = await look();
    expect(busiest[0]).toMatchObject({ doer: "ann", day: THURSDAY, minutes: 1500, capacity: 240 });
    // a day of four hours has no room for a touch of five
    expect(busiest[0]?.moves).toEqual([]);
  });

  test("tells what one more head, or a week off, would change", async () => {
    const head = await look({
      addHead: "CSM:north@2025-01-06",
      leave: "bob:2026-03-02..2026-03-06",
    });
    const [more, less] = head.whatIfs.map(({ changes }) => changes);
    expect(more?.before.touches).toBeGreaterThan(0);
    expect(more?.after.touches).toBe(0);
    expect(less).toMatchObject({ minutes: -600, touches: [{ work: { account: "b400" } }] });
    const text = JSON.stringify(capacityJson(head));
    expect(text).toContain(
      '"change":{"kind":"add-head","role":"csm","pod":"north","from":"2025-01-06"}',
    );
  });

  test("who is asked for is shown alone", async () => {
    const { doers, fit } = await look({ who: "pool" });
    expect(doers.map(({ doer }) => doer)).toEqual(["pool"]);
    expect(fit.unfit.touches).toBe(0);
  });

  test("says what is wrong with a question, and what could be meant", async () => {
    const asked: readonly [CapacityOptions, string, string][] = [
      [{ who: "anne" }, "unknown-member", "Did you mean `ann`?"],
      [{ leave: "bo:2026-03-02..2026-03-03" }, "unknown-member", "Did you mean `bob`?"],
      [{ leave: "bob:2026-03-04..2026-03-02" }, "bad-value", "ID:FIRST-DAY..LAST-DAY"],
      [{ leave: "bob" }, "bad-value", "ID:FIRST-DAY..LAST-DAY"],
      [{ addHead: "suport" }, "bad-value", "Did you mean `support`?"],
      [{ addHead: "csm:nort" }, "bad-value", "Did you mean `north`?"],
      [{ addHead: "csm@someday" }, "bad-value", "FIRST-DAY"],
      [{ weeks: 0 }, "bad-value", "1 to 26"],
    ];
    for (const [options, code, hint] of asked) {
      const answer = look(options);
      await expect(answer, JSON.stringify(options)).rejects.toMatchObject({
        code,
        hint: expect.stringContaining(hint) as string,
      });
    }
  });

  test("in the overview, who is away all week is told, and colleagues have the work", async () => {
    const week = [{ from: GO_LIVE, to: GO_LIVE + 4 }];
    await setLeave(book.context, "ann", week);
    const { work } = (await overview(book.context)).week;
    expect(work.find(({ owner }) => owner === "bob")).toMatchObject({ minutes: 1500, hours: 10 });
    expect(work.at(-1)).toMatchObject({ owner: "ann", touches: 0, hours: 0 });
  });
});
