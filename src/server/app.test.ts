import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApp } from "./testing/compose-test-app.ts";
import type { TestApp } from "./testing/test-app.ts";

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp("pglite");
});
afterAll(() => t.close());

test("each caller of the test app is who they are called", async () => {
  for (const access of ["csm", "leader", "ops", "admin"] as const) {
    const { statusCode, body } = await t[access].get("/api/me");
    expect({ statusCode, ...JSON.parse(body) }).toMatchObject({
      statusCode: 200,
      member: access,
      access,
    });
  }
  const key = await t.withKey(["read"], "leader");
  expect((await key.get("/api/me")).json()).toEqual({
    actor: "key api read",
    member: null,
    access: "leader",
    scopes: ["read"],
  });
  expect((await t.nobody.get("/api/me")).statusCode).toBe(401);
});

test("the openapi document is there", async () => {
  const { statusCode, body } = await t.nobody.get("/openapi.json");
  expect(statusCode).toBe(200);
  expect(JSON.parse(body).openapi).toBe("3.1.0");
  expect((await t.nobody.get("/docs/")).statusCode).toBe(200);
});
