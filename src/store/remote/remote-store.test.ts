import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Store } from "../../engine/ports.ts";
import { openStore } from "../index.ts";
import { accountRow, evaluated, moment } from "../testing/sample-rows.ts";
import { connectStore } from "./connect-store.ts";
import { socketFile } from "./protocol.ts";
import { type ServedStore, serveStore } from "./serve-store.ts";

let folder: string;
let store: Store;
let served: ServedStore;
const called: string[] = [];

beforeAll(async () => {
  store = await openStore({ data: "memory://" });
});
afterAll(() => store.close());
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "touchstone-remote-"));
  served = await serveStore(store, folder, {
    version: "1.2.3",
    called: (noun, method) => called.push(`${noun}.${method}`),
  });
});
afterEach(async () => {
  await served.close();
  fs.rmSync(folder, { recursive: true, force: true });
  called.length = 0;
});

async function connected(): Promise<Store> {
  const remote = await connectStore(folder, "1.2.3");
  if (!remote) throw new Error("nobody listens");
  return remote;
}

test("another process works with the store as if it were its own", async () => {
  const remote = await connected();
  expect(remote.kind).toBe("pglite");
  expect(remote.place).toBe(store.place);
  const rows = Array.from({ length: 1200 }, (_, index) => accountRow(`a${index}`));
  expect((await remote.intake.accounts(rows, moment())).written).toBe(1200);
  expect(await store.accounts.ids({})).toContain("a1199");
  const [account] = await remote.accounts.load(["a7"]);
  expect(account).toEqual((await store.accounts.load(["a7"]))[0]);
  await remote.settings.set("deep", { list: [1, "zwei", null], emoji: "🦊" });
  expect(await store.settings.get("deep")).toEqual({ list: [1, "zwei", null], emoji: "🦊" });
  expect(called).toEqual(["intake.accounts", "accounts.load", "settings.set"]);
  await remote.close();
});

test("what comes page by page comes so over the socket too, and may be left early", async () => {
  const remote = await connected();
  const ids = Array.from({ length: 1100 }, (_, index) => `b${index}`);
  await store.intake.accounts(
    ids.map((id) => accountRow(id)),
    moment(),
  );
  const loaded = await store.accounts.load(ids);
  const marks = new Map(loaded.map((one) => [one.id, one.loaded]));
  await store.accounts.save(
    ids.map((id) => {
      const mark = marks.get(id);
      return evaluated(id, mark ? { loaded: mark } : {});
    }),
    moment(),
  );
  const pages: number[] = [];
  for await (const page of remote.decisions.current()) pages.push(page.length);
  expect(pages).toEqual([500, 500, 100]);
  for await (const page of remote.decisions.current()) {
    expect(page.length).toBe(500);
    break;
  }
  expect(await remote.accounts.load(["b7"])).toHaveLength(1);
  await remote.close();
});

test("two callers at once, each with many calls in flight, get their own answers", async () => {
  const one = await connected();
  const two = await connected();
  const work = Array.from({ length: 100 }, async (_, index) => {
    const remote = index % 2 === 0 ? one : two;
    await remote.settings.set(`k${index}`, index);
    return remote.settings.get(`k${index}`);
  });
  expect(await Promise.all(work)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  await one.close();
  await two.close();
});

test("an error keeps its name, code and hint", async () => {
  const remote = await connected();
  const missing = path.join(folder, "no.backup");
  await expect(remote.archive.restore(missing)).rejects.toMatchObject({
    name: "StoreError",
    code: "backup-missing",
    hint: expect.any(String) as string,
  });
  // and the connection goes on
  expect(await remote.accounts.ids({ ids: ["nobody"] })).toEqual([]);
  await remote.close();
});

test("a path means the caller's folder", async () => {
  const remote = await connected();
  const relative = path.relative(process.cwd(), path.join(folder, "one.backup"));
  await remote.archive.backup(relative);
  expect(fs.existsSync(path.join(folder, "one.backup"))).toBe(true);
  await remote.close();
});

test("nothing but the store's own methods can be called", async () => {
  const remote = await connected();
  const call = (noun: string, method: string): Promise<unknown> =>
    (remote as unknown as Record<string, Record<string, () => Promise<unknown>>>)[noun]?.[
      method
    ]?.() ?? Promise.resolve("no such noun");
  await expect(call("accounts", "hasOwnProperty")).rejects.toThrow(
    "has no accounts.hasOwnProperty",
  );
  await expect(call("accounts", "constructor")).rejects.toThrow("has no accounts.constructor");
  await remote.close();
});

test("with nobody there, or only a dead server's socket, there is no store to connect to", async () => {
  await served.close();
  expect(await connectStore(folder, "1.2.3")).toBeNull();
  fs.writeFileSync(socketFile(folder), "");
  expect(await connectStore(folder, "1.2.3")).toBeNull();
});

test("a server of another version is refused by name", async () => {
  await expect(connectStore(folder, "2.0.0")).rejects.toMatchObject({
    code: "data-folder-in-use",
    message: expect.stringContaining("1.2.3") as string,
  });
});

test("a call whose server goes away fails, saying that nobody knows", async () => {
  const remote = await connected();
  await served.close();
  await expect(remote.accounts.count()).rejects.toMatchObject({ code: "database-unreachable" });
  await remote.close();
});

test("a folder with a long name has its socket elsewhere", async () => {
  const deep = path.join(folder, "d".repeat(120));
  fs.mkdirSync(deep);
  expect(Buffer.byteLength(socketFile(deep))).toBeLessThan(100);
  const other = await serveStore(store, deep, { version: "1" });
  const remote = await connectStore(deep, "1");
  expect(await remote?.accounts.ids({ ids: ["nobody"] })).toEqual([]);
  await remote?.close();
  await other.close();
});
