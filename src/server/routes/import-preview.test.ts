import { afterEach, describe, expect, test, vi } from "vitest";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestApp } from "../testing/compose-test-app.ts";
import type { TestApp, TestCaller } from "../testing/test-app.ts";

const CSV = [
  "Customer No,Company,Annual Revenue (USD),Renewal,Signed up,Notes",
  "A-1,Acme Ltd,120000,2026-09-01,2024-02-03,likes calls",
  "B-2,Bolt AG,not yet,2026-05-01,2025-02-03,",
  ",Nobody,5,2026-05-01,2025-02-03,",
].join("\n");
const COLUMNS = [
  { from: "Customer No", to: "account_id" },
  { from: "Company", to: "account_name" },
  { from: "Annual Revenue (USD)", to: "arr" },
  { from: "Renewal", to: "renewal_date" },
  { from: "Signed up", to: "created_at" },
  { from: "Notes", to: null },
];

interface Seen {
  readonly upload: string;
  readonly guess: string;
  readonly columns: readonly unknown[];
  readonly suggestions: readonly {
    readonly columns: readonly { readonly from: string; readonly to: string | null }[];
    readonly missing: readonly string[];
  }[];
}
interface Run {
  readonly status: string;
}

describe.each(ENGINES)("an upload with its columns mapped, on %s", (engine) => {
  let app: TestApp;
  afterEach(() => app.close());

  test("a file is looked at, tried and brought in; it is on record with what stayed out", async () => {
    app = await openTestApp(engine);
    const seen = (await send(app.ops, "crm.csv", CSV)).json();
    expect(seen).toMatchObject({ rows: 3, format: "csv", guess: "accounts", bad_lines: 0 });
    expect(seen.columns[2]).toMatchObject({ kind: "text", filled: 3, distinct: 3 });
    const suggested = seen.suggestions[0].columns;
    expect(suggested).toContainEqual({ from: "Company", to: "account_name", why: "known" });
    expect(suggested).toContainEqual({ from: "Customer No", to: "account_id", why: "known" });
    expect(seen.suggestions[0].missing).toEqual([]);
    const url = `/api/imports/uploads/${seen.upload}`;
    const mapping = { kind: "accounts", columns: COLUMNS };
    const check = (await app.ops.post(`${url}/check`, mapping)).json();
    expect(check).toMatchObject({
      dry_run: true,
      counts: { accounts: { read: 3, written: 2, unchanged: 0, rejected: 1 } },
      rejects: [{ row: 3, content: { account_name: "Nobody" } }],
    });
    expect(check.definition).toContain('"Customer No" as "account_id"');
    expect(check.definition).not.toContain("Notes");
    expect((await app.store.accounts.counts()).accounts).toBe(0);

    const { run } = (await app.ops.post(`${url}/import`, mapping)).json<{ run: string }>();
    const done = await ended(app, run);
    expect(done).toMatchObject({
      status: "done",
      kind: "accounts",
      file: "crm.csv",
      by: "The ops",
      rejected: 1,
      counts: { accounts: { read: 3, written: 2, rejected: 1, done: 3 } },
      definition: check.definition,
    });
    expect((await app.ops.get("/api/imports")).json().items).toMatchObject([{ id: run }]);
    const csv = await app.ops.get(`/api/imports/${run}/rejects.csv`);
    expect(csv.body.split("\r\n")[1]).toMatch(/^accounts,3,/);
    const again = (await app.ops.post(`${url}/check`, mapping)).json();
    expect(again.counts.accounts).toMatchObject({ written: 0, unchanged: 2 });
    await vi.waitFor(() => expect(app.woken).toContain("decide"));
    const audit = (await app.csm.get("/api/audit?what=Imported")).json().items;
    expect(audit).toMatchObject([{ what: "data imported", details: { run } }]);
  });

  test("first and last name make one; a fixed event; what nothing gives is refused in plain words", async () => {
    app = await openTestApp(engine);
    const people = "id,account id,First Name,Last Name\np1,a,Ann,Archer\n";
    const seen = (await send(app.ops, "people.csv", people)).json<Seen>();
    expect(seen.guess).toBe("contacts");
    expect(seen.suggestions[1]).toMatchObject({ kind: "contacts", missing: [] });
    const suggested = seen.suggestions[1]?.columns ?? [];
    expect(suggested.filter(({ to }) => to === "name")).toHaveLength(2);
    const check = (body: object) => app.ops.post(`/api/imports/uploads/${seen.upload}/check`, body);
    const columns = suggested.map(({ from, to }) => ({ from, to }));
    const tried = (await check({ kind: "contacts", columns })).json();
    expect(tried.rejects[0].reason).toContain("a");
    expect(tried.rejects[0].content).toMatchObject({ name: "Ann Archer" });
    const missing = await check({ kind: "events", columns: [{ from: "id", to: "user_id" }] });
    expect(missing.json()).toMatchObject({ status: 422, code: "bad-import" });
    expect(missing.json().detail).toContain("account_id and event and at");
    const twice = await check({
      kind: "accounts",
      columns: [
        { from: "id", to: "account_id" },
        { from: "account id", to: "account_id" },
      ],
    });
    expect(twice.json().detail).toContain("choose one of them");
    const unknown = await check({ kind: "accounts", columns: [{ from: "no", to: "account_id" }] });
    expect(unknown.json().detail).toContain('"no" not found');
  });

  test("each file is its sender's alone, for an hour; people without access see none of it", async () => {
    app = await openTestApp(engine);
    const { upload } = (await send(app.ops, "crm.csv", CSV)).json();
    const url = `/api/imports/uploads/${upload}/preview`;
    const days = { csv: { dateformat: "%Y-%d-%m" } };
    const other = (await app.ops.post(url, days)).json();
    expect(other.first[0].Renewal).toBe("2026-01-09");
    expect((await app.admin.post(url, { csv: {} })).json().code).toBe("upload-gone");
    app.now += 61 * 60_000;
    expect((await app.ops.post(url, { csv: {} })).json()).toMatchObject({
      status: 410,
      code: "upload-gone",
    });
    for (const path of ["/api/imports", "/api/imports/x", "/api/imports/x/rejects.csv"])
      expect((await app.leader.get(path)).statusCode).toBe(403);
    expect((await send(app.leader, "crm.csv", CSV)).statusCode).toBe(403);
    expect((await send(app.ops, "crm.csv", "")).json().code).toBe("bad-import");
  });
});

function send(caller: TestCaller, name: string, text: string) {
  return caller.post(`/api/imports/uploads?name=${name}`, text, {
    headers: { "content-type": "application/octet-stream" },
  });
}

async function ended(app: TestApp, run: string) {
  return vi.waitFor(
    async () => {
      const found = (await app.ops.get(`/api/imports/${run}`)).json<Run>();
      expect(found.status).not.toBe("running");
      return found;
    },
    { timeout: 20_000 },
  );
}
