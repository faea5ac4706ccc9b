import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addressHash } from "../../engine/outbox/address-hash.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { apiBook } from "../testing/api-book.ts";
import type { TestApp } from "../testing/test-app.ts";

interface Entry {
  readonly by: string;
  readonly what: string;
  readonly account: string | null;
  readonly reason: string | null;
  readonly details: unknown;
}

describe.each(ENGINES)("what people do on %s", (engine) => {
  let t: TestApp;
  beforeEach(async () => {
    t = await apiBook(await openTestStore(engine));
  });
  afterEach(() => t.close());

  async function newest(): Promise<Entry> {
    t.now += 1000;
    const { items } = (await t.admin.get("/api/audit?limit=1")).json<{ items: Entry[] }>();
    if (!items[0]) throw new Error("the audit log is empty");
    return items[0];
  }

  test("what comes in by hand is in the audit log with who sent it", async () => {
    const csv = { headers: { "content-type": "text/csv" } };
    const url = "/api/imports/accounts?name=new.csv";
    await t.ops.post(`${url}&dry_run=true`, "account_id\nnew\n", csv);
    expect((await newest()).what).not.toBe("data imported");
    await t.ops.post(url, "account_id\nnew\n", csv);
    expect(await newest()).toMatchObject({
      by: "The ops",
      what: "data imported",
      details: { source: "api:accounts:new.csv", counts: { accounts: { written: 1 } } },
    });
    await t.ops.post("/api/surveys/nps/answers", { account: "acme", user: "u1", score: 9 });
    expect(await newest()).toMatchObject({
      by: "The ops",
      what: "survey answers posted",
      details: { survey: "nps", answers: 1 },
    });
    await t.ops.post("/api/results", { email: "ann@acme.test", result: "complained" });
    const told = await newest();
    expect(told).toMatchObject({ by: "The ops", what: "results reported" });
    expect(JSON.stringify(told)).not.toContain("acme.test");
  });

  test("whose data was given out, and which secret was shown, is in the audit log", async () => {
    await t.admin.get("/api/contacts/acme/ann/export");
    expect(await newest()).toMatchObject({ what: "contact exported", account: "acme" });
    const made = await t.ops.post("/api/webhooks", { url: "https://93.184.216.34/" });
    const { id } = made.json<{ id: string }>();
    await t.ops.get(`/api/webhooks/${id}/secret`);
    expect(await newest()).toMatchObject({
      what: "webhook's secret shown",
      details: { webhook: id },
    });
  });

  test("addresses that are not written to are listed and lifted by hand", async () => {
    const list = async (query = "") =>
      (await t.ops.get(`/api/suppressions${query}`)).json<{
        items: { address: string; channel: string; reason: string }[];
        next_cursor: string | null;
      }>();
    for (const email of ["ann@acme.test", "bob@acme.test"])
      await t.ops.post("/api/results", { email, result: "complained" });
    const all = (await list()).items;
    const first = await list("?limit=1");
    const second = await list(`?limit=1&cursor=${first.next_cursor}`);
    expect([...first.items, ...second.items]).toEqual(all.slice(0, 2));
    const anns = await list("?email=Ann@Acme.test");
    expect(anns.items[0]).toMatchObject({
      address: addressHash("ann@acme.test"),
      reason: "complained",
    });
    const wanted = { email: "ANN@acme.test ", reason: "she asked for it on the phone" };
    expect((await t.leader.post("/api/suppressions/lift", wanted)).statusCode).toBe(403);
    const lifted = await t.ops.post("/api/suppressions/lift", wanted);
    expect(lifted.json()).toEqual({ lifted: anns.items.map(({ channel }) => channel) });
    expect(await newest()).toMatchObject({
      by: "The ops",
      what: "suppression lifted",
      reason: "she asked for it on the phone",
      details: { address: addressHash("ann@acme.test") },
    });
    expect((await list("?email=ann@acme.test")).items).toEqual([]);
    expect((await list("?email=bob@acme.test")).items).not.toEqual([]);
    expect((await t.ops.post("/api/suppressions/lift", wanted)).json()).toEqual({ lifted: [] });
  });
});
