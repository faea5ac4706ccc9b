import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { AppError, ERROR_CODES } from "../engine/app-error.ts";
import { STATUS } from "./errors.ts";
import type { Routes } from "./route.ts";
import { openTestApp } from "./testing/compose-test-app.ts";
import type { TestApp } from "./testing/test-app.ts";

const PUBLIC = { config: { access: "public" } } as const;
const trial: Routes = (app) => {
  app.get("/refused", PUBLIC, () => {
    throw new AppError("unknown-account", "There is no account `x`.", "Did you mean `y`?");
  });
  app.get("/bug", PUBLIC, () => {
    throw new Error("secret of the house");
  });
  app.get("/outage", PUBLIC, () => {
    throw Object.assign(new Error("gone"), { name: "StoreError", hint: "Start the server." });
  });
  app.get(
    "/misshapen",
    { ...PUBLIC, schema: { response: { 200: z.object({ n: z.number() }) } } },
    () => ({ n: "x" }) as never,
  );
  app.post(
    "/fields",
    {
      ...PUBLIC,
      schema: {
        body: z.object({ items: z.array(z.object({ name: z.string() })), day: z.iso.date() }),
      },
    },
    () => ({}),
  );
};

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp("pglite", { routes: [trial] });
});
afterAll(() => t.close());

test("what the engine refuses is a problem document with its code, what is wrong and what to do", async () => {
  const answer = await t.nobody.get("/refused");
  expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  expect({ status: answer.statusCode, ...answer.json() }).toEqual({
    type: "urn:touchstone:unknown-account",
    code: "unknown-account",
    title: ERROR_CODES["unknown-account"],
    status: 404,
    detail: "There is no account `x`.",
    hint: "Did you mean `y`?",
  });
});

test("of a bug only its id is told", async () => {
  for (const url of ["/bug", "/misshapen"]) {
    const answer = await t.nobody.get(url);
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({
      code: "internal",
      request: answer.headers["x-request-id"],
    });
    expect(answer.body).not.toMatch(/secret|\.ts|stack|expected/);
  }
});

test("a database that is away is an outage, with what to do", async () => {
  expect((await t.nobody.get("/outage")).json()).toMatchObject({
    status: 503,
    code: "unavailable",
    hint: "Start the server.",
  });
});

test("each wrong field is named with its path", async () => {
  const answer = await t.nobody.post("/fields", {
    items: [{ name: "a" }, { name: 1 }],
    day: "tomorrow",
  });
  const { errors, ...rest } = answer.json<{ errors: { path: string }[] }>();
  expect(rest).toMatchObject({ status: 400, code: "bad-request" });
  expect(errors.map(({ path }) => path)).toEqual(["body/items/1/name", "body/day"]);
});

test("HTTP's own refusals are problem documents, too", async () => {
  const post = (payload: string, type: string) =>
    t.nobody.post("/fields", payload, { headers: { "content-type": type } });
  const codes = [
    await t.nobody.get("/nowhere?token=hidden"),
    await post("{", "application/json"),
    await post("x", "image/png"),
    await post(JSON.stringify("x".repeat(1024 * 1024)), "application/json"),
  ];
  expect(codes.map((answer) => [answer.statusCode, answer.json<{ code: string }>().code])).toEqual([
    [404, "not-found"],
    [400, "bad-request"],
    [415, "wrong-media-type"],
    [413, "too-large"],
  ]);
  expect(codes[0]?.body).not.toContain("hidden");
});

test("every refusal of the engine has a status of its own choosing", () => {
  expect(Object.keys(STATUS).toSorted()).toEqual(Object.keys(ERROR_CODES).toSorted());
  for (const status of Object.values(STATUS)) expect(status >= 400 && status < 500).toBe(true);
});

test("answers forbid what pages of ours never need", async () => {
  const { headers } = await t.nobody.get("/refused");
  expect(headers["content-security-policy"]).toContain("default-src 'self'");
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
});
