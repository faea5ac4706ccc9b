import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Day, formatDay } from "../core/time/day.ts";
import { ENGINES_OF_ENGINE } from "../store/testing/test-database.ts";
import { openTestStore } from "../store/testing/test-store.ts";
import { applyPlan } from "./apply-plan.ts";
import { rescheduleTouch, snoozeTouch } from "./move-touches.ts";
import { rollbackModel } from "./rollback-model.ts";
import { account, type Book, contact, GO_LIVE, logins } from "./testing/book.ts";
import { Books } from "./testing/books.ts";
import { SMALL_MODEL } from "./testing/small-model.ts";
import { assignTouchTo } from "./touch-notes.ts";
import { completeTouch, scheduleTouch } from "./touch-actions.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ALLOW = ["over-capacity", "accounts-without-program", "too-many-accounts"];

describe.each(ENGINES_OF_ENGINE)("touches moved and snoozed by hand on %s", (engine) => {
  const books = new Books(() => openTestStore(engine));
  let book: Book;
  beforeAll(async () => {
    book = await books.book(GO_LIVE, 9);
    const ids = ["moved", "met", "snoozed", "kept", "given"];
    await book.import({
      accounts: ids.map((id) =>
        account(id, { createdAt: GO_LIVE - 60, owner: "ann", traits: { arr: 300 } }),
      ),
      contacts: [contact("met", "ada", { name: "Ada", email: "ada@met.test" })],
      events: ids.flatMap((id) => logins(id, GO_LIVE - 59, GO_LIVE - 1)),
    });
    await book.apply();
    await book.decide();
  });
  afterAll(() => books.close());

  const open = async (id: string) => {
    const found = await book.store.reading.toDo({ owners: "all" }, 100);
    return found.filter(({ touch }) => touch.account === id);
  };
  const first = async (id: string) => {
    const [one] = await open(id);
    if (!one) throw new Error(`${id} has no touch`);
    return one;
  };
  const due = async (id: string): Promise<string[]> =>
    (await open(id)).map(({ touch }) => formatDay(touch.due));
  const audit = async (id: string) =>
    (await book.store.audit.list({ account: id, limit: 1 }))[0] ?? null;

  test("a touch stays on the day a person gave it, whatever is decided, and is due on it", async () => {
    const { touch } = await first("moved");
    const before = await due("moved");
    const to: Day = GO_LIVE + 4;
    const moved = await rescheduleTouch(book.context, touch.id, { due: to }, "their wish");
    expect(moved.touch).toMatchObject({
      due: to,
      status: "planned",
      reason: "moved by hand: their wish",
      unshifted: touch.unshifted,
    });
    expect(await audit("moved")).toMatchObject({
      by: "tester",
      what: "touch moved",
      reason: "their wish",
      details: { touch: touch.id, from: formatDay(touch.due), to: formatDay(to) },
    });
    expect(await due("moved")).toEqual([formatDay(to), ...before.slice(1)].toSorted());
    await book.on(GO_LIVE + 2, 9).decide();
    expect((await due("moved"))[0]).toBe(formatDay(to));
    await book.on(GO_LIVE + 4, 9).decide();
    expect((await first("moved")).touch).toMatchObject({ due: to, status: "due" });
    book.on(GO_LIVE, 9);
  });

  test("needs a reason and a day to come, and something to move", async () => {
    const { touch } = await first("kept");
    const move = (day: Day, reason = "x") =>
      rescheduleTouch(book.context, touch.id, { due: day }, reason);
    await expect(move(GO_LIVE - 1)).rejects.toThrow("that day is past");
    await expect(move(GO_LIVE + 1, " ")).rejects.toThrow("reason");
    await expect(
      rescheduleTouch(book.context, touch.id, { startsAt: book.now - HOUR }, "x"),
    ).rejects.toThrow("That time is past.");
    expect((await first("kept")).touch).toEqual(touch);
  });

  test("an appointment gets another time and its guests hear of it; a day alone is refused", async () => {
    const { touch } = await first("met");
    const at = book.now + 2 * DAY;
    await scheduleTouch(book.context, touch.id, { startsAt: at, with: ["ada"], minutes: 45 });
    await expect(
      rescheduleTouch(book.context, touch.id, { due: GO_LIVE + 3 }, "x"),
    ).rejects.toThrow("call it off");
    const moved = await rescheduleTouch(
      book.context,
      touch.id,
      { startsAt: at + DAY },
      "they asked",
    );
    expect(moved.touch).toMatchObject({ startsAt: at + DAY, due: GO_LIVE + 3 });
    expect(await book.store.appointments.of("met", touch.key)).toMatchObject({
      startsAt: at + DAY,
      sequence: 1,
      status: "confirmed",
      minutes: 45,
      attendees: [{ contact: "ada" }],
    });
  });

  test("a snoozed touch is the same touch, out of sight until then; moving it ends that", async () => {
    const { touch } = await first("snoozed");
    const until = book.now + 3 * HOUR;
    const after = await snoozeTouch(book.context, touch.id, until);
    expect(after.touch).toEqual(touch);
    expect(await first("snoozed")).toMatchObject({ touch, snoozedUntil: until });
    expect(await audit("snoozed")).toMatchObject({
      what: "touch snoozed",
      details: { touch: touch.id, until: new Date(until).toISOString() },
    });
    await book.decide();
    expect((await first("snoozed")).snoozedUntil).toBe(until);
    await snoozeTouch(book.context, touch.id, null);
    expect((await first("snoozed")).snoozedUntil).toBeNull();
    await snoozeTouch(book.context, touch.id, until);
    await rescheduleTouch(book.context, touch.id, { due: GO_LIVE + 3 }, "x");
    expect((await first("snoozed")).snoozedUntil).toBeNull();
    const snooze = (at: number) => snoozeTouch(book.context, touch.id, at);
    await expect(snooze(book.now)).rejects.toThrow("past");
    await expect(snooze(book.now + 31 * DAY)).rejects.toThrow("30 days at most");
    await completeTouch(book.context, touch.id, { result: "held", set: {} });
    await expect(snooze(until)).rejects.toThrow("it is done");
  });

  test("what people moved, gave away and snoozed survives another model and its rollback", async () => {
    const { touch: kept } = await first("kept");
    const { touch: given } = await first("given");
    const until = book.now + 20 * DAY;
    await snoozeTouch(book.context, kept.id, until);
    const other = SMALL_MODEL.replace("every: 2w, first: 1d", "every: 2w, first: 3d").replace(
      "minutes: 30",
      "minutes: 45",
    );
    const files = { file: "model.yaml", source: other, messages: {} };
    await applyPlan(book.context, files, { allow: ALLOW, reason: "longer" });
    expect((await first("kept")).snoozedUntil).toBe(until);
    // both before the version's own changes are taken back
    await rescheduleTouch(book.context, kept.id, { due: GO_LIVE + 5 }, "their wish");
    await assignTouchTo(book.context, given.id, null, "for the pool");
    await book.on(GO_LIVE + 1, 9).decide();
    await rollbackModel(book.context, { reason: "no good" });
    await book.decide();
    const find = async (id: string, touch: string) =>
      (await open(id)).find((one) => one.touch.id === touch)?.touch;
    expect(await find("kept", kept.id)).toMatchObject({
      due: GO_LIVE + 5,
      minutes: 30,
      reason: "moved by hand: their wish",
    });
    expect(await find("given", given.id)).toMatchObject({ owner: null, minutes: 30 });
    await book.on(GO_LIVE + 5, 9).decide();
    expect(await find("kept", kept.id)).toMatchObject({ due: GO_LIVE + 5, status: "due" });
  });
});
