import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { bareMember } from "../bare-rows.ts";
import type { CalendarEntry, Outgoing } from "../ports.ts";
import { account, type Book, contact, GO_LIVE, logins } from "../testing/book.ts";
import { Books } from "../testing/books.ts";
import { addTouchByHand, completeTouch, scheduleTouch, skipTouchById } from "../touch-actions.ts";

const HOUR = 3_600_000;
const TOMORROW_NOON = (GO_LIVE + 1) * 86_400_000 + 11 * HOUR;

const ANN = {
  ...bareMember("ann"),
  name: "Ann Owens",
  email: "ann@cs.test",
  role: "csm",
  hoursPerWeek: 40,
  row: 1,
};

describe.each(ENGINES_OF_ENGINE)("on %s", (engine) => {
  const books = new Books(() => openTestStore(engine));
  let book: Book;
  let number = 0;
  beforeAll(async () => {
    book = await books.book(GO_LIVE, 9);
    await book.import({
      accounts: [
        account("acme", {
          name: "Acme",
          createdAt: GO_LIVE - 100,
          owner: "ann",
          traits: { arr: 300 },
        }),
      ],
      contacts: [
        contact("acme", "a1", {
          name: "Ada Lovelace",
          email: "ada@acme.test",
          timezone: "America/New_York",
          locale: "en-US",
        }),
        contact("acme", "a2", { name: "Bo", email: "bo@acme.test" }),
        contact("acme", "a3", { name: "Cy", email: null }),
      ],
      events: logins("acme", GO_LIVE - 99, GO_LIVE - 1),
      team: [ANN],
    });
    await book.apply();
    await book.decide();
  });
  beforeEach(() => {
    book.on(GO_LIVE, 9);
  });
  afterAll(() => books.close());

  async function planned(): Promise<string> {
    const { touch } = await addTouchByHand(book.context, "acme", "call", {
      due: GO_LIVE + 1,
      nonce: `n${number++}`,
    });
    return touch.id;
  }

  /** What was queued for a touch, oldest first: sequence, what it does, to whom. */
  async function mails(touchId: string): Promise<readonly Mail[]> {
    const found = await book.store.outbox.list({ touchId }, 100);
    return found
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((outgoing) => ({
        outgoing,
        entry: outgoing.message.extra["calendar"] as unknown as CalendarEntry,
      }));
  }
  const short = (all: readonly Mail[]): readonly string[] =>
    all.map(({ entry, outgoing }) => `${entry.sequence} ${entry.method} ${outgoing.receiver}`);

  test("a fixed time invites who is named, in their own time, once", async () => {
    const id = await planned();
    expect(await mails(id)).toEqual([]);
    await scheduleTouch(book.context, id, {
      startsAt: TOMORROW_NOON,
      with: ["ada@acme.test", "Cy"],
      place: "https://meet.example.com/1",
    });
    const all = await mails(id);
    expect(short(all)).toEqual(["0 REQUEST ada@acme.test"]);
    const [{ outgoing, entry } = all[0] as Mail] = all;
    expect(outgoing).toMatchObject({
      id: `${id}.inv.0`,
      kind: "invitation",
      channel: "email",
      status: "queued",
      contact: "a1",
    });
    expect(outgoing.message.subject).toBe(
      "Invitation: Call, Tuesday, March 3, 2026 at 06:00 AM EST",
    );
    expect(outgoing.message.text).toContain("Ann Owens invites you to: Call");
    expect(outgoing.message.text).toContain("Where: https://meet.example.com/1");
    expect(entry).toMatchObject({
      startsAt: TOMORROW_NOON,
      minutes: 30,
      organizer: { name: "Ann Owens", email: "ann@cs.test" },
      attendees: [{ name: "Ada Lovelace", email: "ada@acme.test" }],
    });
  });

  test("moving it sends the same entry with a higher number, also to whom it was not said again", async () => {
    const id = await planned();
    await scheduleTouch(book.context, id, { startsAt: TOMORROW_NOON, with: ["a1", "a2"] });
    book.on(GO_LIVE, 10);
    await scheduleTouch(book.context, id, { startsAt: TOMORROW_NOON + HOUR, with: [] });
    const all = await mails(id);
    expect(short(all)).toEqual([
      "0 REQUEST ada@acme.test",
      "0 REQUEST bo@acme.test",
      "1 REQUEST ada@acme.test",
      "1 REQUEST bo@acme.test",
    ]);
    expect(new Set(all.map(({ entry }) => entry.uid)).size).toBe(1);
    expect(all[2]?.outgoing.message.subject).toMatch(/^New time: Call/);
    expect(all[2]?.entry.startsAt).toBe(TOMORROW_NOON + HOUR);
  });

  test("who need not come any more is told so, and only they", async () => {
    const id = await planned();
    await scheduleTouch(book.context, id, { startsAt: TOMORROW_NOON, with: ["a1", "a2"] });
    await scheduleTouch(book.context, id, { startsAt: TOMORROW_NOON, with: ["a2"] });
    const later = (await mails(id)).filter(({ entry }) => entry.sequence === 1);
    expect(short(later)).toEqual(["1 REQUEST bo@acme.test", "1 CANCEL ada@acme.test"]);
    expect(later[1]?.entry.attendees).toEqual([{ name: "Ada Lovelace", email: "ada@acme.test" }]);
    expect(later[0]?.entry.attendees).toEqual([{ name: "Bo", email: "bo@acme.test" }]);
  });

  test("skipping withdraws it, once; fixed anew afterwards nobody comes unasked", async () => {
    const id = await planned();
    await scheduleTouch(book.context, id, { startsAt: TOMORROW_NOON, with: ["a1"] });
    await skipTouchById(book.context, id, "not needed");
    expect(short(await mails(id))).toEqual(["0 REQUEST ada@acme.test", "1 CANCEL ada@acme.test"]);
    const [touch] = (await book.store.touches.byId(id)).map((listed) => listed.touch);
    const appointment = await book.store.appointments.of("acme", touch?.key ?? "");
    expect(appointment).toMatchObject({ status: "withdrawn", sequence: 1 });
  });

  test("a held one stays as it was", async () => {
    const id = await planned();
    await scheduleTouch(book.context, id, { startsAt: TOMORROW_NOON, with: ["a1"] });
    book.on(GO_LIVE + 1, 14);
    await completeTouch(book.context, id, { result: "held", set: {} });
    expect(short(await mails(id))).toEqual(["0 REQUEST ada@acme.test"]);
  });

  test("a length is checked", async () => {
    const id = await planned();
    const fixing = scheduleTouch(book.context, id, {
      startsAt: TOMORROW_NOON,
      with: ["a1"],
      minutes: 0,
    });
    await expect(fixing).rejects.toMatchObject({ code: "bad-value" });
    expect(await mails(id)).toEqual([]);
  });

  test("closing the account withdraws what the planner cancels, in the same transaction", async () => {
    const id = await planned();
    await scheduleTouch(book.context, id, { startsAt: TOMORROW_NOON, with: ["a1", "a2"] });
    const past = await planned();
    await scheduleTouch(book.context, past, { startsAt: book.now + HOUR, with: ["a1"] });
    book.on(GO_LIVE, 12);
    await book.import({ accounts: [account("acme", { closedAt: GO_LIVE })] });
    await book.decide();
    const [listed] = await book.store.touches.byId(id);
    expect(listed?.touch).toMatchObject({ status: "cancelled" });
    expect(short((await mails(id)).filter(({ entry }) => entry.sequence === 1))).toEqual([
      "1 CANCEL ada@acme.test",
      "1 CANCEL bo@acme.test",
    ]);
    // what had begun by then is not called off any more
    expect(short(await mails(past))).toEqual(["0 REQUEST ada@acme.test"]);
  });
});

interface Mail {
  readonly outgoing: Outgoing;
  readonly entry: CalendarEntry;
}
