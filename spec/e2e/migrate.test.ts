import { afterAll, expect, test } from "vitest";
import { newPostgresDatabase } from "../../src/store/testing/test-database.ts";
import { Desk } from "./support/command.ts";

const desk = new Desk();
afterAll(() => desk.remove());

interface Answer {
  readonly at: string;
  readonly ran: readonly string[];
  readonly spread: null;
}

test("a new database is brought up to date once, a server as well as a folder", async () => {
  for (const where of [
    ["--database", await newPostgresDatabase()],
    ["--data", "folder"],
  ]) {
    const first = await desk.json<Answer>("migrate", ...where);
    expect(first.at).toMatch(/^\d{4}_/);
    const again = await desk.json<Answer>("migrate", ...where);
    expect(again).toEqual({ at: first.at, ran: [], spread: null });
    expect((await desk.run("migrate", ...where)).out).toBe(
      `The schema is up to date: ${first.at}.\n`,
    );
  }
});

test("a new server's schema is made of all migrations, and that is told", async () => {
  const where = ["--database", await newPostgresDatabase()];
  expect((await desk.run("migrate", ...where)).out).toMatch(
    /^The schema is at \d{4}_\w+ now: \d+ migrations ran\.\n$/,
  );
});

test("--citus says what is missing where there is no cluster", async () => {
  const server = await newPostgresDatabase();
  const alone = await desk.run("migrate", "--citus", "--database", server);
  expect(alone.code).toBe(3);
  expect(alone.err).toContain("this database has no Citus");
  expect(alone.err).toContain("CREATE EXTENSION citus");
  const embedded = await desk.run("migrate", "--citus", "--data", "folder");
  expect(embedded).toMatchObject({ code: 3 });
  expect(embedded.err).toContain("--citus needs a Postgres server");
});

test.each([
  [["--shards", "8"], "--shards goes with --citus"],
  [["--citus", "--shards", "0"], "no number from 1 to 256"],
  [["--citus", "--shards", "many"], "no number from 1 to 256"],
])("%j is called wrongly", async (args, told) => {
  const { code, err } = await desk.run("migrate", ...args, "--data", "none");
  expect(code).toBe(2);
  expect(err).toContain(told);
});
