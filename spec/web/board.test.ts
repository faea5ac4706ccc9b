import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible, openWeb, type Web } from "./support/open-web.ts";

let web: Web;
beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web.close());

interface Facets {
  readonly stages: readonly { value: string; accounts: number }[];
}

test("stages stand beside one another with their accounts; a stage is set by hand with a reason", async () => {
  const page = await web.open("leader", "/board");
  await page.getByRole("article").first().waitFor();
  const { body } = await web.ask(page, "GET", "/api/portfolio/facets");
  const [from, to] = (body as Facets).stages;
  if (!from || !to) throw new Error("the book has one stage only");
  const column = page.getByRole("region", { name: from.value, exact: true });
  await column.getByText(String(from.accounts), { exact: true }).waitFor();
  await expectAccessible(page);
  const card = column.getByRole("article").first();
  const name = (await card.getAttribute("aria-label")) ?? "";
  await card.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: to.value.replaceAll("_", " ") }).click();
  const dialog = page.getByRole("dialog");
  const set = dialog.getByRole("button", { name: "Set the stage" });
  expect(await set.isDisabled()).toBe(true);
  await dialog.getByLabel("Reason").fill("They signed already");
  await set.click();
  await dialog.waitFor({ state: "hidden" });
  const [account] = await web.store.reading.accounts({ state: "open", text: name }, null, 1);
  const audit = await web.store.audit.list({ account: account?.id ?? "", limit: 5 });
  expect(audit.map(({ reason }) => reason)).toContain("They signed already");
});

test("a card is dragged to another stage; a filter is in the address, in the dark too", async () => {
  const page = await web.open("leader", "/board?level=high", {
    scheme: "dark",
    width: 1280,
    height: 800,
  });
  const card = page.getByRole("article").first();
  await card.waitFor();
  const regions = page.getByRole("region").filter({ has: page.getByRole("heading", { level: 2 }) });
  await card.dragTo(regions.nth(1));
  await page.getByRole("dialog", { name: "Set the stage" }).waitFor();
  await page.getByRole("button", { name: "Cancel" }).last().click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await expectAccessible(page);
  const { body } = await web.ask(page, "GET", "/api/portfolio?level=high");
  await page
    .getByText(`${(body as { total: number }).total} account`)
    .first()
    .waitFor();
});
