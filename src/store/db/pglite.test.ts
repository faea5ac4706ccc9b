import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storeTemplate } from "../testing/test-database.ts";
import { EMBEDDED_MAJOR } from "./data-folder.ts";
import { openPglite } from "./pglite.ts";
import type { EmbeddedDatabase } from "./pglite.ts";

const folders: string[] = [];
function newFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "touchstone-pglite-"));
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

describe("an embedded database on disk", () => {
  const folder = path.join(newFolder(), "nested", "data");
  let db: EmbeddedDatabase;
  let template: Uint8Array;
  beforeAll(async () => {
    db = await openPglite({ folder });
    template = await storeTemplate();
  });
  afterAll(() => db.close());

  test("every commit forces the log to the disk, and a read forces nothing", async () => {
    await db.exec("CREATE TABLE durable (a int)");
    for (let i = 0; i < 3; i++) {
      const before = await db.fsyncs();
      await db.q("INSERT INTO durable VALUES ($1)", [i]);
      expect(await db.fsyncs()).toBeGreaterThan(before);
    }
    const before = await db.fsyncs();
    await db.q("SELECT * FROM durable");
    expect(await db.fsyncs()).toBe(before);
  });

  test("Postgres runs with fsync and a small log, in the version we expect", async () => {
    const settings = await db.q(
      "SELECT name, setting FROM pg_settings WHERE name = ANY($1) ORDER BY name",
      [
        [
          "fsync",
          "synchronous_commit",
          "max_wal_size",
          "min_wal_size",
          "wal_sync_method",
          "server_version_num",
        ],
      ],
    );
    const found = Object.fromEntries(settings.map(({ name, setting }) => [name, setting]));
    expect(found).toMatchObject({
      fsync: "on",
      synchronous_commit: "on",
      max_wal_size: "128",
      min_wal_size: "32",
      wal_sync_method: "fsync",
    });
    expect(Math.floor(Number(found["server_version_num"]) / 10_000)).toBe(EMBEDDED_MAJOR);
  });

  test("nobody else can look into the folder", () => {
    expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
    expect(fs.statSync(path.join(folder, "pg")).mode & 0o777).toBe(0o700);
  });

  test("many changes are vacuumed away and counted anew", async () => {
    await db.exec(
      "CREATE TABLE churned (a int); INSERT INTO churned SELECT generate_series(1, 1000); UPDATE churned SET a = a + 1",
    );
    await db.maintain();
    const [after] = await db.q(
      "SELECT n_dead_tup AS dead, vacuum_count AS vacuumed, analyze_count > 0 AS analysed FROM pg_stat_user_tables WHERE relname = 'churned'",
    );
    expect(after).toEqual({ dead: 0, vacuumed: 1, analysed: true });
    await db.maintain();
    const [again] = await db.q(
      "SELECT vacuum_count AS vacuumed FROM pg_stat_user_tables WHERE relname = 'churned'",
    );
    expect(again).toEqual({ vacuumed: 1 });
  });

  test("a new database starts from a template in one piece", async () => {
    const other = await openPglite({ folder: newFolder(), template });
    await other.exec("CREATE TABLE t (a int)");
    await other.q("INSERT INTO t VALUES (1)");
    expect(await other.q("SELECT a FROM t")).toEqual([{ a: 1 }]);
    await other.close();
  });

  test("vacuum runs by its own timer", async () => {
    const own = await openPglite({ folder: undefined, template, vacuumEveryMs: 50 });
    await own.exec(
      "CREATE TABLE timed (a int); INSERT INTO timed SELECT generate_series(1, 1000); UPDATE timed SET a = a + 1",
    );
    await expect
      .poll(
        () => own.q("SELECT vacuum_count AS n FROM pg_stat_user_tables WHERE relname = 'timed'"),
        { timeout: 5000 },
      )
      .toEqual([{ n: 1 }]);
    await own.close();
  });

  test("what was written is there when the folder is opened again", async () => {
    const again = newFolder();
    const first = await openPglite({ folder: again, template });
    await first.exec("CREATE TABLE kept (a int)");
    await first.q("INSERT INTO kept VALUES (7)");
    await first.close();
    const second = await openPglite({ folder: again });
    expect(await second.q("SELECT a FROM kept")).toEqual([{ a: 7 }]);
    await second.close();
  });

  test("a first start that was cut off is made again from nothing", async () => {
    const cut = newFolder();
    fs.mkdirSync(path.join(cut, "pg", "base"), { recursive: true });
    fs.writeFileSync(path.join(cut, "pg", "PG_VERSION"), `${EMBEDDED_MAJOR}\n`);
    fs.writeFileSync(path.join(cut, "new"), "");
    const made = await openPglite({ folder: cut, template });
    expect(await made.q("SELECT 1 AS a")).toEqual([{ a: 1 }]);
    await made.close();
    expect(fs.existsSync(path.join(cut, "new"))).toBe(false);
  });

  test("a closed database says so", async () => {
    const closed = await openPglite({ folder: undefined, template });
    await closed.close();
    await closed.close();
    await expect(closed.q("SELECT 1")).rejects.toThrow(/closed/);
  });
});

describe("a folder that cannot be used is refused with the way out", () => {
  test("made by another version", async () => {
    const folder = newFolder();
    fs.mkdirSync(path.join(folder, "pg"));
    fs.writeFileSync(path.join(folder, "pg", "PG_VERSION"), "17\n");
    await expect(openPglite({ folder })).rejects.toMatchObject({
      code: "data-folder-other-version",
      message: expect.stringMatching(/Postgres is 17; this one's is 18/) as string,
      hint: expect.stringMatching(/backup/) as string,
    });
    expect(fs.readdirSync(path.join(folder, "lock"))).toEqual([]);
  });

  test("with something else in it", async () => {
    const folder = newFolder();
    fs.mkdirSync(path.join(folder, "pg"));
    fs.writeFileSync(path.join(folder, "pg", "holiday.jpg"), "");
    await expect(openPglite({ folder })).rejects.toMatchObject({ code: "data-folder-damaged" });
    expect(fs.existsSync(path.join(folder, "pg", "holiday.jpg"))).toBe(true);
  });

  test("a file in its place", async () => {
    const file = path.join(newFolder(), "data");
    fs.writeFileSync(file, "");
    await expect(openPglite({ folder: file })).rejects.toMatchObject({
      code: "data-folder-not-usable",
    });
  });
});
