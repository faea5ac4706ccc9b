import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { API_TYPES, apiTypes } from "./api-types.ts";

test("the web app's types are those of the server's own description (else: npm run api-types)", async () => {
  expect(readFileSync(API_TYPES, "utf8") === (await apiTypes())).toBe(true);
});
