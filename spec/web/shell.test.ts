import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible, openWeb, type Web } from "./support/open-web.ts";

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
