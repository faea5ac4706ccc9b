import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible, openWeb, type Web } from "./support/open-web.ts";

let web: Web;
beforeAll(async () => {
  web = await openWeb({ data: "empty" });
});
afterAll(() => web.close());

const CSV = [
  "Customer No,Company,Annual Revenue (USD),Notes",
  "A-1,Acme Ltd,120000,likes calls",
  "B-2,Bolt AG,40000,",
  ",Nobody,5,",
].join("\n");

test("ops imports a file with a wrong row: sees why it stays out, imports the rest, finds it in the history", async () => {
  const page = await web.open("ops", "/imports");
  await page.getByText("Drop a file here").waitFor();
  await expectAccessible(page);
  await page.getByTestId("import-file").setInputFiles({
    name: "Q3 accounts (final).csv",
    mimeType: "text/csv",
    buffer: Buffer.from(CSV),
  });
  await page.getByText("3 rows, 4 columns").waitFor();
  expect(await page.getByRole("combobox", { name: "Customer No becomes" }).inputValue()).toBe(
    "account_id",
  );
  await page.getByRole("combobox", { name: "Annual Revenue (USD) becomes" }).fill("arr");
  await page.getByRole("button", { name: "Leave out Notes" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("account_id is missing").waitFor();
  expect((await web.store.accounts.counts()).accounts).toBe(0);
  await page.getByRole("button", { name: "Import the other 2 rows" }).click();
  await page.getByRole("link", { name: "Download the rejected rows" }).waitFor();
  const found = await web.store.reading.accounts({ state: "all" }, null, 10);
  expect(found.map(({ id }) => id).toSorted()).toEqual(["A-1", "B-2"]);
  const known = await web.store.reading.account("A-1", 30_000);
  expect(known).toMatchObject({ name: "Acme Ltd" });
  expect((await web.store.accounts.traitNames()).map(({ trait }) => trait)).toEqual(["arr"]);

  await page.getByRole("tab", { name: "History" }).click();
  await page.getByRole("button", { name: "Q3-accounts-final-.csv" }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get("run")).toMatch(/^[0-9a-f-]{36}$/);
  const panel = page.getByRole("dialog");
  await panel.getByText("account_id is missing").waitFor();
  await panel.getByRole("button", { name: "The same as an import file" }).click();
  await panel.getByText('"Customer No" as "account_id"').waitFor();
  await expectAccessible(page);
});

test("what nothing in the file gives can be said for every row; a refusal loses nothing", async () => {
  const page = await web.open("ops", "/imports", { scheme: "dark" });
  await page.getByTestId("import-file").setInputFiles({
    name: "logins.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("account_id,timestamp\nA-1,2026-03-01T10:00:00Z\n"),
  });
  await page.getByRole("radiogroup").getByText("Events").click();
  const fixed = page.getByRole("textbox", { name: "event in every row" });
  expect(await page.getByRole("button", { name: "Try it" }).isDisabled()).toBe(true);
  await fixed.fill("Logged in");
  await page.route("**/check", (route) => route.abort());
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByRole("alert").waitFor();
  expect(await fixed.inputValue()).toBe("Logged in");
  await page.unroute("**/check");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByRole("button", { name: "Import 1 row" }).waitFor();
  await expectAccessible(page);
});

test("a CSM has no imports, and the server refuses them", async () => {
  await web.store.team.write(
    [
      {
        ...(await web.store.team.list()).find(({ id }) => id === "leader")!,
        id: "csm",
        access: "csm",
        email: "csm@touchstone.example",
        name: "A CSM",
      },
    ],
    { now: Date.now(), today: 20_000 },
  );
  const page = await web.open("csm", "/imports", { email: "csm@touchstone.example" });
  await page.getByText("This is not for you to see").waitFor();
  expect(await page.getByRole("navigation").getByText("Imports").count()).toBe(0);
  expect((await web.ask(page, "GET", "/api/imports")).status).toBe(403);
});
