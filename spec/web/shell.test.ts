import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible, openWeb, type Web } from "./support/open-web.ts";
import { address, see } from "./support/see.ts";

let web: Web;
beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web.close());

test("who is not signed in gets the sign-in page at a deep link, and nothing else", async () => {
  const stranger = await web.browser.newContext({ baseURL: web.url });
  const page = await stranger.newPage();
  await page.goto("/portfolio");
  await page.getByRole("heading", { name: "Sign in to Touchstone" }).waitFor();
  expect(await page.getByRole("navigation").count()).toBe(0);
  const answer = await page.request.get("/api/accounts");
  expect(answer.status()).toBe(401);
  await expectAccessible(page);
  await stranger.close();
});

test("the command palette finds an account and a screen by the keyboard alone", async () => {
  const page = await web.open("csm", "/today");
  const [account] = await web.store.reading.accounts({ state: "open" }, null, 1);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Control+K");
  await page.keyboard.type(account?.name ?? "");
  await page
    .getByText(account?.name ?? "", { exact: true })
    .first()
    .waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/accounts/${encodeURIComponent(account?.id ?? "")}*`);
  // while it fades, what is typed is still its text
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await page.waitForURL("**/overview");
});

test("what is typed while the palette opens goes to it, and to no key of the screen", async () => {
  const page = await web.open("csm", "/today");
  await page.getByRole("heading", { name: "Today", level: 1 }).waitFor();
  // all in one turn: the palette cannot be there before the last letter
  await page.evaluate(`for (const key of ["Control+k", "w", "g", "p"]) document.body.dispatchEvent(
    new KeyboardEvent("keydown", { key: key.at(-1), ctrlKey: key !== key.at(-1), bubbles: true, cancelable: true }))`);
  await expect.poll(() => palette(page).getByRole("textbox").inputValue()).toBe("wgp");
  await page.keyboard.press("Escape");
  await palette(page).waitFor({ state: "detached" });
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe("/today");
  await page.keyboard.press("w");
  await address(page).tells(/view=week/);
});

test("navigation shows what one may use; Malay, dark and light pass", async () => {
  const page = await web.open("csm", "/today", { scheme: "dark", language: "ms" });
  await page.getByRole("link", { name: "Hari ini" }).waitFor();
  expect(await page.getByRole("link", { name: "Import" }).count()).toBe(0);
  await expectAccessible(page);
  const ops = await web.open("ops", "/today");
  await ops.getByRole("link", { name: "Imports" }).waitFor();
  await ops.getByRole("button", { name: /Signed in as/ }).click();
  await ops.getByRole("menuitem", { name: "Dark" }).click();
  await expect
    .poll(() => ops.locator("html").getAttribute("data-mantine-color-scheme"))
    .toBe("dark");
});

test("an address that is no screen says so, and one of the API stays an error", async () => {
  const page = await web.open("csm", "/nowhere/at/all");
  await page.getByText("There is nothing at this address").waitFor();
  const answer = await page.request.get("/api/nowhere");
  expect(answer.status()).toBe(404);
});

const palette = (page: Page) =>
  page.getByRole("dialog").filter({ has: page.getByPlaceholder("Accounts, screens, actions") });

/** Runs a command, or opens a screen, by the palette. */
async function command(page: Page, label: string): Promise<void> {
  await page.keyboard.press("Control+K");
  await palette(page).getByPlaceholder("Accounts, screens, actions").fill(label);
  await palette(page).getByText(label, { exact: true }).click();
  await palette(page).waitFor({ state: "detached" });
}

test("the palette's commands do what they say, on each screen that offers some", async () => {
  const page = await web.open("ops", "/today");
  const shows = (part: RegExp): Promise<void> => address(page).tells(part);
  const dialog = async (title: string): Promise<void> => {
    await see(page.getByRole("dialog", { name: title })).isThere();
    const close = async (): Promise<number> => {
      // the first one may go to a list that is open in it
      await page.keyboard.press("Escape");
      return page.getByRole("dialog").count();
    };
    await expect.poll(close).toBe(0);
  };
  await see(page.getByRole("heading", { name: "Today", level: 1 })).isThere();
  for (const [label, part] of [
    ["Today: Week", /view=week/],
    ["Today: Everybody", /owner=all/],
    ["Model: plan its changes", /model\?tab=plan/],
    ["Sending: pause or go on", /outbox\?view=pauses/],
    ["Outbox: Held", /view=held/],
    ["Data: new import", /imports\?view=new/],
    ["Imports: History", /view=history/],
    ["Settings", /settings/],
    ["Settings: Webhooks", /section=webhooks/],
    ["Capacity", /capacity/],
    ["Capacity: Coverage", /tab=coverage/],
    ["Overview", /overview/],
    ["Period: Quarter", /period=quarter/],
  ] as const) {
    await command(page, label);
    await shows(part);
  }
  await page.evaluate("window.print = () => { window.printed = true; }");
  await command(page, "Print on one page");
  await expect.poll(() => page.evaluate("window.printed")).toBe(true);

  await command(page, "Portfolio");
  await see(page.getByRole("grid")).isThere();
  await command(page, "Save as a new view");
  await dialog("Save as a new view");
  const downloaded = page.waitForEvent("download");
  await command(page, "Export");
  expect((await downloaded).suggestedFilename()).toMatch(/\.csv$/);

  const [account] = await web.store.reading.accounts({ state: "open" }, null, 1);
  await command(page, account?.name ?? "");
  await see(page.getByRole("heading", { name: account?.name ?? "", level: 1 })).isThere();
  await command(page, "Add note");
  await see(page.getByRole("textbox", { name: "Note" })).hasFocus();
  await command(page, "Pin a level");
  await dialog("Pin a level");
  await command(page, "Account: Usage");
  await shows(/tab=usage/);
  await command(page, "Keyboard shortcuts");
  await dialog("Keyboard shortcuts");
});

/** Among them what is not a CSM's, by its address. */
const PLACES = [
  "/today",
  "/portfolio",
  "/board",
  "/overview",
  "/capacity?tab=owners",
  "/capacity?tab=coverage",
  "/model?tab=plan",
  "/model?tab=scenarios",
  "/outbox?view=preview",
  "/outbox?view=pauses",
  "/imports?view=new",
  "/welcome",
  "/settings?section=team",
  "/settings?section=channels",
  "/settings?section=webhooks",
  "/settings?section=keys",
  "/settings?section=privacy",
];

test("nothing that a CSM is shown is refused to them, and no command is offered that would be", async () => {
  const page = await web.open("csm", "/today");
  const refused: string[] = [];
  const running = new Set<object>();
  page.on("request", (one) => {
    if (one.url().includes("/api/") && !one.url().includes("/api/live")) running.add(one);
  });
  page.on("requestfailed", (one) => running.delete(one));
  page.on("response", (answer) => {
    running.delete(answer.request());
    if (answer.status() === 403) refused.push(`${page.url()}: ${answer.url()}`);
  });
  await see(page.getByRole("heading", { level: 1 }).first()).isThere();
  const [account] = await web.store.reading.accounts({ state: "open" }, null, 1);
  for (const place of [...PLACES, `/accounts/${account?.id ?? ""}?tab=touches`]) {
    await page.evaluate(
      `history.pushState({}, "", ${JSON.stringify(place)}); dispatchEvent(new PopStateEvent("popstate"));`,
    );
    await see(page.getByRole("heading", { level: 1 }).first()).isThere();
    await page.evaluate("new Promise((on) => requestIdleCallback(on))");
    await expect.poll(() => running.size).toBe(0);
    expect(new URL(page.url()).pathname).toBe(place.split("?")[0]);
  }
  expect(refused).toEqual([]);
  await page.keyboard.press("Control+K");
  const offered = palette(page).getByRole("button");
  await see(offered.first()).isThere();
  expect((await offered.allInnerTexts()).join("\n")).not.toMatch(
    /plan its changes|new import|pause or go on|Everybody|Keys|Imports/,
  );
});
