import { expect, test } from "vitest";
import { openDatabase } from "../src/store/db/open-database.ts";
import { postgresServer } from "../src/store/testing/test-database.ts";
import { startBookServer } from "./book-server.ts";
import { takeChanges, writeBare } from "./bare-store.ts";
import { makeCopiedBook } from "./copied-book.ts";
import { PLAN_BOOK_NOW } from "./plan-book.ts";
import { passOf } from "./store-pass.ts";

const ACCOUNTS = 6;
const SEEDS = 2;
const CHANGED = `SELECT (SELECT json_agg(s ORDER BY s.bucket, s.account)::text FROM account_state s) AS states,
  (SELECT json_agg(t ORDER BY t.bucket, t.account, t.key)::text FROM touch t) AS touches,
  (SELECT json_agg(json_build_array(a.id, a.decided_on, a.decided_news, a.state_rev) ORDER BY a.bucket, a.id)::text FROM account a) AS accounts,
  (SELECT json_agg(json_build_array(d.account, d.day, d.decision) ORDER BY d.bucket, d.account, d.day)::text FROM decision d) AS decisions,
  (SELECT json_agg(json_build_array(e.account, e.id, e.name, e.at) ORDER BY e.bucket, e.account, e.id)::text FROM event e) AS events`;

test("a pass decides copies as it decides those they were copied from, and its changes written bare leave the same rows", async () => {
  const server = await startBookServer("postgres", await postgresServer());
  try {
    await server.make((open) => makeCopiedBook(open, ACCOUNTS, () => undefined, SEEDS));
    const read = async (open: { databaseUrl?: string | undefined }): Promise<unknown> => {
      const db = await openDatabase(open);
      const found = await db.q(CHANGED);
      await db.close();
      return found;
    };
    const passed = await server.withCopy(async (open) => {
      const db = await openDatabase(open);
      const [mark] = await db.q<{ at: number }>("SELECT pg_current_xact_id()::text::int8 AS at");
      const before = await db.q(CHANGED);
      expect(await passOf(open, PLAN_BOOK_NOW + 86_400_000)).toBe(ACCOUNTS);
      const scores = await db.q<{ seed: number; n: number }>(
        `SELECT count(DISTINCT decision -> 'health' ->> 'score') AS n, right(account, 2)::int4 % ${SEEDS} AS seed
         FROM account_state GROUP BY 2 ORDER BY 2`,
      );
      expect(scores.map(({ n }) => n)).toEqual([1, 1]);
      await takeChanges(open, mark?.at ?? 0, server.scratch());
      await db.close();
      const after = await read(open);
      expect(after).not.toEqual(before);
      return after;
    });
    const written = await server.withCopy(async (open) => {
      await writeBare(open, server.scratch());
      return read(open);
    });
    expect(written).toEqual(passed);
  } finally {
    await server.stop();
  }
});
