import { afterAll, beforeAll, expect, test } from "vitest";
import { userToken } from "../../engine/access/widget-keys.ts";
import { sendInApp } from "../../store/testing/sent-in-app.ts";
import { openTestApp } from "../testing/compose-test-app.ts";
import type { TestApp } from "../testing/test-app.ts";
import { widget } from "./widget.ts";

const SHOP = "https://shop.example";
let t: TestApp;
let key: { id: string; secret: string };
beforeAll(async () => {
  t = await openTestApp("pglite", {
    routes: [widget],
    settings: { allowedOrigins: [SHOP] },
  });
  key = await t.newKey("widget");
});
afterAll(() => t.close());

const authOf = (user: string, signed = user) =>
  `${key.id}.${userToken(key.secret, signed)}.${encodeURIComponent(user)}`;
const messages = (auth: string, headers: Record<string, string> = {}) =>
  t.nobody.get("/widget/messages", { headers: { authorization: `Bearer ${auth}`, ...headers } });
const report = (auth: string, reports: unknown, headers: Record<string, string> = {}) =>
  t.nobody.post("/widget/reports", JSON.stringify({ auth, reports }), {
    headers: { "content-type": "text/plain;charset=UTF-8", ...headers },
  });

test("a signed user gets their messages, and 304 until something changes", async () => {
  const user = "Ünïcode.user@example.com";
  const message = await sendInApp(t.store, { user, touchpoint: "tip", title: "Hello" });
  const first = await messages(authOf(user));
  expect(first.statusCode).toBe(200);
  expect(first.headers).toMatchObject({
    "cache-control": "no-store",
    "cross-origin-resource-policy": "cross-origin",
  });
  expect(first.headers["set-cookie"]).toBe(undefined);
  expect(first.json<{ messages: unknown[] }>().messages).toMatchObject([
    { id: message, title: "Hello" },
  ]);
  const again = { "if-none-match": String(first.headers["etag"]) };
  const second = await messages(authOf(user), again);
  expect([second.statusCode, second.body]).toEqual([304, ""]);
  const told = await report(authOf(user), [{ message, action: "clicked" }]);
  expect([told.statusCode, told.json()]).toEqual([200, { recorded: 1 }]);
  expect(t.woken).toContain("decide");
  const third = await messages(authOf(user), again);
  expect([third.statusCode, third.json()]).toEqual([200, { messages: [] }]);
});

test("a report may also come as JSON", async () => {
  const told = await t.nobody.post("/widget/reports", { auth: authOf("u1"), reports: [] });
  expect(told.json()).toEqual({ recorded: 0 });
});

test("nobody gets in with another user's token, another key's, or none", async () => {
  const other = await t.newKey("widget");
  const write = await t.newKey("write");
  const forged = [
    authOf("u1", "u2"),
    `${other.id}.${userToken(key.secret, "u1")}.u1`,
    `${write.id}.${userToken(key.secret, "u1")}.u1`,
    `${key.id}.${"0".repeat(64)}.u1`,
    `${key.id}.${userToken(key.secret, "")}.`,
    `${key.id}.${userToken(key.secret, "%")}.%`,
    "",
    "x",
  ];
  for (const auth of forged) {
    expect((await messages(auth)).json()).toMatchObject({ status: 401, code: "bad-key" });
    expect((await report(auth, [])).statusCode).toBe(401);
  }
  expect((await t.nobody.get("/widget/messages")).statusCode).toBe(401);
  expect((await messages(authOf("u1"))).statusCode).toBe(200);
});

test.each([
  ["{", 400],
  ['{"auth":"x"}', 400],
  ['{"auth":"x","reports":[{"message":"m","action":"bounced"}]}', 400],
  [`{"auth":"${"x".repeat(70_000)}","reports":[]}`, 413],
])("a report that is none is refused: %.40s", async (body, status) => {
  const answer = await t.nobody.post("/widget/reports", body, {
    headers: { "content-type": "text/plain" },
  });
  expect(answer.statusCode).toBe(status);
  expect(answer.headers["content-type"]).toContain("application/problem+json");
});

test("pages of the origins in the settings may ask, others are refused", async () => {
  const good = await messages(authOf("u1"), { origin: SHOP });
  expect(good.headers).toMatchObject({
    "access-control-allow-origin": SHOP,
    vary: "origin",
  });
  expect(good.headers["access-control-allow-credentials"]).toBe(undefined);
  const bad = await messages(authOf("u1"), { origin: "https://evil.example" });
  expect([bad.statusCode, bad.headers["access-control-allow-origin"]]).toEqual([403, undefined]);
  expect((await report(authOf("u1"), [], { origin: "https://evil.example" })).statusCode).toBe(403);
  const refused = await messages("x", { origin: SHOP });
  expect([refused.statusCode, refused.headers["access-control-allow-origin"]]).toEqual([401, SHOP]);
  const asked = await t.app.inject({
    method: "OPTIONS",
    url: "/widget/messages",
    headers: { origin: SHOP, "access-control-request-method": "GET" },
  });
  expect(asked.statusCode).toBe(204);
  expect(asked.headers).toMatchObject({
    "access-control-allow-origin": SHOP,
    "access-control-allow-methods": "GET",
    "access-control-allow-headers": "authorization, content-type, if-none-match",
  });
});

test("who asks too often has to wait, alone", async () => {
  expect(await countStatuses(130, () => messages(authOf("busy")))).toEqual({ 200: 120, 429: 10 });
  const answer = await messages(authOf("busy"));
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
  expect((await messages(authOf("calm"))).statusCode).toBe(200);
  t.now += 60_000;
  expect((await messages(authOf("busy"))).statusCode).toBe(200);
});

async function countStatuses(
  times: number,
  ask: () => Promise<{ readonly statusCode: number }>,
): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (let n = 0; n < times; n++) {
    const { statusCode } = await ask();
    counts[statusCode] = (counts[statusCode] ?? 0) + 1;
  }
  return counts;
}

test("the script is there under a name for a day and one for ever", async () => {
  const short = await t.nobody.get("/widget.js");
  expect(short.headers).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cross-origin-resource-policy": "cross-origin",
  });
  expect(short.headers["cache-control"]).toContain("max-age=300");
  const old = await t.nobody.get("/widget.0123456789abcdef.js");
  expect(old.statusCode).toBe(404);
  const present = /\/widget\.[0-9a-f]{16}\.js/.exec(old.json<{ hint: string }>().hint)?.[0] ?? "";
  const long = await t.nobody.get(present);
  expect(long.headers["cache-control"]).toContain("immutable");
  expect(long.body).toBe(short.body);
});
