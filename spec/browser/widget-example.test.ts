import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Desk, ROOT } from "../e2e/support/command.ts";
import { RunningServer } from "../live/support/running-server.ts";
import { launchBrowser } from "./launch-browser.ts";
import { complaintsOf } from "./support/customer-site.ts";

/** examples/widget as its README says to run it: the whole way from an event to the page and back. */
let desk: Desk;
let server: RunningServer;
let app: ChildProcess;
let address: string;
let browser: Browser;
let widgetKey: { id: string; key: string };
beforeAll(async () => {
  desk = new Desk({}, "touchstone-widget-");
  await desk.done("apply", `${ROOT}examples/widget/model.yaml`, "--yes");
  server = await RunningServer.start(desk, ["serve", "--port", "0"], {});
  widgetKey = await desk.json("keys", "create", "the app", "--kind", "widget");
  const { key: writeKey } = await desk.json<{ key: string }>("keys", "create", "events");
  app = spawn(process.execPath, [`${ROOT}examples/widget/server.mjs`], {
    env: {
      PATH: process.env["PATH"],
      TOUCHSTONE: server.url,
      WIDGET_KEY_ID: widgetKey.id,
      WIDGET_KEY_SECRET: widgetKey.key,
      WRITE_KEY: writeKey,
      PORT: "0",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(app.stdout as NonNullable<typeof app.stdout>, "data")) as [Buffer];
  address = line.toString().trim();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  app?.kill();
  await server?.stop();
  desk?.remove();
});

async function came(page: Page, name: string): Promise<void> {
  await page.getByText(name, { exact: true }).waitFor({ timeout: 150_000 });
}

test("what people do in the example brings each kind of message, and what they make of it comes back", async () => {
  const page = await browser.newPage();
  const complaints = complaintsOf(page);
  await page.goto(address);
  await came(page, "Three steps to your first report");
  await page.getByRole("checkbox", { name: "Invite a colleague" }).check();
  await page.getByRole("button", { name: "Close" }).click();
  for (const [button, title, end] of [
    ["Open the reports", "Export lives here now", "Try it"],
    ["Plan some work", "We move house on Sunday", "Close"],
    ["Change the terms", "Our terms change in a month", "Understood"],
    ["Publish a report", "Your first report is out", "Share it further"],
  ] as const) {
    await page.getByRole("button", { name: button }).click();
    await came(page, title);
    await page.getByRole("button", { name: end }).click();
  }
  const touches = async () =>
    (await desk.json<{ touches: readonly { touchpoint: string; result: string }[] }>("touches"))
      .touches;
  await expect
    .poll(
      async () =>
        Object.fromEntries((await touches()).map(({ touchpoint, result }) => [touchpoint, result])),
      { timeout: 150_000 },
    )
    .toEqual({
      setup: "clicked",
      export_tip: "clicked",
      planned_work: "dismissed",
      terms: "clicked",
      first_report: "clicked",
    });
  expect(complaints).toEqual([]);
});
