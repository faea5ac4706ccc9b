import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestApp } from "../testing/compose-test-app.ts";
import { caller, type TestApp } from "../testing/test-app.ts";

interface Made {
  readonly id: string;
  readonly secret: string;
}

describe.each(ENGINES)("keys on %s", (engine) => {
  let t: TestApp;
  beforeAll(async () => {
    t = await openTestApp(engine);
  });
  afterAll(() => t.close());
  const make = async (body: object): Promise<Made> => {
    const answer = await t.admin.post("/api/keys", body);
    expect(answer.statusCode).toBe(201);
    return answer.json<Made>();
  };

  test("a key's secret is shown once and kept nowhere", async () => {
    const made = await t.admin.post("/api/keys", {
      kind: "api",
      name: "CRM",
      scopes: ["write"],
      access: "leader",
    });
    const { secret, ...shown } = made.json<Made>();
    expect(shown).toMatchObject({
      kind: "api",
      name: "CRM",
      scopes: ["write"],
      access: "leader",
      created_by: "The admin",
      last_used_on: null,
      revoked_at: null,
    });
    const list = await t.admin.get("/api/keys");
    expect(list.json()).toEqual({ items: [shown] });
    const backup = JSON.stringify(await t.store.access.keys());
    expect(backup).not.toContain(secret);
    expect(backup).not.toContain(secret.split("_")[2]);
  });

  test("a key works until it is revoked, and tells on which day it was last used", async () => {
    const { id, secret } = await make({ kind: "api", name: "short" });
    const key = caller(t.app, { authorization: `Bearer ${secret}` });
    expect((await key.get("/api/me")).json()).toMatchObject({
      actor: "key short",
      scopes: ["read"],
      access: "admin",
    });
    const listed = (await t.admin.get("/api/keys")).json<{
      items: { id: string; last_used_on: string }[];
    }>();
    expect(listed.items.find((one) => one.id === id)?.last_used_on).toBe("2026-03-02");
    expect((await t.admin.delete(`/api/keys/${id}`)).statusCode).toBe(204);
    expect((await key.get("/api/me")).statusCode).toBe(401);
    expect((await t.admin.delete(`/api/keys/${id}`)).json()).toMatchObject({
      status: 404,
      code: "unknown-key",
    });
  });

  test("a write key is known as such and as nothing else", async () => {
    const { id, secret } = await make({ kind: "write", name: "site" });
    expect(await t.deps.keys.verifyWriteKey(secret)).toMatchObject({ id, kind: "write" });
    expect(await t.deps.keys.verifyApiKey(secret)).toBeNull();
    expect(await t.deps.keys.verifyWriteKey(`${secret.slice(0, -1)}*`)).toBeNull();
    await t.admin.delete(`/api/keys/${id}`);
    expect(await t.deps.keys.verifyWriteKey(secret)).toBeNull();
  });

  test("a widget key signs users by HMAC-SHA256", async () => {
    const { id, secret } = await make({ kind: "widget", name: "app" });
    const token = createHmac("sha256", secret).update("user 1").digest("hex");
    expect(t.deps.keys.widgetSecret(id)).toBe(secret);
    expect(await t.deps.keys.verifyUser(id, "user 1", token)).toMatchObject({ id });
    expect(await t.deps.keys.verifyUser(id, "user 2", token)).toBeNull();
    expect(await t.deps.keys.verifyUser("0123456789abcdef", "user 1", token)).toBeNull();
    const other = await make({ kind: "widget", name: "other" });
    expect(other.secret).not.toBe(secret);
  });

  test("what is made and revoked stands in the audit log", async () => {
    const entries = await t.store.audit.list({ limit: 100 });
    const made = entries.filter(({ what }) => what === "key made");
    expect(made.some(({ by }) => by === "The admin")).toBe(true);
    expect(entries.some(({ what, by }) => what === "key revoked" && by === "The admin")).toBe(true);
    expect(JSON.stringify(entries)).not.toContain("ts");
  });

  test.each([
    [{ kind: "admin", name: "x" }, "body/kind"],
    [{ kind: "api", name: "" }, "body/name"],
    [{ kind: "api", name: "x", scopes: ["all"] }, "body/scopes/0"],
    [{ kind: "api", name: "x", scope: "read" }, "body"],
  ])("%j is refused", async (body, path) => {
    const answer = await t.admin.post("/api/keys", body);
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ path }] });
  });
});
