import { afterAll, beforeAll, expect, test } from "vitest";
import { openWeb, type Web } from "./support/open-web.ts";

let web: Web;
beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web.close());

test("without a connection the app stays, says so, loses no note, and goes on once it is back", async () => {
  const [account] = await web.store.reading.accounts({ state: "open", owner: web.csm }, null, 1);
  const page = await web.open("csm", `/accounts/${account?.id ?? ""}`);
  const context = page.context();
  await page.getByPlaceholder("Write a note").fill("They asked for a training");
  await context.setOffline(true);
  await page.getByText("There is no connection to the server.").waitFor();
  await page.getByRole("status", { name: "Not connected: what you see may be old" }).waitFor();
  await page.keyboard.press("Control+Enter");

  // a screen whose code is not there yet: the rest of the app is
  await page.getByRole("link", { name: "Capacity" }).click();
  await page.getByText("This could not be loaded").first().waitFor();
  expect(await page.getByRole("link", { name: "Today" }).isVisible()).toBe(true);

  await context.setOffline(false);
  await page.getByRole("heading", { name: "Capacity" }).waitFor();
  await expect
    .poll(async () => (await web.store.notes.list(account?.id ?? "", null, 5)).length)
    .toBe(1);
  expect(await page.getByText("There is no connection to the server.").count()).toBe(0);
});

test("what cannot be asked again leaves the screen as it is, and the app goes on with it", async () => {
  const page = await web.open("csm", "/today");
  await page.getByRole("heading", { name: "Today" }).waitFor();
  const asked = /\/api\/(me|workspace)$/;
  // a status that is not tried again, so that the first one is the last word
  await page.route(asked, (route) => route.fulfill({ status: 404, json: {} }));
  const isRefused = page.waitForResponse(asked);
  // the stream begins anew, as after a restart, and all that is shown is asked again
  await page.evaluate("window.dispatchEvent(new Event('online'))");
  await (await isRefused).finished();
  await page.getByRole("link", { name: "Portfolio" }).click();
  await page.getByRole("heading", { name: "Portfolio" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Today" }).waitFor();
});

test("an app that was opened while the server was away comes by itself once it is back", async () => {
  const page = await web.open("csm", "/nowhere");
  await page.route(/\/api\/me$/, (route) => route.abort("connectionrefused"));
  await page.goto("/today");
  await page.getByText("The server cannot be reached.").waitFor();
  await page.unrouteAll();
  await page.getByRole("heading", { name: "Today" }).waitFor();
});

test("whoever is signed out while typing is told in their words, and finds the note again", async () => {
  const [account] = await web.store.reading.accounts({ state: "open", owner: web.csm }, null, 1);
  const page = await web.open("csm", `/accounts/${account?.id ?? ""}`);
  const context = page.context();
  await page.getByPlaceholder("Write a note").fill("Not to be lost");
  const cookies = await context.cookies();
  await context.clearCookies();
  await page.keyboard.press("Control+Enter");
  await page.getByText("You are signed out by now.").waitFor();
  await page.getByRole("heading", { name: "Sign in to Touchstone" }).waitFor();
  await context.addCookies(cookies);
  await page.reload();
  await expect
    .poll(() => page.getByPlaceholder("Write a note").inputValue())
    .toBe("Not to be lost");
});
