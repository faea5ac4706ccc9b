import * as esbuild from "esbuild";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "./launch-browser.ts";
import { complaintsOf, CustomerSite } from "./support/customer-site.ts";

/** @segment/analytics-next as customers put it into their pages, only with another host. */
let site: CustomerSite;
let browser: Browser;
let writeKey: string;
let script: string;
beforeAll(async () => {
  [site, browser, script] = await Promise.all([CustomerSite.open(), launchBrowser(), bundled()]);
  writeKey = (await site.test.newKey("write")).secret;
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

async function bundled(): Promise<string> {
  const built = await esbuild.build({
    stdin: {
      contents: `import { AnalyticsBrowser } from "@segment/analytics-next";
        window.AnalyticsBrowser = AnalyticsBrowser;`,
      resolveDir: fileURLToPath(new URL("../../", import.meta.url)),
    },
    bundle: true,
    minify: true,
    write: false,
    define: { global: "window" },
  });
  return built.outputFiles[0]?.text ?? "";
}

test.each([
  ["one request an event", {}],
  ["by the settings that our server hands out", null],
  ["in batches", { deliveryStrategy: { strategy: "batching", config: { size: 3, timeout: 200 } } }],
])("%s: what the page tracks is there, the user as contact of the account", async (what, how) => {
  const account = `acme ${what}`;
  const context = await browser.newContext({ timezoneId: "Asia/Tokyo", locale: "de-DE" });
  try {
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    const sent: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/v1/"))
        sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    await page.goto(site.put({ script, html: "<p>Reports</p>" }));
    const cdnSettings = {
      integrations: {
        "Segment.io": {
          apiKey: writeKey,
          apiHost: `${site.server.replace("http://", "")}/v1`,
          protocol: "http",
          ...how,
        },
      },
    };
    const settings = how === null ? { cdnURL: site.server } : { cdnSettings };
    await page.evaluate(`(async () => {
      const analytics = AnalyticsBrowser.load(${JSON.stringify({ writeKey, ...settings })});
      await analytics.identify(${JSON.stringify(what)}, { email: "Ada@Example.com", firstName: "Ada", lastName: "Ö 🎉" });
      await analytics.group(${JSON.stringify(account)}, { name: "Acme", plan: "pro" });
      await analytics.track("Report Viewed", { id: 7 });
      await analytics.page("Home");
    })()`);
    const found = async () => {
      const [loaded] = await site.test.store.accounts.load([account]);
      return (loaded?.events ?? []).map(({ name }) => name).toSorted();
    };
    await expect
      .poll(found, { timeout: 30_000 })
      .toEqual(["Report Viewed", "Viewed Home Page"].toSorted());
    const [loaded] = await site.test.store.accounts.load([account]);
    expect(loaded).toMatchObject({ name: "Acme" });
    expect(loaded?.contacts).toMatchObject([
      { user: what, email: "ada@example.com", name: "Ada Ö 🎉", timezone: "Asia/Tokyo" },
    ]);
    expect(complaints).toEqual([]);
    const paths = new Set(sent.filter((line) => line.startsWith("POST")));
    expect([...paths].toSorted()).toEqual(
      what === "in batches"
        ? ["POST /v1/b"]
        : ["POST /v1/g", "POST /v1/i", "POST /v1/p", "POST /v1/t"],
    );
  } finally {
    await context.close();
  }
});
