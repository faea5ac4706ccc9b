import { afterAll, beforeAll, expect, test } from "vitest";
import { applyModel } from "../../src/engine/apply-model.ts";
import { readModelFiles } from "../../src/cli/model-files.ts";
import { openWeb, type Web } from "./support/open-web.ts";

let web: Web;
beforeAll(async () => {
  web = await openWeb({ data: "empty" });
  const files = await readModelFiles("examples/01-first-model");
  if (!files) throw new Error("the example is not there");
  await applyModel(web.context, files, { reason: "nobody is here yet" });
});
afterAll(() => web.close());

test("a model without accounts: each screen says so and leads whoever may to the imports", async () => {
  const ops = await web.open("ops", "/today");
  const importing = ops.getByRole("link", { name: "Import accounts" });
  for (const screen of ["Today", "Portfolio", "Board", "Overview"]) {
    await ops.getByRole("link", { name: screen, exact: true }).click();
    await ops.getByRole("heading", { level: 1, name: screen }).waitFor();
    await ops.getByText("There are no accounts yet").waitFor();
    await importing.waitFor();
  }
  await importing.click();
  await ops.getByText("Drop a file here").waitFor();
});

test("whoever may not import is told whom to wait for, and led on by links to nothing", async () => {
  const leader = await web.open("leader", "/overview");
  await leader.getByText("They show here once operations has imported them.").waitFor();
  expect(await leader.getByRole("link", { name: "Import accounts" }).count()).toBe(0);
  // previews are not for leaders: the link leads to what is
  await leader.goto("/outbox?view=preview");
  await leader.getByText("No messages here").waitFor();
  await leader.goto("/accounts/nobody");
  await leader.getByText("There is no account “nobody”").waitFor();
});
