import net from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startChild } from "../testing/child.ts";
import { newPostgresDatabase } from "../testing/test-database.ts";
import type { Database } from "./database.ts";
import { openPostgres } from "./postgres.ts";

describe("a server that goes away", () => {
  let db: Database;
  let other: Database;
  beforeAll(async () => {
    const url = await newPostgresDatabase();
    db = await openPostgres({ url, max: 1 });
    other = await openPostgres({ url });
  });
  afterAll(async () => {
    await db.close();
    await other.close();
  });
  const endConnections = (): Promise<unknown> =>
    other.q(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );

  test("while idle: the next statement has a new connection", async () => {
    await db.q("SELECT 1");
    await endConnections();
    await expect.poll(() => db.q("SELECT 1 AS a").catch(() => undefined)).toEqual([{ a: 1 }]);
  });

  test("in a transaction: it fails with what to do, and nothing of it stays", async () => {
    await db.exec("CREATE TABLE written (a int)");
    const work = db.tx(async (tx) => {
      await tx.q("INSERT INTO written VALUES (1)");
      await endConnections();
      await tx.q("INSERT INTO written VALUES (2)");
    });
    await expect(work).rejects.toMatchObject({ code: "database-unreachable" });
    expect(await db.q("SELECT a FROM written")).toEqual([]);
  });

  test("while listening: it listens again", async () => {
    const heard: string[] = [];
    const stop = await other.listen("news", (payload) => heard.push(payload));
    await db.q(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()",
    );
    await expect
      .poll(() => db.q("SELECT pg_notify('news', 'again')").then(() => heard.length), {
        timeout: 20_000,
      })
      .toBeGreaterThan(0);
    await stop();
  });

  test("and one who stops reading in the middle harms nobody", async () => {
    for await (const chunk of db.copyOut("SELECT generate_series(1, 100000)")) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(await db.q("SELECT 1 AS a")).toEqual([{ a: 1 }]);
  });
});

test("a server that is not there is named, with what to do and without the password", async () => {
  const refused = openPostgres({ url: "postgres://me:secret@127.0.0.1:1/db" });
  await expect(refused).rejects.toMatchObject({
    code: "database-unreachable",
    message: expect.stringMatching(/127\.0\.0\.1:1\/db .*ECONNREFUSED/) as string,
  });
  await expect(refused).rejects.not.toThrow(/secret/);
});

test.each(["", "nonsense", "mysql://localhost/db"])("%j is no address of a server", async (url) => {
  await expect(openPostgres({ url })).rejects.toMatchObject({
    code: "database-unreachable",
    hint: expect.stringMatching(/postgres:\/\//) as string,
  });
});

test("the tests' own server ends with the process that started it, even by kill -9", async () => {
  const child = startChild("start-server.ts", []);
  const { hostname, port } = new URL(await child.line("postgres://"));
  const isUp = () =>
    new Promise<boolean>((resolve) => {
      const socket = net.connect(Number(port), hostname, () => {
        socket.destroy();
        resolve(true);
      });
      socket.on("error", () => resolve(false));
    });
  expect(await isUp()).toBe(true);
  await child.kill();
  await expect.poll(isUp, { timeout: 20_000 }).toBe(false);
});
