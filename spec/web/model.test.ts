import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessibleInBothThemes, openWeb, type Web } from "./support/open-web.ts";
import { see } from "./support/see.ts";

const SCENARIOS = `model: model.yaml
cases:
  - name: a large account is in high touch
    at: 2026-03-02T09:00:00Z
    account: { id: a, traits: { arr: 480000, plan: enterprise, created_at: 2023-01-10 } }
    expect: { level: high }
`;
/** What of the last line is written anew. */
const EXPECTED = " high }";
const TABS = ["Levels", "Segments", "Lifecycle", "Cadence", "Scenarios", "History"];

/** What nobody below ops may. */
const OF_OPS = [
  ["POST", "/api/models/impact"],
  ["POST", "/api/models/plan"],
  ["POST", "/api/models/apply"],
  ["GET", "/api/models/draft"],
  ["PUT", "/api/models/draft"],
  ["POST", "/api/models/rollback"],
  ["PUT", "/api/models/scenarios"],
  ["POST", "/api/models/scenarios/run"],
] as const;

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

const numberOfTop = (shown: string) =>
  page.getByRole("button", { name: `${shown} in the rule of tier: top: change` }).first();

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

test("a threshold moved in the grid is in the file, shows its impact, goes live with a reason, and is taken back", async () => {
  await numberOfTop("100,000").click();
  const input = page.getByRole("textbox", { name: "New number for tier: top" });
  await input.fill("60000");
  await input.press("Enter");
  // the file beside it says the same, at the line that the number names
  await numberOfTop("60,000").click();
  await page.getByRole("button", { name: /^Line \d+ of the file$/ }).click();
  await see(page.locator(".cm-line").filter({ hasText: "arr >= 60000" })).isThere();
  await see(page.locator(".impact")).tells(/[1-9]\d* accounts? moves?/);
  await see(page.getByText("Draft kept")).isThere();
  // what was typed is there again, wherever one signs in
  await page.reload();
  await see(numberOfTop("60,000")).isThere();

  await page.getByRole("button", { name: "Plan it" }).click();
  await page.getByRole("button", { name: "Make the plan" }).click();
  await see(page.getByText(/accounts move, with/)).isThere();
  await see(page.getByRole("heading", { name: "Who moves" })).isThere();
  const goLive = page.getByRole("button", { name: "Go live with it" });
  // under the pointer it is darker, or lighter
  await page.getByRole("button", { name: "Plan again" }).hover();
  await expectAccessibleInBothThemes(page);
  expect(await goLive.isDisabled()).toBe(true);
  const accept = page.getByRole("checkbox", { name: "Accept it" });
  while ((await accept.and(page.locator(":not(:checked)")).count()) > 0) {
    await accept.and(page.locator(":not(:checked)")).first().check();
    // each is planned with
    await goLive.waitFor();
  }
  await page.getByLabel("Why").fill("mid-size accounts asked for a person");
  await goLive.click();
  await see(page.getByText("Version 2 went live")).isThere();
  await see(page.getByText("mid-size accounts asked for a person")).isThere();
  await see(page.getByText(/top takes arr of at least 60,000/)).isThere();
  await page.getByText("Line by line").click();
  await see(page.locator(".cm-deletedChunk")).tells(/arr >= 100000/);
  await expectAccessibleInBothThemes(page);
  await page.getByText("By meaning").click();

  await page.getByRole("button", { name: "Go back to version 1" }).click();
  const dialog = page.getByRole("dialog");
  await see(dialog.getByText(/as (?:it was|they were) found/)).isThere();
  await dialog.getByLabel("Reason").fill("too many reviews");
  await dialog.getByRole("button", { name: "Go back to version 1" }).click();
  await see(page.getByText("Back to version 1, from 2")).isThere();
  await see(page.getByText(/top takes arr of at least 100,000/)).isThere();
  expect(await web.store.models.liveVersion()).toBe(1);
});

test("scenarios are written, run and fixed in the app", async () => {
  await web.ask(page, "PUT", "/api/models/scenarios", { files: { "scenarios.yaml": SCENARIOS } });
  await page.goto("/model?tab=scenarios");
  await page.getByRole("button", { name: "Run scenarios" }).click();
  await see(page.getByText("1 passed")).isThere();
  await page.getByRole("button", { name: /^Open a large account/ }).click();
  await putCursorAtEndOf("expect: { level: high");
  for (let back = 0; back < EXPECTED.length; back++) await page.keyboard.press("Backspace");
  await page.keyboard.type(" low }");
  await see(page.getByText("Changed since: run again.")).isThere();
  await page.getByRole("button", { name: "Run scenarios" }).click();
  await see(page.getByText("expected low, found high")).isThere();
  await page.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("button", { name: "Throw my edits away" }).click();
  await see(page.getByRole("button", { name: "Discard" })).isGone();
});

test("a leader reads what is live, and is led to no plan, draft or way back that is not theirs", async () => {
  const leader = await web.open("leader", "/model?tab=plan&yaml=yes");
  await see(leader.getByRole("tab", { name: "Levels", selected: true })).isThere();
  const text = leader.getByRole("textbox", { name: "Text of model.yaml" });
  await see(text).isThere();
  expect(await text.getAttribute("aria-readonly")).toBe("true");
  expect(await leader.getByRole("button", { name: "More about files" }).count()).toBe(0);
  expect(await leader.getByRole("button", { name: /: change$/ }).count()).toBe(0);
  await leader.getByRole("tab", { name: "History" }).click();
  await see(leader.getByText("mid-size accounts asked for a person")).isThere();
  for (const name of [/^Go back to version/, "Plan it", "Run scenarios", "Discard"])
    expect(await leader.getByRole("button", { name }).count()).toBe(0);
  for (const [method, path] of OF_OPS)
    expect([path, (await web.ask(leader, method, path, {})).status]).toEqual([path, 403]);
});

test("a CSM reads all of it, in both themes, and may change nothing", async () => {
  const csm = await web.open("csm", "/model");
  for (const tab of TABS) {
    await csm.getByRole("tab", { name: tab }).click();
    const panel = csm.getByRole("tabpanel", { name: tab });
    await see(panel.locator("table, .scenario-case").first()).isThere();
    await expectAccessibleInBothThemes(csm);
  }
  expect(await csm.getByRole("tab", { name: "Plan" }).count()).toBe(0);
  expect(await csm.getByRole("button", { name: "Run scenarios" }).count()).toBe(0);
  for (const [method, path] of OF_OPS)
    expect([path, (await web.ask(csm, method, path, {})).status]).toEqual([path, 403]);
});
