import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible, openWeb, type Web } from "./support/open-web.ts";

let web: Web;
beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web.close());

const rows = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("rowheader") });
const names = (page: Page) => page.getByRole("rowheader").allInnerTexts();

/** How many the API finds, once the book has been read. */
async function total(page: Page, query: string): Promise<number> {
  let found: number | null = null;
  const ask = async (): Promise<number | null> => {
    const { body } = await web.ask(page, "GET", `/api/portfolio?${query}`);
    found = (body as { total: number | null }).total;
    return found;
  };
  await expect.poll(ask, { timeout: 20_000 }).not.toBeNull();
  return found ?? -1;
}

async function expectCount(page: Page, count: number): Promise<void> {
  await page.getByText(`${count} account${count === 1 ? "" : "s"}`, { exact: true }).waitFor();
}

test("a filter by clicks and by a rule, an order, and a link that shows the same again", async () => {
  const page = await web.open("leader", "/portfolio");
  await expectCount(page, await total(page, ""));
  await page.getByRole("button", { name: "Level" }).first().click();
  await page.getByRole("checkbox", { name: "high" }).click();
  await page.keyboard.press("Escape");
  await expectCount(page, await total(page, "level=high"));
  await page.getByRole("button", { name: "Rule", exact: true }).click();
  const rule = page.getByRole("textbox", { name: "Rule" });
  await rule.fill("arr >= 1 && healt");
  await rule.press("Escape");
  await rule.press("Enter");
  await page.getByText(/healt/).last().waitFor();
  await page.getByRole("alert").filter({ hasText: "healt" }).waitFor();
  expect(page.url()).not.toContain("where");
  await rule.fill("arr >= 1 && health > 10");
  await rule.press("Escape");
  await rule.press("Enter");
  await page.waitForURL(/where=/);
  const where = "arr >= 1 && health > 10";
  const query = `level=high&where=${encodeURIComponent(where)}`;
  await expectCount(page, await total(page, query));
  // the same rule, clicked together
  await page.getByRole("button", { name: "Conditions" }).click();
  await page.getByRole("textbox", { name: "Value" }).first().waitFor();
  await expect
    .poll(() => page.getByRole("button", { name: "Remove this condition" }).count())
    .toBe(2);
  await page.getByRole("button", { name: "Remove this condition" }).first().click();
  await page.waitForURL((url) => url.searchParams.get("where") === "health > 10");
  await page.keyboard.press("Escape");
  await page.getByRole("columnheader", { name: "ARR" }).getByRole("button").click();
  await page.getByRole("columnheader", { name: "ARR" }).getByRole("button").click();
  await page.waitForURL(/sort=-arr/);
  const sorted = await web.ask(
    page,
    "GET",
    "/api/portfolio?level=high&where=health%20%3E%2010&sort=-arr&limit=3",
  );
  const first = (sorted.body as { items: { name: string }[] }).items.map(({ name }) => name);
  await expect.poll(async () => (await names(page)).slice(0, first.length)).toEqual(first);
  const again = await web.open("leader", page.url().replace(web.url, ""));
  await expect.poll(async () => (await names(again)).slice(0, first.length)).toEqual(first);
  await expectAccessible(again);
});

test("a view is kept, shared and opened again; the export has what is shown", async () => {
  const page = await web.open("leader", "/portfolio?level=high&columns=level,arr&sort=-arr");
  await rows(page).first().waitFor();
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save as a new view" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Big and high");
  await page.getByRole("checkbox", { name: "Share with the team" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Big and high" }).waitFor();
  const csm = await web.open("csm", "/portfolio");
  await csm.getByRole("button", { name: "Views" }).click();
  await csm.getByRole("menuitem", { name: /Big and high/ }).click();
  await csm.waitForURL(/level=high.*sort=-arr|sort=-arr.*level=high/);
  const download = csm.waitForEvent("download");
  await csm.getByRole("link", { name: "Export" }).click();
  const csv = readFileSync(await (await download).path(), "utf8")
    .trim()
    .split("\r\n");
  expect(csv[0]).toBe("id,name,level,arr");
  expect(csv.length - 1).toBe(await total(csm, "level=high"));
});

test("many are pinned at once, with a preview first; a CSM only those that are theirs", async () => {
  const page = await web.open("csm", "/portfolio", { scheme: "dark", width: 1280, height: 800 });
  await rows(page).first().waitFor();
  const all = await total(page, "");
  const own = await total(page, `owner=${encodeURIComponent(web.csm)}`);
  expect(own).toBeGreaterThan(0);
  await page.getByRole("checkbox", { name: "Select all that match" }).click();
  await page.getByRole("button", { name: "Pin level" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Level" }).click();
  await page.getByRole("option", { name: "high" }).click();
  await dialog.getByText(/somebody else's account/).waitFor();
  await dialog.getByText(String(all - own), { exact: true }).waitFor();
  await dialog.getByLabel("Reason").fill("All hands before the fair");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: /^Change \d+ account/ }).click();
  await dialog.getByText(/^Done: \d+ of \d+ accounts changed/).waitFor();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  const pinned = await web.ask(
    page,
    "GET",
    `/api/portfolio?owner=${encodeURIComponent(web.csm)}&columns=level,level.pinned&limit=500`,
  );
  const levels = (pinned.body as { items: { values: Record<string, unknown> }[] }).items;
  expect(levels.every(({ values }) => values["level"] === "high")).toBe(true);
});

test("by clicks: select one, a range to another, a glance that selects nothing", async () => {
  const page = await web.open("csm", "/portfolio");
  await rows(page).nth(3).waitFor();
  const [first = ""] = await names(page);
  const box = (row: number) => rows(page).nth(row).getByRole("checkbox");
  await box(1).click();
  await page.getByText("1 selected").waitFor();
  await box(3).click({ modifiers: ["Shift"] });
  await page.getByText("3 selected").waitFor();
  expect(await box(2).isChecked()).toBe(true);
  await box(2).click();
  await page.getByText("2 selected").waitFor();
  await rows(page).first().getByRole("gridcell").filter({ hasText: "$" }).click();
  await page.getByRole("dialog").getByRole("link", { name: first }).waitFor();
  expect(await page.getByText("2 selected").count()).toBe(1);
});

test("by keyboard alone: down, select a range, a glance, open", async () => {
  const page = await web.open("csm", "/portfolio");
  await rows(page).first().waitFor();
  const [, second = ""] = await names(page);
  await page.getByRole("grid").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowDown");
  await page.getByText("2 selected").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Space");
  await page.getByRole("dialog").getByRole("link", { name: second }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("grid").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/accounts\//);
});

test("of a hundred thousand accounts at most sixty rows are drawn, wherever one scrolls to", async () => {
  const page = await web.open("csm", "/today");
  await page.route(/\/api\/portfolio\?/, async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const offset = Number(query.get("offset"));
    const items = Array.from({ length: Number(query.get("limit")) }, (_, n) => ({
      id: `a${offset + n}`,
      name: `Account ${offset + n}`,
      values: { level: "high", health: 50, health_band: "yellow", segments: [] },
    }));
    await route.fulfill({
      json: { total: 100_000, revenue: 1, loading: null, items, next_cursor: null },
    });
  });
  await page.goto("/portfolio");
  await page.getByText("100,000 accounts").waitFor();
  const grid = page.getByRole("grid");
  for (const index of [0, 5_000, 77_777, 99_990]) {
    await grid.evaluate((place, top) => {
      (place as unknown as { scrollTop: number }).scrollTop = top;
    }, index * 38);
    await page.getByText(`Account ${index + 5}`, { exact: true }).waitFor();
    expect(await page.getByRole("row").count()).toBeLessThanOrEqual(60);
  }
});
