import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApp } from "./testing/compose-test-app.ts";
import type { TestApp } from "./testing/test-app.ts";

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly responses?: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let t: TestApp;
let document: Document;
beforeAll(async () => {
  t = await openTestApp("pglite");
  document = (await t.nobody.get("/openapi.json")).json<Document>();
});
afterAll(() => t.close());

test("the document is valid OpenAPI 3.1", async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
  expect(errors ?? []).toEqual([]);
  expect({ valid, version: document.openapi }).toEqual({ valid: true, version: "3.1.0" });
});

test("every operation has a name of its own, a summary, and says what it answers when it refuses", () => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      at: `${method} ${path}`,
      ...operation,
    })),
  );
  const lacking = operations.filter(
    ({ operationId = "", summary = "", responses = {} }) =>
      operationId === "" ||
      summary === "" ||
      !Object.keys(responses).some((status) => /^[45]/.test(status)),
  );
  expect(lacking.map(({ at }) => at)).toEqual([]);
  const names = operations.map(({ operationId }) => operationId);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(operations.length).toBeGreaterThan(5);
});

test("the pages that show it load nothing from elsewhere, and nothing that their policy forbids", async () => {
  const page = await t.nobody.get("/docs/");
  const policy = String(page.headers["content-security-policy"]);
  expect(policy).toContain("'self'");
  const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
  expect(loaded.length).toBeGreaterThan(3);
  for (const address of loaded) {
    expect(address).not.toMatch(/^(?:https?:)?\/\//);
    const answer = await t.nobody.get(new URL(address, "http://x/docs/").pathname);
    expect([address, answer.statusCode]).toEqual([address, 200]);
  }
  // scripts in the page itself would need what the policy does not give
  expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>[^<]/);
});
