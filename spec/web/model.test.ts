import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible, openWeb, type Web } from "./support/open-web.ts";
import { see } from "./support/see.ts";

let web: Web;
/** Of ops, from one walk to the next. */
let page: Page;
beforeAll(async () => {
  web = await openWeb();
  page = await web.open("ops", "/model");
});
afterAll(() => web.close());

/** The editor, at the end of a line that is in view. */
async function putCursorAtEndOf(line: string | RegExp): Promise<void> {
  await page.locator(".cm-line").filter({ hasText: line }).first().click();
  await page.keyboard.press("End");
}

test("a typo shows at its character, with what was meant, before anything runs", async () => {
  await see(page.getByText("No problems")).isThere();
  await putCursorAtEndOf(/^ *revenue: arr$/);
  await page.keyboard.type("r");
  await see(page.locator(".problem").first()).tells(/13:\d+.*arrr.*arr/);
  await see(page.locator(".cm-lintRange-error").first()).reads("arrr");
  // the views go on showing what could be read last
  await see(page.getByText("The file has errors.")).isThere();
  await see(page.getByRole("rowheader", { name: "How often" })).isThere();
  await page.keyboard.press("Backspace");
  await see(page.getByText("No problems")).isThere();
});

test("a CSM reads it and may change nothing", async () => {
  const csm = await web.open("csm", "/model");
  await see(csm.getByRole("tab", { name: "Levels" })).isThere();
  await see(csm.getByRole("rowheader", { name: "How often" })).isThere();
  await expectAccessible(csm);
  expect(await csm.getByRole("tab", { name: "Plan" }).count()).toBe(0);
  expect(await csm.getByRole("button", { name: "Run scenarios" }).count()).toBe(0);
  const model = (await web.ask(csm, "GET", "/api/models/live")).body as { source: string };
  const body = { source: model.source, base: 1, rev: null };
  for (const [method, path] of [
    ["POST", "/api/models/impact"],
    ["POST", "/api/models/plan"],
    ["POST", "/api/models/apply"],
    ["PUT", "/api/models/draft"],
  ] as const) {
    const answer = await web.ask(csm, method, path, body);
    expect([path, answer.status]).toEqual([path, 403]);
  }
});
