import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessibleInBothThemes, openWeb, type Web } from "./support/open-web.ts";
import { address, see } from "./support/see.ts";

let web: Web;
beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web.close());

const numberIn = (text: string): number => Number(/\d+/.exec(text.replaceAll(",", ""))?.[0] ?? -1);

async function opened(path: string): Promise<Page> {
  const page = await web.open("leader", path);
  await see(page.getByRole("heading", { name: "Touches done against planned" })).isThere();
  await see(page.locator(".flow-matrix").getByRole("button").first()).isThere();
  await see(
    page.getByRole("region", { name: "Renewals in the next" }).locator("tbody tr").first(),
  ).isThere();
  return page;
}

/** `Dec, red: 3 accounts, $20`, or the number alone. */
const countIn = (told: string): number => numberIn(/(\d[\d,]*) accounts/.exec(told)?.[1] ?? told);

/** As much of a link as is read in the page. */
interface Linked {
  getAttribute(name: string): string | null;
  readonly textContent: string | null;
}

describe("the overview of those who lead", () => {
  test("each figure that opens accounts says as many as the portfolio's rule finds", async () => {
    const page = await opened("/overview?renewals=accounts");
    const health = page.getByRole("region", { name: "Health, now and then" });
    await see(health.getByRole("link").first()).isThere();
    await see(page.getByRole("link", { name: /^\d+ \(\d+%\)$/ })).isThere();
    // all at once: what comes in meanwhile would count them anew
    const links = await page.locator('a[href^="/portfolio?where="]').evaluateAll((all) =>
      (all as unknown as readonly Linked[]).map((one) => ({
        href: one.getAttribute("href") ?? "",
        // money is said of renewals, their count to those who hear it
        told: one.getAttribute("aria-label") ?? one.textContent ?? "",
      })),
    );
    // revenue leads to the accounts that it is of
    const counts = links.filter(({ told }) => !/^[$€]/.test(told.trim()));
    expect(counts.length).toBeGreaterThan(12);
    for (const { href, told } of counts) {
      const rows = `${href.replace("/portfolio", "/api/accounts")}&limit=500`;
      const { body } = await web.ask(page, "GET", rows);
      expect((body as { items: unknown[] }).items.length, href).toBe(countIn(told));
    }
    const level = page.getByRole("region", { name: "By level" }).getByRole("link").first();
    const count = numberIn((await level.textContent()) ?? "");
    await level.click();
    await address(page).tells(/\/portfolio\?where=/);
    await see(page.getByRole("main")).tells(new RegExp(`\\b${count}\\b`));
    await page.close();
  });

  test("moves, touches and accounts in need open as many rows as they say, and a link opens them again", async () => {
    const page = await opened("/overview?period=30");
    const cells = page.locator(".flow-matrix").getByRole("button");
    const shown = (await cells.count()) - 1;
    const touches = page
      .getByRole("region", { name: "Touches done" })
      .getByRole("button", { name: /Open/ });
    const need = page.getByRole("button", { name: /^Accounts in need: \d/ });
    const mover = page.getByRole("region", { name: "Why accounts moved" }).getByRole("button");
    const past = page.getByRole("button", { name: /^\d+ days ago, .*: \d/ });
    await see(past.first()).isThere();
    const planned = page
      .getByRole("region", { name: "Touches done" })
      .getByRole("button", { name: /Planned/ });
    const asked = [cells.first(), cells.nth(shown), touches.first(), planned.first(), need];
    for (const one of [...asked, mover.nth(1), past.first()]) {
      const count = numberIn((await one.textContent()) ?? "");
      await one.click();
      const rows = page.getByRole("dialog").locator("[data-row]");
      if (count > 0) await see(rows).counts(Math.min(count, 100));
      const url = page.url();
      expect(url).toContain("rows=");
      await page.keyboard.press("Escape");
      await see(page.getByRole("dialog")).isGone();
    }
    await cells.first().click();
    const again = await web.open(
      "leader",
      new URL(page.url()).pathname + new URL(page.url()).search,
    );
    await see(again.getByRole("dialog").locator("[data-row]").first()).isThere();
    await again.close();
    await page.close();
  });

  test("the period is in the address, and what is printed leaves the controls out", async () => {
    const page = await opened("/overview");
    await page.getByText("Quarter", { exact: true }).click();
    await address(page).tells(/period=quarter/);
    await page.getByText("Stages", { exact: true }).click();
    await address(page).tells(/flows=stage/);
    await see(page.locator(".flow-matrix").getByRole("rowheader", { name: "growth" })).isThere();
    await page.emulateMedia({ media: "print" });
    await see(page.getByRole("button", { name: "Print" })).isGone();
    await see(page.getByRole("heading", { name: "By level" })).isThere();
    await page.close();
  });

  test("nothing serious is wrong with it, light or dark", async () => {
    const page = await opened("/overview?period=90");
    await see(page.locator(".echarts, [role=img] svg").first()).isThere();
    await expectAccessibleInBothThemes(page);
    await page.locator(".flow-matrix").getByRole("button").first().click();
    await see(page.getByRole("dialog").locator("[data-row]").first()).isThere();
    await expectAccessibleInBothThemes(page);
    await page.close();
  });
});
