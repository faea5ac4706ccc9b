import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible, openWeb, type Web } from "./support/open-web.ts";

const SCENARIOS = `model: model.yaml
cases:
  - name: a large account is in high touch
    at: 2026-03-02T09:00:00Z
    account: { id: a, traits: { arr: 480000, plan: enterprise, created_at: 2023-01-10 } }
    expect: { level: high }
`;
/** What of the last line is written anew. */
const EXPECTED = " high }";

let web: Web;
beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web.close());

/** The editor, at the end of a line that is in view. */
async function putCursorAtEndOf(page: Page, line: string | RegExp): Promise<void> {
  await page.locator(".cm-line").filter({ hasText: line }).first().click();
  await page.keyboard.press("End");
}

test("a typo shows at its character, with what was meant, before anything runs", async () => {
  const page = await web.open("ops", "/model");
  await page.getByText("No problems").waitFor();
  await putCursorAtEndOf(page, /^ *revenue: arr$/);
  await page.keyboard.type("r");
  const problem = page.locator(".problem").first();
  await problem.getByText(/arrr/).waitFor();
  expect(await problem.textContent()).toMatch(/arr/);
  await page.locator(".cm-lintRange-error").first().waitFor();
  // the views go on showing what could be read last
  await page.getByText("The file has errors.").waitFor();
  await page.getByRole("rowheader", { name: "How often" }).first().waitFor();
  await page.keyboard.press("Backspace");
  await page.getByText("No problems").waitFor();
});

test("a threshold moved in the grid is in the file, shows its impact, goes live with a reason, and is taken back", async () => {
  const page = await web.open("ops", "/model?tab=levels");
  await page
    .getByRole("button", { name: "100,000 in the rule of tier: top: change" })
    .first()
    .click();
  const input = page.getByRole("textbox", { name: "New number for tier: top" });
  await input.fill("60000");
  await input.press("Enter");
  await page
    .getByRole("button", { name: "60,000 in the rule of tier: top: change" })
    .first()
    .waitFor();
  // the file beside it says the same, at the line that the number names
  await page
    .getByRole("button", { name: "60,000 in the rule of tier: top: change" })
    .first()
    .click();
  await page.getByRole("button", { name: /^Line \d+ of the file$/ }).click();
  await page.locator(".cm-line").filter({ hasText: "arr >= 60000" }).first().waitFor();
  const impact = page.locator(".impact");
  await impact.getByText(/accounts? moves?/).waitFor();
  await page.getByText("Draft kept").waitFor();
  // what was typed is there again, wherever one signs in
  const other = await web.open("ops", "/model?tab=segments");
  await other
    .getByRole("button", { name: "60,000 in the rule of tier.top: change" })
    .first()
    .waitFor();
  await other.close();

  await page.getByRole("button", { name: "Plan it" }).click();
  await page.getByRole("button", { name: "Make the plan" }).click();
  await page.getByText(/accounts move, with/).waitFor();
  await page.getByRole("heading", { name: "Who moves" }).waitFor();
  await page.mouse.move(0, 0);
  await expectAccessible(page);
  const goLive = page.getByRole("button", { name: "Go live with it" });
  expect(await goLive.isDisabled()).toBe(true);
  await page.getByLabel("Why").fill("mid-size accounts asked for a person");
  for (const box of await page.getByRole("checkbox", { name: "Accept it" }).all())
    await box.check();
  await goLive.click();
  await page.getByText("Version 2 went live").waitFor();
  await page.getByText("mid-size accounts asked for a person").waitFor();
  await page.getByText(/top takes arr of at least 60,000/).waitFor();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Go back to version 1" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/as (?:it was|they were) found/).waitFor();
  await dialog.getByLabel("Reason").fill("too many reviews");
  await dialog.getByRole("button", { name: "Go back to version 1" }).click();
  await page.getByText("Back to version 1, from 2").waitFor();
  expect(await web.store.models.liveVersion()).toBe(1);
});

test("scenarios are written, run and fixed in the app", async () => {
  const page = await web.open("ops", "/model?tab=scenarios");
  await web.ask(page, "PUT", "/api/models/scenarios", { files: { "scenarios.yaml": SCENARIOS } });
  await page.reload();
  await page.getByRole("button", { name: "Run scenarios" }).click();
  await page.getByText("1 passed").waitFor();
  await page.getByRole("button", { name: /^Open a large account/ }).click();
  await putCursorAtEndOf(page, "expect: { level: high");
  for (let back = 0; back < EXPECTED.length; back++) await page.keyboard.press("Backspace");
  await page.keyboard.type(" low }");
  await page.getByText("Changed since: run again.").waitFor();
  await page.getByRole("button", { name: "Run scenarios" }).click();
  await page.getByText("expected low, found high").waitFor();
  await page.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("button", { name: "Throw my edits away" }).click();
});

test("a CSM reads all of it, in both themes, and may change nothing", async () => {
  for (const scheme of ["light", "dark"] as const) {
    const page = await web.open("csm", "/model", { scheme });
    for (const tab of ["Levels", "Segments", "Lifecycle", "Cadence", "Scenarios", "History"]) {
      await page.getByRole("tab", { name: tab }).click();
      await page.getByRole("region", { name: tab, exact: true }).first().waitFor();
      await page.locator(".model-view table, .model-view .scenario-case").first().waitFor();
      await expectAccessible(page);
    }
    expect(await page.getByRole("tab", { name: "Plan" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Run scenarios" }).count()).toBe(0);
    if (scheme === "dark") continue;
    const model = (await web.ask(page, "GET", "/api/models/live")).body as { source: string };
    for (const [method, path] of [
      ["POST", "/api/models/impact"],
      ["POST", "/api/models/plan"],
      ["PUT", "/api/models/draft"],
    ] as const) {
      const answer = await web.ask(page, method, path, {
        source: model.source,
        base: 1,
        rev: null,
      });
      expect([path, answer.status]).toEqual([path, 403]);
    }
  }
});
