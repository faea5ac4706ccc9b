import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "../src/store/db/open-database.ts";
import { newPostgresDatabase } from "../src/store/testing/test-database.ts";
import { benchIngest } from "./ingest.ts";

const options = { events: 60, accounts: 7, perRequest: 20, clients: 2, turns: 1 };

test.each(["pglite", "postgres"])(
  "the benchmark runs on %s, and all ways write as much",
  async (engine) => {
    const folder = mkdtempSync(path.join(tmpdir(), "touchstone-bench-"));
    const open =
      engine === "pglite"
        ? { data: path.join(folder, "data") }
        : { databaseUrl: await newPostgresDatabase() };
    try {
      const { ratio, overHttp } = await benchIngest(open, options);
      expect([ratio.median > 0, overHttp.median > 0]).toEqual([true, true]);
      const db = await openDatabase(open);
      const counts = await db.q(
        `SELECT count(*) AS events, count(DISTINCT account) AS accounts, (SELECT count(*) FROM message WHERE id LIKE '%-0d2b7c9e-%') AS messages
       FROM event`,
      );
      await db.close();
      expect(counts).toEqual([{ events: 360, accounts: 7, messages: 360 }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
