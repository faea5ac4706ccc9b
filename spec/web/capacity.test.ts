import type { Page } from "playwright-core";
import { localDay } from "../../src/core/time/zone.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessibleInBothThemes, openWeb, type Web } from "./support/open-web.ts";
import { address, see } from "./support/see.ts";

let web: Web;
/** Two hours a week for everybody: there is more to do than fits. */
beforeAll(async () => {
  web = await openWeb();
  const now = Date.now();
  const team = await web.store.team.list();
  const csms = team.filter(({ access }) => access === "csm");
  await web.store.team.write(
    csms.map((one) => ({ ...one, hoursPerWeek: 2 })),
    { now, today: localDay(now, "UTC") },
  );
});
afterAll(() => web.close());

const numberIn = (text: string | null): number =>
  Number(/\d+/.exec((text ?? "").replaceAll(",", ""))?.[0] ?? -1);
const wontFit = (page: Page) => page.getByRole("button", { name: /^Touches that won't fit: \d/ });

async function opened(path: string): Promise<Page> {
  const page = await web.open("leader", path);
  await see(page.locator(".heat-map .heat-cell").first()).isThere();
  return page;
}

describe("capacity, for those who lead", () => {
  test("what won't fit and what it costs, then what one more head changes, by keyboard", async () => {
    const page = await opened("/capacity");
    const before = numberIn(await wontFit(page).textContent());
    expect(before).toBeGreaterThan(3);
    await wontFit(page).focus();
    await page.keyboard.press("Enter");
    await address(page).tells(/tab=unfit/);
    const rows = page.locator("tbody tr[data-row]");
    await see(rows).counts(Math.min(before, 200));
    const { body } = await web.ask(page, "GET", "/api/capacity");
    const { fit } = body as { fit: { unfit: { touches: number; revenue: number } } };
    expect(fit.unfit.touches).toBe(before);

    const slider = page.getByRole("slider", { name: "Heads: csm" });
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await address(page).tells(/heads=csm:1/);
    await see(wontFit(page)).tells(`now ${before}`);
    expect(numberIn(await wontFit(page).textContent())).toBeLessThan(before);
    await page.keyboard.press("ArrowLeft");
    await address(page).tellsNo(/heads/);
    await see(wontFit(page)).reads(String(before));

    const hours = page.getByRole("slider", { name: "Hours a week, each" });
    await hours.focus();
    await page.keyboard.press("ArrowRight");
    await see(wontFit(page)).tells(`now ${before}`);
    await page.getByRole("button", { name: "As it is" }).click();
    const threshold = page.getByRole("slider", { name: /^arr 100,000/ });
    await threshold.focus();
    await page.keyboard.press("ArrowLeft");
    await address(page).tells(/thresholds=arr/);
    await see(page.getByRole("region", { name: "What if" }).getByRole("status")).tells(/account/);
    await page.close();
  });

  test("a cell opens the touches behind it; leave that is entered there changes the load", async () => {
    const page = await opened("/capacity");
    const cell = page.locator('.heat-cell[data-band="red"]').first();
    const count = Number(await cell.getAttribute("data-touches"));
    await cell.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await see(cell).hasFocus();
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog");
    await see(drawer.locator("[data-row]")).counts(count);
    await drawer.getByRole("button", { name: "Enter leave" }).click();
    await drawer.getByRole("button", { name: "Save leave" }).click();
    await see(drawer.getByText(/^Away: /)).isThere();
    await page.close();
  });

  test("a suggested owner is accepted; a CSM is offered none of it and refused", async () => {
    const page = await web.open("leader", "/capacity?tab=owners");
    const row = page.locator("[data-suggestion]").first();
    const account = (await row.getAttribute("data-suggestion")) ?? "";
    const { body } = await web.ask(page, "GET", "/api/owners/suggestions");
    const { suggestions } = body as { suggestions: { account: string; to: string | null }[] };
    const wanted = suggestions.find((one) => one.account === account);
    await row.getByRole("checkbox").check();
    await page.getByRole("button", { name: "Accept 1 move" }).click();
    await see(page.getByText("1 account has a new owner")).isThere();
    const [moved] = await web.store.reading.accounts({ state: "all", id: account }, null, 1);
    expect(moved?.owner).toBe(wanted?.to);
    await page.close();

    const csm = await web.open("csm", "/capacity?tab=owners");
    await see(csm.getByRole("tab", { name: "Suggested owners" })).isThere();
    await see(csm.locator("[data-suggestion], .mantine-Stack-root").first()).isThere();
    expect(await csm.getByRole("button", { name: /^Accept/ }).count()).toBe(0);
    const refused = await web.ask(csm, "POST", "/api/owners/accept", { all: true });
    expect(refused.status).toBe(403);
    const leave = await web.ask(csm, "PUT", "/api/team/csm-01/leave", { leave: [] });
    expect(leave.status).toBe(403);
    await csm.close();
  });

  test("nothing serious is wrong with it, light or dark", async () => {
    const page = await opened("/capacity");
    await expectAccessibleInBothThemes(page);
    for (const tab of ["Won't fit", "Coverage", "Suggested owners"]) {
      await page.getByRole("tab", { name: tab }).click();
      await see(page.getByRole("tabpanel").getByText(/./).first()).isThere();
      await expectAccessibleInBothThemes(page);
    }
    await page.close();
  });
});
