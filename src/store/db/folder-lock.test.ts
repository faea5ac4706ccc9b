import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { startChild } from "../testing/child.ts";
import { storeTemplateFile } from "../testing/test-database.ts";
import { lockFolder } from "./folder-lock.ts";

const folders: string[] = [];
function newFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "touchstone-lock-"));
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

const claimsOf = (folder: string): string[] => fs.readdirSync(path.join(folder, "lock"));

test("a second process is refused, told who the first is, and takes over once it was killed", async () => {
  const folder = newFolder();
  const first = startChild("hold-folder.ts", [folder, await storeTemplateFile()]);
  await first.line("open");
  const second = startChild("hold-folder.ts", [folder, await storeTemplateFile()]);
  const refusal = await second.line("data-folder-in-use");
  expect(refusal).toMatch(new RegExp(`in use by process ${first.process.pid} since 20\\d\\d-`));
  await first.kill();
  expect(claimsOf(folder)).toHaveLength(1);

  const third = startChild("hold-folder.ts", [folder, await storeTemplateFile()]);
  await third.line("open");
  third.process.stdin?.end();
  expect(await third.ended).toBe(0);
  expect(claimsOf(folder)).toEqual([]);
});

test("of many that start at once exactly one gets the folder", async () => {
  const folder = newFolder();
  for (let round = 0; round < 5; round++) {
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
    const locks = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(locks).toHaveLength(1);
    const refusals = tries.flatMap((one) =>
      one.status === "rejected" ? [one.reason as unknown] : [],
    );
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ code: "data-folder-in-use" });
    }
    locks[0]?.release();
  }
  expect(claimsOf(folder)).toEqual([]);
});

/** A claim as another process would have left it. */
function leaveClaim(folder: string, change: object, ageMs = 0): void {
  const file = path.join(folder, "lock", "4711-left");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const since = "2026-03-01T00:00:00.000Z";
  const claim = {
    pid: 4711,
    started: "1",
    host: "elsewhere",
    boot: "",
    pidNamespace: "",
    since,
    holding: true,
  };
  fs.writeFileSync(file, JSON.stringify({ ...claim, ...change }));
  const time = new Date(Date.now() - ageMs);
  fs.utimesSync(file, time, time);
}

/** What this machine writes into its claims. */
async function ownClaim(): Promise<object> {
  const folder = newFolder();
  const lock = await lockFolder(folder);
  const [name] = claimsOf(folder);
  const claim = JSON.parse(fs.readFileSync(path.join(folder, "lock", name!), "utf8")) as object;
  lock.release();
  return claim;
}

test("a holder on another machine counts as alive while its heartbeat is fresh", async () => {
  const folder = newFolder();
  leaveClaim(folder, {}, 10_000);
  await expect(lockFolder(folder)).rejects.toThrow(/process 4711 on elsewhere since 2026-03-01/);
  leaveClaim(folder, {}, 31_000);
  (await lockFolder(folder)).release();
});

test("a pid that now belongs to another process is no holder", async () => {
  const folder = newFolder();
  leaveClaim(folder, { ...(await ownClaim()), started: "1" });
  (await lockFolder(folder)).release();
  expect(claimsOf(folder)).toEqual([]);
});

test("a holder that lives here is never robbed, however long it has been silent", async () => {
  const folder = newFolder();
  leaveClaim(folder, await ownClaim(), 3_600_000);
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: "data-folder-in-use" });
});

test("what a process left that was killed while it wrote its claim is cleaned away", async () => {
  const folder = newFolder();
  leaveClaim(folder, {}, 31_000);
  fs.renameSync(path.join(folder, "lock", "4711-left"), path.join(folder, "lock", ".4711-left"));
  (await lockFolder(folder)).release();
  expect(claimsOf(folder)).toEqual([]);
});

test("a claim that cannot be read counts by its age", async () => {
  const folder = newFolder();
  leaveClaim(folder, {}, 31_000);
  const file = path.join(folder, "lock", "4711-left");
  const { mtime } = fs.statSync(file);
  fs.writeFileSync(file, "{");
  fs.utimesSync(file, mtime, mtime);
  (await lockFolder(folder)).release();
  expect(claimsOf(folder)).toEqual([]);
});
