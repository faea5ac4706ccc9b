import { afterEach, describe, expect, test } from "vitest";
import { account, contact } from "../../engine/testing/book.ts";
import { LATER_MODEL, SMALL_MODEL } from "../../engine/testing/small-model.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import type { Listed } from "../testing/answers.ts";
import { apiBook } from "../testing/api-book.ts";
import type { TestApp } from "../testing/test-app.ts";

describe.each(ENGINES)("the book over HTTP, on %s", (engine) => {
  let open: TestApp | undefined;
  afterEach(() => open?.close());
  const start = async () => (open = await apiBook(await openTestStore(engine)));

  test("people change accounts: traits with their day, pins, stages, programs, each on record", async () => {
    const app = await start();
    const { etag } = (await app.csm.get("/api/accounts/acme")).headers;
    const patch = (body: object, headers: Record<string, string> = {}) =>
      app.csm.patch("/api/accounts/acme", body, { headers });
    const changed = await patch(
      { traits: { arr: "150", champion: true }, reason: "renegotiated" },
      { "if-match": String(etag) },
    );
    expect(changed.statusCode, changed.body).toBe(200);
    expect(changed.json()).toMatchObject({
      base_level: "high",
      traits: { arr: 150, champion: true, plan: "pro" },
      traits_since: { arr: "2026-03-02" },
    });
    const late = await patch({ name: "Acme 2" }, { "if-match": String(etag) });
    expect(late.json()).toMatchObject({ status: 412, code: "changed-by-other" });
    expect(
      (await patch({ name: "Acme 2" }, { "if-match": String(changed.headers["etag"]) })).json()
        .name,
    ).toBe("Acme 2");
    expect((await patch({ traits: { plan: "por" } })).json()).toMatchObject({
      detail: "traits.plan cannot be `por`.",
      hint: "It is one of: free, pro.",
    });
    expect((await patch({})).json().detail).toContain(
      "expected at least one of name, owner, traits",
    );
    expect((await patch({ trait: {} })).json().status).toBe(400);

    const put = (what: string, body: object) => app.csm.put(`/api/accounts/acme/${what}`, body);
    const pinned = (
      await put("pin", { level: "low", until: "2026-03-20", reason: "quiet please" })
    ).json();
    expect(pinned.moved[0]).toMatchObject({ from: { level: "high" }, to: { level: "low" } });
    expect((await put("pin", { level: "lo", reason: "x" })).json().hint).toContain("low");
    expect((await put("unpin", { reason: "over" })).json().moved[0].to.level).toBe("high");
    expect(
      (await put("stage", { stage: "growth", reason: "they are done" })).json().moved[0].to.stage,
    ).toBe("growth");
    const program = (verb: string, name = "rescue") =>
      app.csm.post(`/api/accounts/acme/programs/${name}/${verb}`, { reason: "they asked" });
    expect((await program("start")).statusCode).toBe(200);
    expect((await program("start")).json()).toMatchObject({
      status: 409,
      detail: "acme: rescue is running already.",
    });
    const planned = async () =>
      (
        await app.csm.get("/api/touches?account=acme&program=rescue&status=planned,due")
      ).json<Listed>().items.length;
    expect(await planned()).toBe(1);
    expect((await program("stop")).statusCode).toBe(200);
    expect(await planned()).toBe(0);
    expect((await program("start", "rescu")).json().hint).toBe("Did you mean `rescue`?");

    const log = (await app.csm.get("/api/audit?account=acme&limit=3")).json<Listed>();
    expect(log.items.map(({ what }) => what)).toEqual([
      "program rescue stopped",
      "program rescue started",
      "stage set to growth",
    ]);
    const next = (
      await app.csm.get(`/api/audit?account=acme&limit=3&cursor=${log.next_cursor}`)
    ).json();
    expect(next.items[0].what).toBe("pin taken back");
    expect((await app.csm.get("/api/audit?by=nobody")).json().items).toEqual([]);
  });

  test("contacts are added, changed and listed; what they refuse holds for the person", async () => {
    const app = await start();
    const put = (body: object) => app.csm.put("/api/contacts/acme/dee", body);
    const added = await put({ email: "Dee@acme.test", name: "Dee", traits: { shoe: "41" } });
    expect(added.statusCode, added.body).toBe(200);
    expect(added.json()).toMatchObject({
      email: "dee@acme.test",
      traits: { shoe: "41" },
      opt_outs: [],
    });
    expect((await put({ role: "admin" })).json()).toMatchObject({ name: "Dee", role: "admin" });
    expect((await put({ email: "dee at home" })).json().errors[0].message).toContain(
      "expected a mail address",
    );
    const page = (await app.csm.get("/api/contacts?account=acme&limit=2")).json();
    const rest = (
      await app.csm.get(`/api/contacts?account=acme&cursor=${page.next_cursor}`)
    ).json();
    expect([...page.items, ...rest.items].map(({ id }: { id: string }) => id)).toEqual([
      "ann",
      "bob",
      "dee",
    ]);
    expect((await app.csm.get("/api/contacts?email=DEE@acme.test")).json().items.length).toBe(1);
    await app.book.import({ contacts: [contact("bolt", "dee2", { email: "dee@acme.test" })] });
    const refuse = (channels: string[]) =>
      app.csm.put("/api/contacts/acme/dee/opt-outs", { channels, reason: "she said so" });
    expect((await refuse(["email"])).json().opt_outs).toEqual(["email"]);
    expect((await app.csm.get("/api/contacts/bolt/dee2")).json().opt_outs).toEqual(["email"]);
    expect((await app.csm.get("/api/contacts?opted_out=true")).json().items.length).toBe(2);
    expect((await refuse(["mail"])).json()).toMatchObject({
      status: 422,
      hint: expect.stringContaining("email"),
    });
    expect((await refuse([])).json().opt_outs).toEqual([]);
    const log = (await app.csm.get("/api/audit?account=acme")).json().items;
    expect(log[0]).toMatchObject({
      what: "opt-outs cleared",
      reason: "she said so",
      by: "The csm",
    });
    expect(JSON.stringify(log)).not.toContain("dee@acme.test");
  });

  test("the team: added, away, gone, and out of the door with it", async () => {
    const app = await start();
    expect((await app.leader.put("/api/team/eve", { name: "Eve" })).statusCode).toBe(403);
    const added = await app.admin.put("/api/team/eve", {
      name: "Eve",
      email: "eve@x.test",
      access: "csm",
      hours_per_week: 30,
    });
    expect(added.json()).toMatchObject({ id: "eve", hours_per_week: 30, leave: [] });
    const away = { leave: [{ from: "2026-04-10", to: "2026-04-01" }] };
    expect((await app.leader.put("/api/team/eve/leave", away)).json().detail).toBe(
      "leave/0: it ends before it begins.",
    );
    const leave = [{ from: "2026-04-01", to: "2026-04-10" }];
    expect((await app.leader.put("/api/team/eve/leave", { leave })).json().leave).toEqual(leave);
    expect((await app.csm.get("/api/overview")).statusCode).toBe(200);
    const end = await app.admin.put("/api/team/csm/end", { on: "2026-03-01", reason: "left" });
    expect(end.json().ends_on).toBe("2026-03-01");
    expect((await app.csm.get("/api/overview")).statusCode).toBe(401);
    const team = (await app.leader.get("/api/team")).json<Listed>().items;
    expect(team.map(({ id }) => id)).toContain("eve");
    expect((await app.leader.put("/api/team/evi/leave", { leave: [] })).json().hint).toBe(
      "Did you mean `eve`?",
    );
  });

  test("models are looked at, checked and applied; segments, facts and the overview follow", async () => {
    const app = await start();
    const live = (await app.csm.get("/api/models/live")).json();
    expect(live).toMatchObject({ version: 1, live: true, source: SMALL_MODEL });
    const check = await app.csm.post("/api/models/validate", {
      source: SMALL_MODEL.replace("arr >=", "arrr >="),
    });
    expect(check.json()).toMatchObject({
      ok: false,
      diagnostics: expect.arrayContaining([
        expect.objectContaining({ severity: "error", hint: "Did you mean `arr`?" }),
      ]),
    });
    const apply = { source: LATER_MODEL, reason: "fewer in high touch" };
    expect((await app.leader.post("/api/models/apply", apply)).statusCode).toBe(403);
    expect((await app.ops.post("/api/models/apply", apply)).json()).toMatchObject({
      version: 2,
      is_new: true,
      accounts: 3,
    });
    const broken = (
      await app.ops.post("/api/models/apply", { ...apply, source: "touchstone: 1" })
    ).json();
    expect(broken).toMatchObject({ status: 422, code: "invalid-model" });
    const versions = (await app.csm.get("/api/models")).json<Listed>().items;
    expect(versions.map(({ version, live: is }) => [version, is])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect((await app.csm.get("/api/models/7")).json().hint).toBe("There are: 1 to 2.");
    const segments = (await app.csm.get("/api/segments")).json<Listed>().items;
    expect(segments.find(({ name }) => name === "worth.small")?.["accounts"]).toBe(3);
    const small = (await app.csm.get("/api/segments/worth.small/accounts?limit=2")).json();
    const more = (
      await app.csm.get(`/api/segments/worth.small/accounts?cursor=${small.next_cursor}`)
    ).json();
    expect(small.items.length + more.items.length).toBe(3);
    expect((await app.csm.get("/api/segments/worth.smal/accounts")).json().hint).toContain(
      "worth.small",
    );
    const overview = (await app.csm.get("/api/overview")).json();
    expect(overview).toMatchObject({ version: 2, accounts: 3, today: "2026-03-02" });
    const facts = (await app.csm.get("/api/facts")).json<Listed>().items;
    expect(facts.find(({ fact }) => fact === "arr")).toMatchObject({
      known: 3,
      highest: 200,
    });
    expect((await app.csm.get("/api/unattributed")).json()).toMatchObject({ items: [], total: 0 });
  });

  test("outbox and pauses; exports that no spreadsheet takes for formulas", async () => {
    const app = await start();
    expect((await app.csm.get("/api/outbox?status=dead")).json()).toEqual({
      items: [],
      next_cursor: null,
    });
    expect((await app.csm.get("/api/outbox/nope")).json().status).toBe(404);
    const pause = { scope: "channel", name: "email", reason: "wrong text" };
    expect((await app.leader.post("/api/pauses", pause)).statusCode).toBe(403);
    expect((await app.ops.post("/api/pauses", pause)).json().items).toMatchObject([pause]);
    expect((await app.ops.post("/api/pauses", { ...pause, name: "mail" })).json().status).toBe(422);
    expect(
      (await app.ops.post("/api/pauses/resume", { scope: "channel", name: "email" })).json().items,
    ).toEqual([]);

    await app.book.import({
      accounts: ["=1+1", "+2", "-3", "@x", "\tt", "\rr", 'say "hi", you'].map((name, n) =>
        account(`a${n}`, { name }),
      ),
    });
    await app.book.decide();
    const answer = await app.csm.get("/api/export/accounts.csv");
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(answer.headers["content-disposition"]).toContain("accounts.csv");
    const cells = answer.body
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(",")[1] ?? "");
    expect(cells.every((cell) => !/^"?[=+\-@\t\r]/.test(cell))).toBe(true);
    for (const name of ["'=1+1", "'+2", "'-3", "'@x", "'\tt", `"say ""hi"", you"`])
      expect(answer.body).toContain(name);
    expect((await app.csm.get("/api/export/accounts.csv?where=nope")).json().code).toBe("bad-rule");
    const touches = (await app.csm.get("/api/export/touches.csv?account=acme")).body.split("\r\n");
    expect(touches[0]).toContain("id,account,contact,touchpoint");
    expect(touches.length).toBeGreaterThan(2);
  });
});
