import { expect, test } from "vitest";
import { openTestApp } from "../testing/compose-test-app.ts";
import { caller } from "../testing/test-app.ts";

test("the process is alive; it is ready while its database answers and its worker works", async () => {
  let alive = true;
  const t = await openTestApp("pglite", { worker: () => ({ alive }) });
  expect((await t.nobody.get("/healthz")).json()).toEqual({ status: "ok", version: "0.0.0-test" });
  const ready = await t.nobody.get("/readyz");
  expect([ready.statusCode, ready.json()]).toEqual([
    200,
    { ready: true, database: "ok", worker: "ok" },
  ]);
  alive = false;
  const stopped = await t.nobody.get("/readyz");
  expect([stopped.statusCode, stopped.json()]).toEqual([
    503,
    { ready: false, database: "ok", worker: "stopped" },
  ]);
  alive = true;
  await t.store.close();
  const gone = await t.nobody.get("/readyz");
  expect([gone.statusCode, gone.json()]).toEqual([
    503,
    { ready: false, database: "unreachable", worker: "ok" },
  ]);
  expect((await t.nobody.get("/healthz")).statusCode).toBe(200);
  await t.app.close();
});

test("figures are shown on the machine itself, and elsewhere for a key only", async () => {
  const t = await openTestApp("pglite", { settings: { behindProxy: true } });
  const here = await t.nobody.get("/metrics");
  expect(here.statusCode).toBe(200);
  expect(here.headers["content-type"]).toContain("text/plain");
  for (const name of [
    "touchstone_accounts_waiting 0",
    "touchstone_decision_lag_seconds 0",
    "touchstone_unattributed_events 0",
    'touchstone_webhook_messages{status="dead"} 0',
  ])
    expect(here.body).toContain(`\n${name}\n`);
  const outside = { "x-forwarded-for": "203.0.113.9" };
  expect((await t.nobody.get("/metrics", { headers: outside })).statusCode).toBe(401);
  const { secret } = await t.newKey("api", ["read"]);
  const key = caller(t.app, { authorization: `Bearer ${secret}`, ...outside });
  const again = await key.get("/metrics");
  expect(again.statusCode).toBe(200);
  expect(again.body).toMatch(
    /touchstone_http_request_seconds_count\{method="GET",route="\/metrics",status="401"\} 1/,
  );
  await t.close();
});

test("how much there is to do is told to those who are signed in", async () => {
  const t = await openTestApp("pglite");
  const row = {
    name: undefined,
    owner: undefined,
    parentId: undefined,
    createdAt: undefined,
    closedAt: undefined,
    timezone: undefined,
    asOf: null,
    traits: {},
    outcome: {},
  };
  await t.store.intake.accounts([{ ...row, accountId: "a" }], { now: t.now, today: 20_000 });
  const answer = await t.csm.get("/api/health");
  expect(answer.json()).toMatchObject({
    worker: "elsewhere",
    workers: 0,
    accounts_waiting: 1,
    outgoing: [],
    sending: true,
  });
  expect((await t.nobody.get("/api/health")).statusCode).toBe(401);
  await t.close();
});
