import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY_MS } from "../../core/time/day.ts";
import type { IngestMessage } from "../../engine/ports/ingest.ts";
import type { Store } from "../../engine/ports.ts";
import {
  accountRow,
  contactRow,
  evaluated,
  eventRow,
  moment,
  TODAY,
} from "../testing/sample-rows.ts";
import { ENGINES } from "../testing/test-database.ts";
import { openTestStore } from "../testing/test-store.ts";
import { alias, group, identify, sent, track } from "./testing/sent-items.ts";

describe.each(ENGINES)("on %s", (engine) => {
  let store: Store;
  let last = 0;
  beforeAll(async () => {
    store = await openTestStore(engine);
  });
  afterAll(() => store.close());
  /** New names for each test: the store is shared. */
  const names = () => {
    const n = ++last;
    return { a: `acc-${n}`, b: `other-${n}`, u: `user-${n}`, v: `second-${n}`, anon: `anon-${n}` };
  };
  const now = moment();
  const take = async (items: readonly object[], at = now) =>
    (await store.ingest.take(sent(at, items), at)).results.map((one) =>
      one.status === "held" ? one.reason : one.status,
    );
  const load = async (id: string) => (await store.accounts.load([id]))[0];
  const eventsOf = async (id: string) =>
    ((await load(id))?.events ?? []).map(({ name, user }) => `${name} ${user ?? "-"}`).toSorted();
  const attribute = () => store.ingest.attribute(null, 100, now);
  const isToDecide = async (id: string) =>
    (await store.accounts.ids({ ids: [id], toDecideOn: TODAY })).length === 1;

  describe("whose an event is", () => {
    test("the account that it names, else its user's only one", async () => {
      const { a, b, u } = names();
      await take([group(u, a)]);
      expect(await take([track(u, "One"), track(u, "Two", { context: { groupId: b } })])).toEqual([
        "written",
        "written",
      ]);
      expect(await eventsOf(a)).toEqual([`One ${u}`]);
      expect(await eventsOf(b)).toEqual([`Two ${u}`]);
      // naming an account is no link: the user still has one
      expect((await load(b))?.contacts).toEqual([]);
      expect(await take([track(u, "Three")])).toEqual(["written"]);
    });

    test("a user of no account waits, and is counted in once it has one", async () => {
      const { a, u } = names();
      expect(
        await take([track(u, "Early"), identify(u, { email: `${u}@x.io`, vip: true })]),
      ).toEqual(["no_account", "no_account"]);
      expect(await store.ingest.held({ userId: u }, 10)).toMatchObject([
        { userId: u, kind: expect.any(String), reason: "no_account", at: now.now },
        { userId: u, reason: "no_account" },
      ]);
      expect(await attribute()).toMatchObject({ attributed: 0 });
      await take([group(u, a)]);
      // what it said of itself counts at once, its events with the next piece of work
      expect((await load(a))?.contacts).toMatchObject([{ id: u, email: `${u}@x.io` }]);
      expect(await eventsOf(a)).toEqual([]);
      expect(await attribute()).toEqual({ attributed: 1, refused: 0, more: false });
      expect(await eventsOf(a)).toEqual([`Early ${u}`]);
      expect(await attribute()).toMatchObject({ attributed: 0 });
      expect(await store.ingest.held({ userId: u }, 10)).toEqual([]);
    });

    test("a user of several accounts waits until one is left open", async () => {
      const { a, b, u } = names();
      await take([group(u, a), group(u, b)]);
      expect(await take([track(u, "Which")])).toEqual(["several_accounts"]);
      expect(await attribute()).toMatchObject({ attributed: 0, more: false });
      await take([group(null, b, { closedAt: "2026-03-01" })]);
      expect(await attribute()).toMatchObject({ attributed: 1 });
      expect(await eventsOf(a)).toEqual([`Which ${u}`]);
      expect(await take([track(u, "Now")])).toEqual(["written"]);
    });

    test("an import makes the account known as well; only then is it several", async () => {
      const { a, b, u, v } = names();
      await take([track(u, "Early"), track(v, "Torn"), identify(v, { email: `${v}@x.io` })]);
      await store.intake.accounts([accountRow(a), accountRow(b)], now);
      await store.intake.contacts([contactRow(a, u), contactRow(a, v), contactRow(b, v)], now);
      expect(await attribute()).toMatchObject({ attributed: 2 });
      expect(await eventsOf(a)).toEqual([`Early ${u}`]);
      expect(await store.ingest.held({ userId: v }, 9)).toMatchObject([
        { event: "Torn", reason: "several_accounts" },
      ]);
      expect((await load(b))?.contacts).toMatchObject([{ id: v, email: `${v}@x.io` }]);
    });

    test("an event without user belongs to the account that it names", async () => {
      const { a } = names();
      expect(await take([track(null, "Cron", { context: { groupId: a } })])).toEqual(["written"]);
      expect(await eventsOf(a)).toEqual(["Cron -"]);
      expect(await isToDecide(a)).toBe(true);
    });

    test("of an account that was decided, what comes in is news", async () => {
      const { a, u } = names();
      await take([group(u, a)]);
      const [loaded] = await store.accounts.load([a]);
      await store.accounts.save([evaluated(a, { loaded: loaded!.loaded })], now);
      expect(await isToDecide(a)).toBe(false);
      await take([track(u, "After")]);
      const after = await load(a);
      expect(after?.events).toMatchObject([{ name: "After", pending: true }]);
      expect(after?.loaded.news).toBeGreaterThan(loaded!.loaded.news);
      expect(after?.loaded.factsRev).toBe(loaded!.loaded.factsRev);
      expect(await isToDecide(a)).toBe(true);
      await take([group(null, a, { arr: 7 })]);
      expect((await load(a))?.loaded.factsRev).toBeGreaterThan(loaded!.loaded.factsRev);
    });
  });

  describe("who a user is", () => {
    test("no contact is doubled that came by another id: by user id, id or address", async () => {
      const { a, u, v } = names();
      await store.intake.accounts([accountRow(a)], now);
      const rows = [
        contactRow(a, "crm-1", { userId: u }),
        contactRow(a, "crm-2", { email: "Known@x.io", name: "Known" }),
        contactRow(a, v, { userId: null }),
      ];
      await store.intake.contacts(rows, now);
      await take([
        group(u, a),
        group(v, a),
        identify(u, { name: "U" }),
        identify("fresh", { email: "known@X.io " }, { context: { groupId: a } }),
      ]);
      expect((await load(a))?.contacts).toMatchObject([
        { id: "crm-1", user: u, name: "U" },
        { id: "crm-2", user: "fresh", name: "Known", email: "known@x.io" },
        { id: v, user: v },
      ]);
    });

    test("another user's contact is not taken over by its address", async () => {
      const { a, u, v } = names();
      await take([group(u, a), identify(u, { email: `both${u}@x.io` })]);
      await take([group(v, a), identify(v, { email: `both${u}@x.io` })]);
      const users = (await load(a))?.contacts.map(({ id, user }) => [id, user]);
      expect(users).toEqual([
        [v, v],
        [u, u],
      ]);
    });

    test("what a visitor did before it said who it is, is that user's", async () => {
      const { a, u, anon } = names();
      const visitor = { anonymousId: anon };
      await take([track(null, "Looked", visitor)]);
      await take([group(u, a), identify(u, { name: "Ann" }, visitor)]);
      expect(await take([track(null, "Looked again", visitor)])).toEqual(["written"]);
      expect(await attribute()).toMatchObject({ attributed: 1 });
      expect(await eventsOf(a)).toEqual([`Looked again ${u}`, `Looked ${u}`]);
      // a shared device: the anonymous id stays the first user's
      const other = names();
      await take([group(other.u, other.a), identify(other.u, {}, visitor)]);
      expect(await take([track(null, "Looked once more", visitor)])).toEqual(["written"]);
      expect(await eventsOf(a)).toHaveLength(3);
      expect(await eventsOf(other.a)).toEqual([]);
    });

    test("alias joins users, in any order and through several; once it is said it stays", async () => {
      const { a, u, v, anon } = names();
      await take([track(anon, "First"), track(u, "Second")]);
      await take([alias(anon, u)]);
      await take([alias(u, v)]);
      await take([group(v, a)]);
      await attribute();
      expect(await eventsOf(a)).toEqual([`First ${v}`, `Second ${v}`]);
      expect(await take([track(anon, "Third"), track(u, "Fourth")])).toEqual([
        "written",
        "written",
      ]);
      expect(await take([alias(v, anon), alias(v, v)])).toEqual(["written", "written"]);
      expect(await take([alias(anon, "somebody else")])).toEqual(["refused"]);
      expect(await take([track(v, "Fifth")])).toEqual(["written"]);
      expect(await eventsOf(a)).toHaveLength(5);
    });

    test("a chain of aliases in one batch, backwards", async () => {
      const { a, u, v, anon } = names();
      await take([alias(u, v), alias(anon, u), group(v, a), track(anon, "One")]);
      expect(await eventsOf(a)).toEqual([`One ${v}`]);
    });

    test("a contact goes by its user's new name", async () => {
      const { a, u, v } = names();
      await take([group(u, a)]);
      await take([alias(u, v)]);
      expect((await load(a))?.contacts).toMatchObject([{ id: u, user: v }]);
      expect(await take([track(v, "One")])).toEqual(["written"]);
      await take([group(v, a), identify(v, { name: "V" })]);
      expect((await load(a))?.contacts).toMatchObject([{ id: u, user: v, name: "V" }]);
    });
  });

  describe("again, late, and out of order", () => {
    test("an id is good for one message, of whatever kind and account", async () => {
      const { a, b, u } = names();
      const one = track(u, "One", { messageId: `m-${u}`, context: { groupId: a } });
      expect(await take([one, one])).toEqual(["written", "duplicate"]);
      expect(await take([one])).toEqual(["duplicate"]);
      const elsewhere = track(u, "One", { messageId: `m-${u}`, context: { groupId: b } });
      expect(await take([elsewhere, group(u, a, {}, { messageId: `m-${u}` })])).toEqual([
        "refused",
        "refused",
      ]);
      expect(await load(b)).toBeUndefined();
      expect(await eventsOf(a)).toEqual([`One ${u}`]);
    });

    test("without an id: its content with its time; with neither every one is new", async () => {
      const { a, u } = names();
      const timed = track(u, "Timed", {
        timestamp: "2026-03-02T08:00:00Z",
        context: { groupId: a },
      });
      const bare = track(u, "Bare", { context: { groupId: a } });
      expect(await take([timed, timed, bare, bare])).toEqual([
        "written",
        "duplicate",
        "written",
        "written",
      ]);
      expect(await take([timed, bare])).toEqual(["duplicate", "written"]);
      expect(await eventsOf(a)).toHaveLength(4);
    });

    test("an id that an import used for another event is refused, and stays free", async () => {
      const { a, u } = names();
      await store.intake.accounts([accountRow(a)], now);
      await store.intake.events([eventRow(a, `i-${u}`, { event: "Imported" })], now);
      const other = track(u, "Sent", { messageId: `i-${u}`, context: { groupId: a } });
      expect(await take([other])).toEqual(["refused"]);
      expect(await take([other])).toEqual(["refused"]);
      await take([track(u, "Held", { messageId: `i-${u}` })]);
      await store.intake.contacts([contactRow(a, u)], now);
      expect(await attribute()).toEqual({ attributed: 0, refused: 1, more: false });
      expect(await store.ingest.held({ userId: u }, 9)).toMatchObject([
        { reason: "other_content" },
      ]);
      expect(await attribute()).toMatchObject({ refused: 0, more: false });
    });

    test("of two values of a day the later one stays, in whatever order they come", async () => {
      const { a, u } = names();
      const at = (hour: number) => ({ timestamp: `2026-03-02T0${hour}:00:00Z` });
      await take([
        group(u, a, { plan: "new", name: "New" }, at(8)),
        group(u, a, { plan: "old", name: "Old" }, at(7)),
      ]);
      const account = await load(a);
      expect(account?.name).toBe("New");
      expect(account?.traits).toMatchObject([{ trait: "plan", value: "new" }]);
    });

    test("what is 30 days late counts on its day, and changes nothing that is newer", async () => {
      const { a, u } = names();
      await take([group(u, a, { plan: "pro", name: "Now" })]);
      const then = { timestamp: new Date(now.now - 30 * DAY_MS).toISOString() };
      await take([group(u, a, { plan: "free", name: "Then" }, then), track(u, "Old", then)]);
      const account = await load(a);
      expect(account?.name).toBe("Now");
      expect(account?.traits.map(({ value, from }) => [value, from - TODAY])).toEqual([
        ["free", -30],
        ["pro", 0],
      ]);
      expect(account?.events).toMatchObject([{ name: "Old", at: now.now - 30 * DAY_MS }]);
    });

    test("the same from four clients at once counts once", async () => {
      const { a, b, u, v, anon } = names();
      const items = [
        group(u, a, { plan: "x" }, { messageId: `c0-${u}` }),
        group(v, b, {}, { messageId: `c1-${u}` }),
        identify(u, { email: `${u}@x.io` }, { messageId: `c2-${u}`, anonymousId: anon }),
        ...Array.from({ length: 40 }, (_, n) =>
          track(n % 2 === 0 ? u : v, "Hit", { messageId: `c-${u}-${n}` }),
        ),
      ];
      const batches: IngestMessage[][] = Array.from({ length: 24 }, (_, n) =>
        sent(now, n % 2 === 0 ? items : items.toReversed()),
      );
      const taken = await Promise.all(
        batches.map((batch, n) =>
          n % 6 === 5
            ? store.ingest.attribute(null, 100, now)
            : store.ingest.take(batch, now).then(({ results }) => results),
        ),
      );
      const results = taken.flatMap((one) => ("attributed" in one ? [] : one));
      expect(results.filter(({ status }) => status === "refused")).toEqual([]);
      expect(results.filter(({ status }) => status !== "duplicate")).toHaveLength(43);
      while ((await attribute()).attributed > 0);
      expect([(await eventsOf(a)).length, (await eventsOf(b)).length]).toEqual([20, 20]);
      expect((await load(a))?.contacts).toHaveLength(1);
    });
  });

  test("what waits is listed by arrival, a page at a time, and counted by reason", async () => {
    const { a, b, u, v } = names();
    const later = moment(TODAY, 10);
    await take([group(v, a), group(v, b), track(v, "Torn")]);
    await take([track(u, "Lost", { timestamp: "2026-01-01T00:00:00Z" })], later);
    const before = await store.ingest.heldCounts();
    expect(before.reasons.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(["no_account", "several_accounts"]),
    );
    expect(before.messages).toBe(before.reasons.reduce((sum, { messages }) => sum + messages, 0));
    const all = await store.ingest.held({}, 1000);
    expect(all).toHaveLength(before.messages);
    const [first] = await store.ingest.held({}, 1);
    const rest = await store.ingest.held({ after: first! }, 1000);
    expect([first, ...rest]).toEqual(all);
    expect(all.at(-1)).toMatchObject({ event: "Lost", arrived: later.now, reason: "no_account" });
    expect(await store.ingest.held({ reason: "no_account", userId: v }, 9)).toEqual([]);
  });

  test("thousands of contacts of one account: found by who they are, written together", async () => {
    const { a } = names();
    const of = (from: number) =>
      Array.from({ length: 1_000 }, (_, n) =>
        identify(
          `${a}-${from + n}`,
          { email: `${a}-${from + n}@x.io`, name: `名前 ${n} 🚀` },
          { context: { groupId: a } },
        ),
      );
    for (const from of [0, 1_000, 2_000]) await take(of(from));
    expect((await load(a))?.contacts).toHaveLength(3_000);
    const hits = Array.from({ length: 1_000 }, (_, n) => track(`${a}-${n * 3}`, "Hit"));
    expect(new Set(await take(hits))).toEqual(new Set(["written"]));
    await take([identify(`${a}-7`, { name: "שרה" }), group(`${a}-7`, a)]);
    const account = await load(a);
    expect([account?.contacts.length, account?.events.length]).toEqual([3_000, 1_000]);
    expect(account?.contacts.find(({ id }) => id === `${a}-7`)?.name).toBe("שרה");
  });

  test("held messages are worked off in pieces", async () => {
    const { a, u } = names();
    await take(Array.from({ length: 25 }, (_, n) => track(u, `Event ${n}`)));
    await store.intake.accounts([accountRow(a)], now);
    await store.intake.contacts([contactRow(a, u)], now);
    const pieces: number[] = [];
    for (;;) {
      const { attributed, more } = await store.ingest.attribute(null, 10, now);
      pieces.push(attributed);
      if (!more) break;
    }
    expect(pieces).toEqual([10, 10, 5]);
    expect(await eventsOf(a)).toHaveLength(25);
  });
});
