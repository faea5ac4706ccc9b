import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openImport } from "../../src/import/index.ts";
import { bundledFiles } from "../../src/server/compose-bundled.ts";
import { expectAccessible, openWeb, type Web } from "./support/open-web.ts";

const opened: Web[] = [];
const folder = mkdtempSync(join(tmpdir(), "touchstone-welcome-"));
afterAll(async () => {
  for (const web of opened) await web.close();
  rmSync(folder, { recursive: true });
});

/** An empty database; the demo is a book of three, so that it is there at once. */
async function empty(): Promise<Web> {
  writeFileSync(
    join(folder, "book.csv"),
    "account_id,account_name,arr\na,Acme,150000\nb,Bolt,30000\nc,Core,900\n",
  );
  const file = join(folder, "small.import.yaml");
  writeFileSync(file, "files: { book: book.csv }\naccounts: select * from book\n");
  const real = bundledFiles();
  const demo = {
    ...real.demo,
    open: (options: Parameters<typeof openImport>[1]) => openImport(file, options),
  };
  const web = await openWeb({ data: "empty", bundled: { ...real, demo } });
  opened.push(web);
  return web;
}

const CSV = [
  "Customer No,Company,Annual Revenue (USD),Signed up,Contract End",
  "A-1,Acme Ltd,120000,2024-02-03,2027-02-01",
  "B-2,Bolt AG,40000,2025-02-03,2027-06-20",
  "C-3,Core Labs,900,2025-10-03,2027-05-01",
].join("\n");

test("from an empty database to decisions on one's own CSV; whoever leaves goes on where they were", async () => {
  const web = await empty();
  const page = await web.open("ops", "/");
  await expect.poll(() => new URL(page.url()).pathname).toBe("/welcome");
  await page.getByRole("radio", { name: "Four tiers, hybrid" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByTestId("import-file").setInputFiles({
    name: "crm.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(CSV),
  });
  await page.getByText("3 rows, 5 columns").waitFor();
  // the chosen template asks for them
  const becomes = (column: string) =>
    page.getByRole("combobox", { name: `${column} becomes` }).inputValue();
  expect(await becomes("Annual Revenue (USD)")).toBe("arr");
  expect(await becomes("Contract End")).toBe("renewal_date");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByRole("button", { name: "Import 3 rows" }).click();
  await page.getByText("Written").waitFor();

  // somebody else with the access goes on, in the other theme
  const other = await web.open("admin", "/welcome", { scheme: "dark" });
  await other.getByText("renewal_date").first().waitFor();
  await other.getByText("Without it").waitFor();
  await expectAccessible(other);
  await other.getByRole("button", { name: "Go on" }).click();
  await other.getByText("This is what the model decides for your 3 accounts").waitFor();
  await expectAccessible(other);
  expect(await web.store.models.liveVersion()).toBeNull();
  await other.getByRole("button", { name: "Go live", exact: true }).click();
  await expect.poll(() => new URL(other.url()).pathname, { timeout: 30_000 }).toBe("/portfolio");
  const decided = await web.store.reading.accounts({ state: "decided" }, null, 10);
  expect(decided).toHaveLength(3);
  expect((await web.store.pauses.list()).map(({ scope }) => scope)).toEqual(["all"]);
  await other.getByText("Sending is paused: all channels.").waitFor();
});

test("the demo book in one click; a CSM waits meanwhile, and may not load it", async () => {
  const web = await empty();
  await web.store.team.write(
    [
      {
        ...(await web.store.team.list())[0]!,
        id: "csm",
        name: "A CSM",
        email: "csm@touchstone.example",
        access: "csm",
      },
    ],
    { now: Date.now(), today: 20_000 },
  );
  const csm = await web.open("csm", "/today", { email: "csm@touchstone.example" });
  await csm.getByText("Your team is setting Touchstone up").waitFor();
  await expectAccessible(csm);
  expect((await web.ask(csm, "POST", "/api/first-run/demo", { confirm: true })).status).toBe(403);
  const page = await web.open("admin", "/welcome");
  await page.getByRole("button", { name: "Load the demo book" }).click();
  await page.getByText("The demo book is ready").waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Open the portfolio" }).click();
  await page.getByText("Acme").first().waitFor();
  expect((await web.store.pauses.list()).map(({ scope }) => scope)).toEqual(["all"]);
});
