import { describe, expect, test } from "vitest";
import { Book, GO_LIVE } from "../../engine/testing/book.ts";
import { BUCKETS } from "../bucket.ts";
import { openPostgres } from "../db/postgres.ts";
import { openStore } from "../index.ts";
import { migrateStore } from "../migrate-store.ts";
import { readMigrations, statementsOf } from "../migrate.ts";
import { CITUS_URL } from "../testing/citus-cluster.ts";
import { liveThroughADay } from "../testing/hot-paths.ts";
import { newPostgresStore, newServerDatabase, newServerStore } from "../testing/test-database.ts";

test("a server without Citus is told so, and stays as it is", async () => {
  const databaseUrl = await newServerDatabase("postgres");
  await expect(migrateStore({ databaseUrl }, { shards: undefined })).rejects.toMatchObject({
    code: "citus-missing",
    hint: expect.stringContaining("CREATE EXTENSION citus") as string,
  });
  const { ran, spread } = await migrateStore({ databaseUrl }, null);
  expect({ ran: ran.length, spread }).toEqual({ ran: readMigrations().length, spread: null });
});

async function inDatabase<T>(
  url: string,
  use: (db: Awaited<ReturnType<typeof openPostgres>>) => Promise<T>,
): Promise<T> {
  const db = await openPostgres({ url });
  try {
    return await use(db);
  } finally {
    await db.close();
  }
}

/** Everything that a day came to, of a store that is opened for it. */
async function dayOn(databaseUrl: string): Promise<unknown> {
  const store = await openStore({ databaseUrl });
  try {
    const it = await liveThroughADay(store);
    return await pictureOf(it.book, await it.outbox());
  } finally {
    await store.close();
  }
}

async function pictureOf(book: Book, outbox: readonly { readonly id: string }[]): Promise<unknown> {
  const accounts = await book.picture();
  return { accounts, outbox: outbox.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

describe.skipIf(CITUS_URL === undefined)(
  "on a Citus cluster (skipped where CITUS_URL does not name one)",
  () => {
    test("a fresh database is spread over all servers, once", async () => {
      const databaseUrl = await newServerDatabase("citus");
      const first = await migrateStore({ databaseUrl }, { shards: 8 });
      expect(first.ran).toHaveLength(readMigrations().length);
      expect(first.spread).toMatchObject({ shards: 8 });
      expect(first.spread?.servers).toBeGreaterThan(0);
      expect(first.spread?.distributed).toContain("event");
      expect(first.spread?.reference).toContain("model_version");
      const again = await migrateStore({ databaseUrl }, { shards: undefined });
      expect(again).toMatchObject({
        ran: [],
        spread: { distributed: [], reference: [], shards: 8 },
      });
      await expect(migrateStore({ databaseUrl }, { shards: 16 })).rejects.toMatchObject({
        code: "spread-otherwise",
      });
    });

    test("a day comes to the same there as on one server", async () => {
      const there = await dayOn(await newServerStore("citus"));
      expect(there).toEqual(await dayOn(await newPostgresStore()));
    });

    test("a filled database keeps all it has, and goes on from there", async () => {
      const databaseUrl = await newServerDatabase("citus");
      const before = await dayOn(databaseUrl);
      const counts = () =>
        inDatabase(databaseUrl, async (db) => ({
          all: await db.q(
            "SELECT (SELECT count(*) FROM event) AS events, (SELECT count(*) FROM decision) AS decisions",
          ),
          known: await db.q(
            "SELECT (SELECT count(*) FROM model_version) AS models, (SELECT count(*) FROM webhook) AS hooks",
          ),
        }));
      const had = await counts();
      expect((await migrateStore({ databaseUrl }, { shards: 4 })).spread?.distributed).toContain(
        "account",
      );
      expect(await counts()).toEqual(had);
      const store = await openStore({ databaseUrl });
      const book = new Book(store, GO_LIVE + 1, 12);
      expect(await pictureOf(book, await store.outbox.list({}, 1000))).toEqual(before);
      await book.on(GO_LIVE + 2, 12).decide();
      const { size } = new Set((await book.picture()).map(({ decidedOn }) => decidedOn));
      expect(size).toBe(1);
      await store.close();
      await inDatabase(databaseUrl, async (db) => {
        const [left] = await db.q("SELECT count(*) AS rows FROM ONLY account");
        expect(left).not.toEqual({ rows: 0 });
        const [own] = await db.q<{ bytes: number }>("SELECT pg_relation_size('event') AS bytes");
        expect(own).toEqual({ bytes: 0 });
      });
    });

    test("a table that a later version adds is spread as that version opens the database", async () => {
      const databaseUrl = await newServerStore("citus");
      const notes = readMigrations().find(({ name }) => name.endsWith("_notes"));
      await inDatabase(databaseUrl, async (db) => {
        await db.exec("DROP TABLE account_note");
        await db.exec(statementsOf(notes?.sql ?? "")[0] ?? "");
      });
      const kinds = () =>
        inDatabase(databaseUrl, (db) =>
          db.q(
            "SELECT citus_table_type AS kind FROM citus_tables WHERE table_name = 'account_note'::regclass",
          ),
        );
      expect(await kinds()).toEqual([]);
      await (await openStore({ databaseUrl })).close();
      expect(await kinds()).toEqual([{ kind: "distributed" }]);
    });

    test("tables that lie otherwise are named, and nothing is changed", async () => {
      const databaseUrl = await newServerDatabase("citus");
      await migrateStore({ databaseUrl }, null);
      await inDatabase(databaseUrl, async (db) => {
        await db.q("SELECT create_distributed_table('message', 'id')");
      });
      await expect(migrateStore({ databaseUrl }, { shards: undefined })).rejects.toMatchObject({
        code: "spread-otherwise",
        message: expect.stringContaining("message (by id)") as string,
      });
      expect(await inDatabase(databaseUrl, (db) => Promise.resolve(db.isSpread))).toBe(false);
    });

    test("who comes to a worker of the cluster is sent to its coordinator", async () => {
      const url = new URL(await newServerDatabase("citus"));
      const [worker] = await inDatabase(url.href, (db) =>
        db.q<{ host: string; port: number }>(
          "SELECT nodename AS host, nodeport AS port FROM pg_dist_node WHERE groupid <> 0",
        ),
      );
      url.hostname = worker?.host ?? "";
      url.port = String(worker?.port);
      await expect(openStore({ databaseUrl: url.href })).rejects.toMatchObject({
        code: "not-the-coordinator",
        message: expect.stringContaining(url.port) as string,
      });
    });

    test("it waits until nobody works on the database", async () => {
      const databaseUrl = await newServerDatabase("citus");
      const store = await openStore({ databaseUrl });
      const worker = { id: "w", startedAt: Date.now(), details: {} };
      expect(await store.leases.renew(worker, Date.now(), 60_000)).toHaveLength(BUCKETS);
      await expect(migrateStore({ databaseUrl }, { shards: 4 })).rejects.toMatchObject({
        code: "spread-failed",
      });
      await store.leases.giveBack("w");
      expect((await migrateStore({ databaseUrl }, { shards: 4 })).spread?.shards).toBe(4);
      await store.close();
    });
  },
);
