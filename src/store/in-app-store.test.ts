import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StoredInApp } from "../engine/ports.ts";
import { bucketOf } from "./bucket.ts";
import type { Database } from "./db/database.ts";
import { json } from "./db/send-value.ts";
import { inAppStore } from "./in-app-store.ts";
import { moment, touchOf } from "./testing/sample-rows.ts";
import { ENGINES, openMigratedDatabase } from "./testing/test-database.ts";
import { putTouches } from "./touch-rows.ts";

const { now } = moment();
const DAY = 86_400_000;

describe.each(ENGINES)("on %s", (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openMigratedDatabase(engine);
    await account("acme");
    await account("beta");
    await account("gone", "2026-02-01");
  });
  afterAll(() => db.close());

  const account = (id: string, closed: string | null = null) =>
    db.q(
      `INSERT INTO account (bucket, id, closed_at, first_seen, first_seen_at, known_as_of, news, decided_news)
       VALUES ($1, $2, $3, '2026-01-01', '2026-01-01', '2026-01-01', 0, 0)`,
      [bucketOf(id), id, closed],
    );

  const sent = async (of: string, key: string, at = now, change: { status?: string } = {}) => {
    const touch = touchOf(of, key, { channel: "in_app", contact: "ann", program: "tips", run: 2 });
    await db.tx((tx) => putTouches(tx, [touch]));
    const message = { subject: key, text: "", html: "", links: [], extra: { show: "banner" } };
    await db.q(
      `INSERT INTO outgoing (bucket, account, id, kind, touch, touch_id, touchpoint, program, attempt, channel,
         contact, user_id, status, message, made_at, sent_at)
       VALUES ($1, $2, $3, 'touch', $4, $5, 'check_in', 'tips', 1, 'in_app', 'ann', $6, $7, $8, $9, $9)`,
      [
        bucketOf(of),
        of,
        `${touch.id}.1`,
        touch.key,
        touch.id,
        change.status === undefined ? "u1" : `u-${change.status}`,
        change.status ?? "sent",
        json(message),
        new Date(at),
      ],
    );
  };
  const shown = async (user: string, since = now - 30 * DAY): Promise<readonly StoredInApp[]> =>
    inAppStore(db).sentTo(user, since, 10);

  test("a user's messages come from all accounts that are not closed, the newest first", async () => {
    await sent("acme", "old", now - 31 * DAY);
    await sent("acme", "a", now - DAY);
    await sent("beta", "b");
    await sent("gone", "c");
    await sent("acme", "unsent", now, { status: "dry_run" });
    expect((await shown("u1")).map(({ id }) => id)).toEqual(["t-beta-b.1", "t-acme-a.1"]);
    expect(await shown("u-dry_run")).toEqual([]);
    expect(await shown("nobody")).toEqual([]);
    expect((await inAppStore(db).sentTo("u1", now - 30 * DAY, 1)).map(({ id }) => id)).toEqual([
      "t-beta-b.1",
    ]);
    const [first] = await shown("u1");
    expect(first).toMatchObject({
      account: "beta",
      touchId: "t-beta-b",
      touchpoint: "check_in",
      program: "tips",
      sentAt: now,
      message: { subject: "b", extra: { show: "banner" } },
      isLeft: false,
      seenAt: null,
      itemsDone: [],
    });
  });

  test("what came back is kept as it was first told", async () => {
    const store = inAppStore(db);
    const of = { account: "beta", id: "t-beta-b.1", item: null };
    await store.mark([
      { ...of, action: "item_done", item: 2, at: now + 2 },
      { ...of, action: "item_done", item: 2, at: now + 2 },
      { ...of, action: "seen", at: now + 1 },
    ]);
    await store.mark([
      { ...of, action: "seen", at: now + 9 },
      { ...of, action: "item_done", item: 0, at: now + 9 },
      { ...of, action: "clicked", at: now + 9 },
    ]);
    await store.mark([{ ...of, action: "clicked", at: now + 10 }]);
    await store.mark([]);
    expect((await shown("u1"))[0]).toMatchObject({
      seenAt: now + 1,
      clickedAt: now + 9,
      dismissedAt: null,
      itemsDone: [0, 2],
    });
  });

  test.each([
    ["its run goes on", { tips: { last: 2, rearmed: false } }, false],
    ["its program was left", { tips: { last: 2, rearmed: true } }, true],
    ["a later run has begun", { tips: { last: 3, rearmed: false } }, true],
    ["the contact's own run was left", { "tips/ann": { last: 2, rearmed: true } }, true],
    ["another contact's run was left", { "tips/bob": { last: 2, rearmed: true } }, false],
  ])("%s", async (_what, past, isLeft) => {
    await db.q("DELETE FROM account_state");
    await db.q("INSERT INTO account_state (bucket, account, state) VALUES ($1, 'acme', $2)", [
      bucketOf("acme"),
      { schedule: { past } },
    ]);
    const found = (await shown("u1")).find(({ account }) => account === "acme");
    expect(found?.isLeft).toBe(isLeft);
  });
});
