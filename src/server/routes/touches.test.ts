import { afterEach, describe, expect, test } from "vitest";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import type { Refused } from "../testing/answers.ts";
import { apiBook } from "../testing/api-book.ts";
import type { TestApp } from "../testing/test-app.ts";

type Listed = { id: string; account: string; due: string; status: string };

describe.each(ENGINES)("touches over HTTP, on %s", (engine) => {
  let open: TestApp | undefined;
  afterEach(() => open?.close());
  const start = async () => (open = await apiBook(await openTestStore(engine)));
  const list = async (app: TestApp, query = ""): Promise<Listed[]> => {
    const answer = await app.csm.get(`/api/touches?${query}`);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<{ items: Listed[] }>().items;
  };

  test("are listed by day with every filter, page by page", async () => {
    const app = await start();
    const all = await list(app);
    expect(all.length).toBeGreaterThan(3);
    expect(all.map(({ due }) => due)).toEqual(all.map(({ due }) => due).toSorted());
    expect(all[0]).toMatchObject({ account_name: expect.any(String), action_items: [] });
    expect((await list(app, "account=acme")).every(({ account }) => account === "acme")).toBe(true);
    expect((await list(app, "owner=csm")).every(({ account }) => account === "acme")).toBe(true);
    expect(await list(app, "status=done,missed")).toEqual([]);
    expect(await list(app, "human=false")).toEqual([]);
    expect(await list(app, "channel=email")).toEqual([]);
    expect((await list(app, "touchpoint=call&program=regular")).length).toBeGreaterThan(0);
    expect(await list(app, `to=${all[0]?.due}&from=${all[0]?.due}`)).toEqual(
      all.filter(({ due }) => due === all[0]?.due),
    );
    const seen: Listed[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const more: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const page = (await app.csm.get(`/api/touches?limit=2${more}`)).json<{
        items: Listed[];
        next_cursor: string | null;
      }>();
      seen.push(...page.items);
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(all);
    const wrong = (await app.csm.get("/api/touches?status=dun&from=soon")).json<Refused>();
    expect(wrong.errors.map(({ path }) => path).toSorted()).toEqual([
      "querystring/from",
      "querystring/status/0",
    ]);
    expect((await app.csm.get("/api/touches/nope")).json()).toMatchObject({
      status: 404,
      code: "unknown-touch",
      hint: expect.stringContaining("GET /api/touches"),
    });
  });

  test("are done, skipped, fixed, noted and given away; the account is decided again", async () => {
    const app = await start();
    const [first, second] = await list(app, "account=acme");
    const done = await app.csm.post(`/api/touches/${first?.id}/done`, {
      result: "held",
      minutes: 25,
      note: "went well",
      action_items: [{ text: "send slides", owner: "csm", due: "2026-03-09" }],
      set: { champion: true },
    });
    expect(done.statusCode, done.body).toBe(200);
    expect(done.json().touch).toMatchObject({
      status: "done",
      result: "held",
      minutes_spent: 25,
      note: "went well",
      action_items: [{ text: "send slides", owner: "csm", due: "2026-03-09", done: false }],
    });
    expect(done.json().moved[0]).toMatchObject({ account: "acme", to: { stage: "growth" } });
    expect(app.woken).toContain("decide");
    expect((await app.csm.get("/api/accounts/acme")).json().traits.champion).toBe(true);

    const post = (verb: string, body: object, id = second?.id) =>
      app.csm.post(`/api/touches/${id}/${verb}`, body);
    const notes = (await post("notes", { note: "call their assistant" })).json();
    expect(notes.touch).toMatchObject({ note: "call their assistant", status: "planned" });
    const fixed = await post("schedule", { starts_at: "2026-03-20T09:00:00Z", with: ["bob"] });
    expect(fixed.json().touch).toMatchObject({
      starts_at: "2026-03-20T09:00:00Z",
      due: "2026-03-20",
    });
    const given = (await post("assign", { owner: "leader", reason: "on leave" })).json();
    expect(given.touch).toMatchObject({ owner: "leader", due: "2026-03-20" });
    expect((await app.csm.get(`/api/touches/${second?.id}`)).json().owner).toBe("leader");
    const skipped = (await post("skip", { reason: "they left" })).json();
    expect(skipped.touch).toMatchObject({ status: "skipped", reason: "they left" });
    const again = (await post("skip", { reason: "they left" })).json();
    expect(again).toMatchObject({ status: 409, code: "wrong-status" });
    const stranger = (await post("assign", { owner: "lader", reason: "x" }, first?.id)).json();
    expect(stranger).toMatchObject({ code: "unknown-member", hint: "Did you mean `leader`?" });
    const empty = (await post("done", { result: "hold", minutes: -1 })).json<Refused>();
    expect(empty.errors.map(({ path }) => path).toSorted()).toEqual([
      "body/minutes",
      "body/result",
    ]);
    const bare = (await post("notes", {})).json();
    expect(bare.detail).toContain("expected at least one of note, minutes, action_items");
  });

  test("a CSM may change touches of own accounts and those given to them, and no others", async () => {
    const app = await start();
    const [theirs] = await list(app, "account=core");
    const skip = () => app.csm.post(`/api/touches/${theirs?.id}/skip`, { reason: "x" });
    expect((await skip()).json()).toMatchObject({ status: 403 });
    const add = await app.csm.post("/api/touches", { account: "core", touchpoint: "call" });
    expect(add.statusCode).toBe(403);
    expect(
      (await app.csm.put("/api/accounts/core/pin", { level: "low", reason: "x" })).statusCode,
    ).toBe(403);
    expect((await app.csm.patch("/api/accounts/core", { name: "mine" })).statusCode).toBe(403);
    expect((await app.csm.put("/api/contacts/core/zed", { name: "Zed" })).statusCode).toBe(403);
    const handed = await app.csm.patch("/api/accounts/acme", { owner: "leader" });
    expect(handed.json().detail).toContain("body/owner");
    await app.leader.post(`/api/touches/${theirs?.id}/assign`, {
      owner: "csm",
      reason: "help out",
    });
    expect((await skip()).statusCode).toBe(200);
    const reader = await app.withKey(["read"]);
    expect((await reader.get("/api/touches")).statusCode).toBe(200);
    expect((await reader.post(`/api/touches/${theirs?.id}/skip`, { reason: "x" })).statusCode).toBe(
      403,
    );
  });

  test("one that nobody planned is added once, however often the same request comes", async () => {
    const app = await start();
    const before = (await list(app, "account=acme&limit=500")).length;
    const body = {
      account: "acme",
      touchpoint: "call",
      result: "held",
      minutes: 10,
      note: "rang us",
    };
    const send = (key: string, what: object = body) =>
      app.csm.post("/api/touches", what, { headers: { "idempotency-key": key } });
    const answers = await Promise.all([send("k1"), send("k1"), send("k1")]);
    const fine = answers.filter(({ statusCode }) => statusCode === 200);
    const busy = answers.filter(({ statusCode }) => statusCode === 409);
    expect(fine.length + busy.length).toBe(3);
    expect(fine.length).toBeGreaterThan(0);
    for (const one of busy) {
      expect(one.json().code).toBe("idempotency-busy");
      expect(Number(one.headers["retry-after"])).toBeGreaterThan(0);
    }
    const replayed = await send("k1");
    expect(replayed.body).toBe(fine[0]?.body);
    expect(replayed.headers["idempotency-replayed"]).toBe("true");
    expect(replayed.headers["content-type"]).toContain("application/json");
    expect(
      (await list(app, "account=acme&limit=500")).filter(({ status }) => status === "done").length,
    ).toBe(1);
    const other = await send("k1", { ...body, minutes: 11 });
    expect(other.json()).toMatchObject({ status: 422, code: "idempotency-mismatch" });
    const second = await send("k2", { ...body, touchpoint: "cal" });
    expect(second.json()).toMatchObject({ status: 422, hint: expect.stringContaining("call") });
    expect((await send("k2", { ...body, touchpoint: "cal" })).headers["idempotency-replayed"]).toBe(
      "true",
    );
    // another caller's key is another key; after a day it is forgotten
    const leaders = await app.leader.post("/api/touches", body, {
      headers: { "idempotency-key": "k1" },
    });
    expect(leaders.headers["idempotency-replayed"]).toBeUndefined();
    app.now += 25 * 3_600_000;
    expect((await send("k1")).headers["idempotency-replayed"]).toBeUndefined();
    expect((await list(app, "account=acme&limit=500")).length).toBeGreaterThan(before);
  });

  test("a request that a crash cut off is done by whoever sends it again, once nobody is at it", async () => {
    const app = await start();
    const body = { account: "acme", touchpoint: "call" };
    const send = () =>
      app.csm.post("/api/touches", body, { headers: { "idempotency-key": "cut" } });
    const { idempotency } = app.store;
    // it was done, but its answer never stored
    const whole = { ...idempotency };
    Object.assign(idempotency, { finish: () => Promise.reject(new Error("killed")) });
    expect((await send()).statusCode).toBe(500);
    Object.assign(idempotency, whole);
    expect((await send()).json().code).toBe("idempotency-busy");
    app.now += 31_000;
    const answer = await send();
    expect(answer.statusCode, answer.body).toBe(200);
    const added = (await list(app, "account=acme&limit=500")).filter(
      (one) => (one as unknown as { program: null }).program === null,
    );
    expect(added.length).toBe(1);
    expect((await send()).headers["idempotency-replayed"]).toBe("true");
  });
});
