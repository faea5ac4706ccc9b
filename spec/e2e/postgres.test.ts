import { afterAll, beforeAll, expect, test } from "vitest";
import { newPostgresDatabase } from "../../src/store/testing/test-database.ts";
import { Desk } from "./support/command.ts";
import { loadSmallBook, NOW } from "./support/small-book.ts";

const desk = new Desk({ TOUCHSTONE_NOW: NOW });
let server = "";
beforeAll(async () => {
  server = await newPostgresDatabase();
  await loadSmallBook(desk, "--database", server);
});
afterAll(() => desk.remove());

test("a backup goes from server to folder and back; both decide and explain the same", async () => {
  const before = (await desk.run("decide", "--json", "--database", server)).out;
  expect(before.split("\n")).toHaveLength(4);
  const explained = (await desk.runWith({ DATABASE_URL: server }, "explain", "acme")).out;
  expect(explained).toContain("Acme (acme), looked after by Ann Miles");
  const other = await newPostgresDatabase();
  for (const args of [
    ["backup", "1.backup", "--database", server],
    ["restore", "1.backup", "--data", "restored"],
    ["backup", "2.backup", "--data", "restored"],
    ["restore", "2.backup", "--database", other],
  ]) {
    expect(await desk.run(...args)).toMatchObject({ code: 0 });
  }
  for (const where of [
    ["--data", "restored"],
    ["--database", other],
  ]) {
    expect((await desk.run("decide", "--json", ...where)).out).toBe(before);
    expect((await desk.run("explain", "acme", ...where)).out).toBe(explained);
  }
});

test("the server's password is never printed", async () => {
  const wrong = server.replace(/\/\/[^@]*@/, "//somebody:s3cret@");
  const { code, err } = await desk.run("decide", "--database", wrong);
  expect(code).toBe(3);
  expect(err).not.toContain("s3cret");
});
