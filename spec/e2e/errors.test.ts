import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collect, Desk, type Ran, ROOT } from "./support/command.ts";
import { NOW, writeSmallBook } from "./support/small-book.ts";

/** What went wrong, where and the next step, in at most five lines, and never a stack. */
function expectError({ code, out, err }: Ran, wanted: { code: number; says: RegExp }): void {
  expect({ code, out }).toEqual({ code: wanted.code, out: "" });
  expect(err).toMatch(/^error: /);
  expect(err).toMatch(wanted.says);
  expect(err.trimEnd().split("\n").length).toBeLessThanOrEqual(5);
  expect(err).not.toMatch(/\n\s+at |node:internal|undefined/);
}

const desk = new Desk({ TOUCHSTONE_NOW: NOW });
beforeAll(() => {
  writeSmallBook(desk);
  mkdirSync(desk.path("empty folder"));
  desk.write("empty.csv", "");
  desk.write("header.csv", "account_id,arr\n");
  desk.write(
    "binary.csv",
    Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256),
  );
  desk.write("no-id.csv", "colour,size\nred,4\n");
  desk.write("broken.import.yaml", "files: { a: accounts.csv }\naccounts: selct * from a\n");
  desk.write("broken.yaml", "touchstone: [1\n");
});
afterAll(() => {
  chmodSync(desk.folder, 0o755);
  desk.remove();
});

describe("wrong use is exit code 2, with what was likely meant", () => {
  test.each<[string[], RegExp]>([
    [["explian"], /Did you mean explain/],
    [["decide", "--jsno"], /Did you mean --json/],
    [["touch", "dnoe"], /Did you mean done/],
    [["explain"], /missing required argument 'account'/],
    [["touch", "done", "x"], /--result/],
    [["decide", "--at", "yesterday"], /is no day. Write it like 2026-12-31/],
    [["accounts", "--limit", "none"], /whole number/],
    [["touches", "--status", "doen"], /Did you mean `done`/],
    [["apply", "nowhere.yaml"], /there is no model at nowhere\.yaml/],
    [["validate", "empty folder"], /empty folder has no model\.yaml/],
    [["test", "nowhere"], /there is no file or folder nowhere/],
    [["init", "x", "--template", "value-teirs"], /Did you mean `value-tiers`/],
    [["import", "accounts.csv"], /touchstone import accounts accounts\.csv/],
    [["import", "accounts"], /which file has the accounts/],
    [["import", "acounts", "accounts.csv"], /Did you mean `accounts`/],
  ])("%j", async (args, says) => {
    expectError(await desk.run(...args), { code: 2, says });
  });
});

describe("trouble with data is exit code 3", () => {
  test.each<[string[], RegExp]>([
    [["decide"], /The folder is not there|folder is not there/],
    [["import", "nowhere.import.yaml"], /there is no file nowhere\.import\.yaml/],
    [["import", "accounts", "nowhere.csv"], /there is no file nowhere\.csv/],
    [["import", "accounts", "empty.csv"], /empty\.csv/],
    [["import", "accounts", "binary.csv"], /binary\.csv/],
    [["import", "accounts", "no-id.csv"], /say --id COLUMN/],
    [["import", "broken.import.yaml"], /accounts.*syntax error/is],
    [["restore", "nowhere.backup"], /nowhere\.backup/],
    [["restore", "accounts.csv", "--data", "r"], /accounts\.csv/],
    [["decide", "--database", "postgres://127.0.0.1:1/none"], /127\.0\.0\.1:1/],
  ])("%j", async (args, says) => {
    expectError(await desk.run(...args), { code: 3, says });
  });

  test("a folder that cannot be written to is named", async () => {
    mkdirSync(desk.path("taken"));
    desk.write("taken/file", "not a folder");
    expectError(await desk.run("import", "book.import.yaml", "--data", "taken/file"), {
      code: 3,
      says: /taken\/file/,
    });
  });
});

test("a misspelt file makes no data folder", async () => {
  await desk.run("import", "nowhere.import.yaml", "--data", "not made");
  await desk.run("restore", "nowhere.backup", "--data", "not made");
  expect(existsSync(desk.path("not made"))).toBe(false);
});

test("a model with errors is exit code 1, and nothing is applied", async () => {
  const { code, out, err } = await desk.run("apply", "broken.yaml", "--data", "none");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toContain("broken.yaml:");
});

test("the stack is shown with --debug alone", async () => {
  const { err } = await desk.run("import", "accounts", "nowhere.csv", "--debug");
  expect(err).toMatch(/\n\s+at /);
});

test("a second process is refused, with the first one named, and exit code 3", async () => {
  const first = desk.start(["import", "book.import.yaml", "--data", "shared"]);
  const done = collect(first);
  // as soon as the first has it, until it lets go of it
  let refused: Ran | undefined;
  while (first.exitCode === null && !refused?.err.includes("in use"))
    refused = await desk.run("decide", "--data", "shared");
  expect((await done).code).toBe(0);
  expectError(refused as Ran, { code: 3, says: new RegExp(`(in use by process ${first.pid})`) });
});

test("a CSV with a header alone, and a huge cell, are taken as they are", async () => {
  const header = await desk.run("import", "accounts", "header.csv", "--data", "odd", "--json");
  expect(JSON.parse(header.out)).toMatchObject({ counts: { accounts: { read: 0 } } });
  desk.write("huge.csv", `account_id,note\nbig,${"x".repeat(1_000_000)}\n`);
  const huge = await desk.run("import", "accounts", "huge.csv", "--data", "odd", "--json");
  expect(JSON.parse(huge.out)).toMatchObject({ counts: { accounts: { read: 1, written: 1 } } });
});

test("rows that do not fit are rejected with their reason, and the rest goes in", async () => {
  desk.write(
    "late.csv",
    "account_id,event,at\nbig,Logged In,not a day\nbig,Logged In,2026-03-01T08:00:00Z\nnobody,Logged In,2026-03-01T08:00:00Z\n",
  );
  const { code, out } = await desk.run("import", "events", "late.csv", "--data", "odd", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    counts: { events: { read: 3, written: 1, rejected: 2 } },
    rejects_file: "late.rejected.csv",
  });
});

test("nothing is coloured when piped, and progress is for terminals alone", async () => {
  const { out, err } = await desk.runWith({ FORCE_COLOR: "1" }, "validate", "model.yaml");
  expect(out + err).not.toContain("\u001b");
});

test("npx runs the checkout's own command", async () => {
  const npx = promisify(execFile);
  const { stdout } = await npx("npx", ["--no-install", "touchstone", "--version"], { cwd: ROOT });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
