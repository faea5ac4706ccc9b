import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { ENGINES } from "../store/testing/test-database.ts";
import { mustOwn } from "./own-accounts.ts";
import type { Routes } from "./route.ts";
import { openTestApp } from "./testing/compose-test-app.ts";
import { administrator, caller, type TestApp } from "./testing/test-app.ts";

const person = (access: "csm" | "leader" | "ops" | "admin", scope: "read" | "write" | "admin") =>
  ({ config: { access: { person: access, scope } } }) as const;

const trial: Routes = (app, deps) => {
  app.get("/csm", person("csm", "read"), (request) => ({ actor: request.caller?.actor }));
  app.post("/csm", person("csm", "write"), () => ({ done: true }));
  app.get("/ops", person("ops", "read"), () => ({ done: true }));
  app.post("/admin", person("admin", "admin"), () => ({ done: true }));
  app.get("/public", { config: { access: "public" } }, (request) => ({ caller: request.caller }));
  app.post(
    "/accounts/:id",
    {
      config: { access: { person: "csm", scope: "write", ownAccountsOnly: true } },
      schema: { params: z.object({ id: z.string() }) },
    },
    (request) => mustOwn(deps, request.caller, request.params.id).then(() => ({ done: true })),
  );
};

describe.each(ENGINES)("the door on %s", (engine) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await openTestApp(engine, { routes: [trial] });
    const row = {
      name: undefined,
      parentId: undefined,
      createdAt: undefined,
      closedAt: undefined,
      timezone: undefined,
      asOf: null,
      traits: {},
      outcome: {},
    };
    await t.store.intake.accounts(
      [
        { ...row, accountId: "mine", owner: "csm" },
        { ...row, accountId: "theirs", owner: "somebody" },
        { ...row, accountId: "nobodys", owner: undefined },
      ],
      { now: t.now, today: 20_000 },
    );
  });
  afterAll(() => t.close());
  const status = async (answer: Promise<{ statusCode: number }>): Promise<number> =>
    (await answer).statusCode;

  test("nobody gets in without a key or a session, and is told how", async () => {
    const answer = await t.nobody.get("/csm");
    expect(answer.statusCode).toBe(401);
    expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(answer.json()).toMatchObject({
      code: "sign-in-needed",
      status: 401,
      hint: expect.stringContaining("Bearer"),
    });
    expect(await status(t.nobody.get("/public"))).toBe(200);
  });

  test("each level may what those below it may, and no more", async () => {
    expect(await status(t.csm.get("/csm"))).toBe(200);
    expect(await status(t.leader.get("/ops"))).toBe(403);
    expect(await status(t.ops.get("/ops"))).toBe(200);
    expect(await status(t.ops.post("/admin"))).toBe(403);
    expect(await status(t.admin.post("/admin"))).toBe(200);
    expect((await t.csm.get("/ops")).json()).toMatchObject({
      code: "forbidden",
      detail: "This needs the access `ops`.",
    });
  });

  test("a key may what its scopes allow, and no more than its access", async () => {
    const read = await t.withKey(["read"]);
    expect(await status(read.get("/ops"))).toBe(200);
    expect((await read.post("/csm")).json()).toMatchObject({
      status: 403,
      detail: "This needs the scope `write`.",
    });
    const write = await t.withKey(["write"]);
    expect(await status(write.get("/csm"))).toBe(200);
    expect(await status(write.post("/csm"))).toBe(200);
    expect(await status(write.post("/admin"))).toBe(403);
    expect(await status((await t.withKey(["admin"])).post("/admin"))).toBe(200);
    expect(await status((await t.withKey(["admin"], "csm")).post("/admin"))).toBe(403);
    expect(await status((await t.withKey([])).get("/csm"))).toBe(403);
  });

  test("write keys, widget keys and made-up ones are no keys for the API", async () => {
    const tokens = [
      (await t.newKey("write")).secret,
      (await t.newKey("widget")).secret,
      "tsa_0123456789abcdef_x",
      "",
    ];
    const made = await t.newKey("api", ["read"]);
    tokens.push(`${made.secret.slice(0, -1)}${made.secret.endsWith("A") ? "B" : "A"}`);
    for (const token of tokens) {
      const answer = await caller(t.app, { authorization: `Bearer ${token}` }).get("/csm");
      expect(answer.json()).toMatchObject({ code: "bad-key", status: 401 });
    }
    expect(
      await status(caller(t.app, { authorization: `Bearer ${made.secret}` }).get("/csm")),
    ).toBe(200);
    expect(await status(caller(t.app, { authorization: `Basic ${made.secret}` }).get("/csm"))).toBe(
      401,
    );
  });

  test("a session ends when it expires, and when its member leaves the team", async () => {
    const before = t.now;
    const admin = await administrator(t.app, t.context);
    expect((await admin.get("/csm")).json()).toEqual({ actor: "admin" });
    t.now += 13 * 86_400_000;
    expect(await status(admin.get("/csm"))).toBe(200);
    t.now += 2 * 86_400_000;
    expect(await status(admin.get("/csm"))).toBe(401);
    t.now = before;
    expect(await status(caller(t.app, { cookie: "touchstone-session=made-up" }).get("/csm"))).toBe(
      401,
    );
  });

  test("a page of another site may not act in somebody's name", async () => {
    const from = (headers: Record<string, string>) =>
      status(t.csm.post("/csm", undefined, { headers }));
    expect(await from({ "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await from({ "sec-fetch-site": "same-site" })).toBe(403);
    expect(await from({ "sec-fetch-site": "same-origin" })).toBe(200);
    expect(await from({ origin: "https://evil.example" })).toBe(403);
    expect(await from({ origin: "null" })).toBe(403);
    expect(await from({ origin: "http://localhost:80" })).toBe(200);
    // it may read nothing either, since browsers do not hand the answer over
    expect(await status(t.csm.get("/csm", { headers: { "sec-fetch-site": "cross-site" } }))).toBe(
      200,
    );
    // a key is never sent by a browser on its own
    const key = await t.withKey(["write"]);
    expect(
      await status(key.post("/csm", undefined, { headers: { "sec-fetch-site": "cross-site" } })),
    ).toBe(200);
  });

  test("a CSM changes own accounts only; leaders any", async () => {
    expect(await status(t.csm.post("/accounts/mine"))).toBe(200);
    expect((await t.csm.post("/accounts/theirs")).json()).toMatchObject({
      code: "forbidden",
      status: 403,
    });
    expect(await status(t.csm.post("/accounts/nobodys"))).toBe(403);
    expect(await status(t.leader.post("/accounts/theirs"))).toBe(200);
    expect(await status((await t.withKey(["write"], "csm")).post("/accounts/mine"))).toBe(403);
    await mustOwn(
      t.deps,
      { actor: "x", member: "csm", access: "csm", scopes: new Set() },
      "theirs",
      ["leader", "csm"],
    );
  });

  test("a key that is revoked opens nothing from then on", async () => {
    const made = await t.newKey("api", ["read"]);
    const key = caller(t.app, { authorization: `Bearer ${made.secret}` });
    expect(await status(key.get("/csm"))).toBe(200);
    const entry = { by: null, what: "key revoked", account: null, reason: null, details: {} };
    expect(await t.store.access.revokeKey(made.id, t.now, entry)).toBe(true);
    // by another process: within ten seconds
    t.now += 10_001;
    expect(await status(key.get("/csm"))).toBe(401);
    expect(await t.store.access.revokeKey(made.id, t.now, entry)).toBe(false);
  });

  test("guessing keys is slowed down", async () => {
    t.now += 3_600_000;
    const guess = caller(t.app, { authorization: "Bearer guess" });
    for (let n = 0; n < 100; n++) expect(await status(guess.get("/csm"))).toBe(401);
    const answer = await guess.get("/csm");
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect(await status(t.csm.get("/csm"))).toBe(200);
    t.now += 60_001;
    expect(await status(guess.get("/csm"))).toBe(401);
  });
});

test("a route that does not say who may call it does not start", async () => {
  const open: Routes = (app) => {
    app.get("/forgotten", () => ({}));
  };
  await expect(openTestApp("pglite", { routes: [open] })).rejects.toThrow("/forgotten");
});
