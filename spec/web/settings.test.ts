import { afterAll, beforeAll, expect, test } from "vitest";
import {
  expectAccessible,
  expectAccessibleInBothThemes,
  openWeb,
  type Web,
} from "./support/open-web.ts";

let web: Web;
beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web.close());

test("an administrator makes a key, sees it once, and revokes it", async () => {
  const page = await web.open("admin", "/settings?section=keys");
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("warehouse");
  await page.getByRole("button", { name: "Make the key" }).click();
  const secret = await page.getByTestId("secret").innerText();
  expect(secret).toMatch(/^tsw_/);
  await expectAccessible(page);
  const send = () =>
    page.request.post("/v1/track", {
      data: { userId: "u", event: "Tried", messageId: crypto.randomUUID() },
      headers: { authorization: `Basic ${Buffer.from(`${secret}:`).toString("base64")}` },
    });
  expect((await send()).status()).toBe(200);
  await page.getByRole("button", { name: "I have kept it" }).click();
  expect(await page.getByText(secret).count()).toBe(0);
  await page.getByRole("button", { name: "Revoke warehouse" }).click();
  await page.getByRole("button", { name: "Revoke it" }).click();
  await page
    .getByRole("row", { name: /warehouse/ })
    .getByText("revoked")
    .waitFor();
  expect((await send()).status()).toBe(401);
  await page.goto("/settings?section=audit&what=key");
  await page.getByText("The admin").first().waitFor();
});

test("a CSM sees no keys, webhooks or privacy, and the server refuses them too", async () => {
  const page = await web.open("csm", "/settings?section=keys");
  const sections = page.getByRole("navigation", { name: "Sections" });
  await sections.getByText("Data quality").waitFor();
  for (const name of ["Keys", "Webhooks", "Privacy", "Suppressions"])
    expect(await sections.getByText(name, { exact: true }).count(), name).toBe(0);
  await page.getByRole("heading", { name: "My preferences" }).waitFor();
  for (const path of ["/api/keys", "/api/webhooks", "/api/suppressions", "/api/checks"])
    expect((await web.ask(page, "GET", path)).status, path).toBe(403);
  await page.getByRole("radiogroup").getByText("Bahasa Melayu").click();
  await page.getByRole("heading", { name: "Pilihan saya" }).waitFor();
});

test("the team: somebody is added, goes on leave, and has a last day", async () => {
  const page = await web.open("admin", "/settings?section=team");
  await page.getByRole("button", { name: "Add somebody" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("textbox", { name: "Id", exact: true }).fill("zed");
  await form.getByRole("textbox", { name: "Name" }).fill("Zed Zimmer");
  await form.getByRole("textbox", { name: "E-mail address" }).fill("not an address");
  await form.getByRole("textbox", { name: "E-mail address" }).fill("zed@example.com");
  await form.getByRole("button", { name: "Save" }).click();
  await form.waitFor({ state: "detached" });
  const doing = async (what: string) => {
    await page.getByRole("button", { name: "Actions for Zed Zimmer" }).click();
    await page.getByRole("menuitem", { name: what }).click();
  };
  await doing("Leave");
  await form.getByLabel("From").fill("2030-03-04");
  await form.getByLabel("To", { exact: true }).fill("2030-03-08");
  await form.getByRole("button", { name: "Save" }).click();
  await page.getByText("4 Mar 2030").waitFor();
  // one day is not from and to the same one
  await doing("Leave");
  await form.getByLabel("To", { exact: true }).fill("2030-03-04");
  await form.getByRole("button", { name: "Save" }).click();
  await page.getByText("4 Mar 2030", { exact: true }).waitFor();
  await doing("Last day");
  await form.getByRole("textbox", { name: "Reason" }).fill("moves on");
  await form.getByLabel("Last day").fill("2030-04-01");
  await form.getByRole("button", { name: "Save" }).click();
  await page.getByText("leaves on 1 Apr 2030").waitFor();
  const zed = (await web.store.team.list()).find(({ id }) => id === "zed");
  expect(zed).toMatchObject({ name: "Zed Zimmer", access: "csm", email: "zed@example.com" });
});

test("data quality counts what the API counts and opens the rows behind it", async () => {
  const page = await web.open("leader", "/settings?section=quality");
  await page.getByText("Without an owner").waitFor();
  const { body } = await web.ask(page, "GET", "/api/data-quality");
  const { without_owner } = body as { without_owner: number };
  expect(without_owner).toBeGreaterThan(0);
  await page.getByRole("link", { name: String(without_owner), exact: true }).click();
  const rows = page.getByRole("dialog").getByRole("row");
  await expect.poll(() => rows.count()).toBe(Math.min(100, without_owner));
});

test("no section has a serious fault for anybody, light or dark", async () => {
  const page = await web.open("admin", "/settings?section=team");
  const sections = [
    "team",
    "quality",
    "unattributed",
    "channels",
    "audit",
    "webhooks",
    "privacy",
    "keys",
  ];
  for (const section of sections) {
    await page.goto(`/settings?section=${section}`);
    await page.getByRole("heading", { level: 2 }).waitFor();
    await expect
      .poll(() => page.getByRole("status").filter({ hasText: "Loading" }).count())
      .toBe(0);
    await expectAccessibleInBothThemes(page);
  }
});
