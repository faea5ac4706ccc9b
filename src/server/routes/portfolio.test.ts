import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bulkJob } from "../../engine/bulk/bulk-job.ts";
import type { WorkContext } from "../../engine/worker-job.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { apiBook } from "../testing/api-book.ts";
import type { TestApp, TestCaller } from "../testing/test-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await apiBook(await openTestStore("pglite"));
});
afterAll(() => app.close());

interface PageAnswer {
  readonly total: number;
  readonly revenue: number | null;
  readonly items: readonly { readonly id: string; readonly values: Record<string, unknown> }[];
}
async function page(query: string, who: TestCaller = app.csm): Promise<PageAnswer> {
  const answer = await who.get(`/api/portfolio?${query}`);
  expect([query, answer.statusCode]).toEqual([query, 200]);
  return answer.json<PageAnswer>();
}
async function ids(query: string): Promise<string[]> {
  return (await page(query)).items.map(({ id }) => id);
}

describe("the portfolio over HTTP", () => {
  test("answers windows of what matches, with totals and the columns asked for", async () => {
    const all = await page("limit=500&sort=-name");
    expect(all.total).toBe(all.items.length);
    const window = await page(
      "limit=1&offset=1&sort=-name&columns=level,arr,segments,account.owner",
    );
    expect(window.total).toBe(all.total);
    expect(window.items[0]?.id).toBe(all.items[1]?.id);
    expect(Object.keys(window.items[0]?.values ?? {})).toEqual([
      "level",
      "arr",
      "segments",
      "account.owner",
    ]);
    const high = await page("level=high");
    const low = await page("level=low");
    expect((await page("level=high,low")).total).toBe(high.total + low.total);
    const facets = (await app.csm.get("/api/portfolio/facets?level=high")).json<{
      total: number;
      levels: readonly { value: string; accounts: number }[];
    }>();
    expect(facets.total).toBe(high.total);
    expect(facets.levels).toEqual([
      expect.objectContaining({ value: "high", accounts: high.total }),
    ]);
  });

  test("says what is wrong with a rule and with a column", async () => {
    const rule = await app.csm.get(`/api/portfolio?where=${encodeURIComponent("arrr > 1")}`);
    expect([rule.statusCode, rule.json<{ code: string }>().code]).toEqual([422, "bad-rule"]);
    const sort = await app.csm.get("/api/portfolio?sort=ar");
    expect(sort.json<{ code: string }>().code).toBe("bad-value");
  });

  test("tells which columns there are, and what rules may name", async () => {
    const told = (await app.csm.get("/api/portfolio/columns")).json<{
      columns: readonly { name: string; in_rules: boolean; about: string | null }[];
      stages: readonly { name: string; exit: readonly unknown[] }[];
    }>();
    const column = (name: string) => told.columns.find((one) => one.name === name);
    expect(column("arr")).toMatchObject({ in_rules: true, about: "trait arr" });
    expect(column("account.owner")?.in_rules).toBe(false);
    expect(told.stages.map(({ name }) => name)).toContain("onboarding");
  });

  test("exports what is shown: the same accounts, in the same order, with the same columns", async () => {
    const csv = (await app.csm.get("/api/export/accounts.csv?sort=-name&columns=level,segments"))
      .body;
    const lines = csv.trim().split("\r\n");
    expect(lines[0]).toBe("id,name,level,segments");
    expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(
      await ids("sort=-name&limit=500"),
    );
  });
});

describe("views that people keep", () => {
  const content = { where: "arr > 1", sort: "-arr" };
  test("are one's own until they are shared; only their owner changes them", async () => {
    const made = (await app.csm.post("/api/views", { name: "Mine", shared: false, content })).json<{
      id: string;
    }>();
    const seen = async (who: TestCaller) =>
      (await who.get("/api/views")).json<{
        items: readonly { name: string; mine: boolean; is_default: boolean; content: object }[];
      }>().items;
    expect(await seen(app.csm)).toMatchObject([{ name: "Mine", mine: true, content }]);
    expect(await seen(app.leader)).toEqual([]);
    const url = `/api/views/${made.id}`;
    expect((await app.leader.put(url, { name: "X", shared: true, content })).statusCode).toBe(404);
    await app.csm.put(url, { name: "Ours", shared: true, content });
    expect(await seen(app.leader)).toMatchObject([{ name: "Ours", mine: false }]);
    expect((await app.leader.put(url, { name: "X", shared: true, content })).statusCode).toBe(403);
    await app.leader.put("/api/views/default", { view: made.id });
    expect(await seen(app.leader)).toMatchObject([{ is_default: true }]);
    expect(await seen(app.csm)).toMatchObject([{ is_default: false }]);
    expect((await app.csm.delete(url)).statusCode).toBe(200);
    expect(await seen(app.leader)).toEqual([]);
  });
});

describe("doing something to many accounts", () => {
  const work = (): WorkContext => ({
    context: app.context,
    worker: "w",
    book: undefined as never,
    live: () => Promise.resolve(null),
    buckets: () => null,
    signal: new AbortController().signal,
    wake: () => undefined,
  });
  const pin = { kind: "pin", level: "high", until: null };

  test("is shown before it is done, is done once per account under one reason, and may be asked again", async () => {
    const before = await page("level=low&limit=500");
    expect(before.total).toBeGreaterThan(0);
    const preview = await app.leader.post("/api/bulk/preview", { action: pin, filter: {} });
    const told = preview.json<{ accounts: number; changes: number; work: { minutes: number } }>();
    expect(told.changes).toBe(told.accounts);
    expect(await ids("level=low&limit=500")).toEqual(before.items.map(({ id }) => id));
    const started = await app.leader.post("/api/bulk", { action: pin, filter: {}, reason: "fair" });
    const { id } = started.json<{ id: string }>();
    expect(app.woken).toContain("bulk");
    expect(await bulkJob.run(work())).toBe(1);
    expect(await bulkJob.run(work())).toBe(0);
    const run = (await app.csm.get(`/api/bulk/${id}`)).json<Record<string, unknown>>();
    expect(run).toMatchObject({
      total: told.changes,
      done: told.changes,
      changed: told.changes,
      failed: [],
    });
    expect(run["finished_at"]).not.toBeNull();
    expect((await page("level=low")).total).toBe(0);
    const account = before.items[0]?.id ?? "";
    const audit = await app.store.audit.list({ account, limit: 10 });
    expect(audit.filter(({ reason }) => reason === "fair").length).toBe(1);
    const again = await app.leader.post("/api/bulk/preview", { action: pin, filter: {} });
    expect(again.json()).toMatchObject({ changes: 0, work: null });
    expect(
      (await app.leader.post("/api/bulk", { action: pin, filter: {}, reason: "fair" })).statusCode,
    ).toBe(422);
  });

  test("a CSM changes only accounts of their own, and says of none whose they are", async () => {
    const all = await page("limit=500");
    const own = await page("owner=csm&limit=500");
    expect(own.total).toBeLessThan(all.total);
    const unpin = { kind: "unpin" };
    const told = (await app.csm.post("/api/bulk/preview", { action: unpin, filter: {} })).json<{
      changes: number;
      refused: readonly { why: string; accounts: number }[];
    }>();
    expect(told.changes).toBe(own.total);
    expect(told.refused).toMatchObject([
      { why: "It is somebody else's account.", accounts: all.total - own.total },
    ]);
    const assign = { action: { kind: "assign", owner: "csm" }, filter: {}, reason: "mine" };
    expect((await app.csm.post("/api/bulk", assign)).statusCode).toBe(403);
    // what was decided when it was asked for is looked at once more when it is done
    await app.store.bulk.add({
      id: "sly",
      madeAt: app.now,
      by: "The csm",
      onlyOwner: "csm",
      action: { kind: "unpin" },
      reason: "sly",
      accounts: all.items.map(({ id }) => id),
      done: 0,
      changed: 0,
      failed: [],
      finishedAt: null,
    });
    await bulkJob.run(work());
    const run = await app.store.bulk.get("sly");
    expect(run?.changed).toBe(own.total);
    expect(run?.failed.length).toBe(all.total - own.total);
  });

  test("a run that was cut off is gone on with where it was", async () => {
    const all = (await page("limit=500")).items.map(({ id }) => id);
    await app.store.bulk.add({
      id: "cut",
      madeAt: app.now,
      by: "The leader",
      onlyOwner: null,
      action: { kind: "assign", owner: "leader" },
      reason: "new patch",
      accounts: all,
      done: 1,
      changed: 1,
      failed: [],
      finishedAt: null,
    });
    await app.store.bulk.claim(app.now, app.now + 60_000);
    expect(await bulkJob.run(work())).toBe(0);
    app.now += 61_000;
    expect(await bulkJob.run(work())).toBe(1);
    const owners = (await page("limit=500&columns=account.owner&sort=id")).items;
    const first = owners.find(({ id }) => id === all[0]);
    expect(first?.values["account.owner"]).not.toBe("leader");
    expect(owners.filter((one) => one.values["account.owner"] === "leader").length).toBe(
      all.length - 1,
    );
  });
});
