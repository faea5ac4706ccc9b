import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "./launch-browser.ts";
import { CustomerSite } from "./support/customer-site.ts";
import { until, type Visit, visitPage } from "./support/visit-page.ts";

/** Neither the page can harm the widget nor the widget the page or its users. */
let site: CustomerSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([CustomerSite.open(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const visit = (
  url: string,
  act: (visit: Visit) => Promise<void>,
  options: Parameters<typeof visitPage>[3] = {},
): Promise<void> => visitPage(browser, url, act, options);
/** The card, for scripts in the page: they do not see through the shadow root by themselves. */
const CARD = `[...document.documentElement.children].find((e) => e.shadowRoot).shadowRoot.querySelector(".card")`;

test("a forged token shows nothing, and says why in the console", async () => {
  const user = site.newUser();
  await site.send({ user, touchpoint: "secret" });
  const url = site.put({ user, token: site.token("somebody else") });
  await visit(url, async ({ page, card, complaints }) => {
    const answer = await page.waitForResponse(/widget\/messages/);
    expect(answer.status()).toBe(401);
    await until(() => Promise.resolve(complaints.join()), expect.stringContaining("not valid"));
    expect(await card.count()).toBe(0);
  });
  expect(await site.events(user)).toEqual([]);
});

test("markup in names and messages stays text, whatever the server sends", async () => {
  const user = `"><img src=x onerror=alert(1)>`;
  const attack = "<img src=x onerror=alert(1)><script>alert(1)</script>";
  await site.send({
    user,
    touchpoint: "xss",
    title: attack,
    html: `<p>Hello ${attack}</p><a href="javascript:alert(1)">click</a>`,
    extra: { show: "checklist", items: [attack, { text: "b", link: "javascript:alert(1)" }] },
  });
  const token = site.token(user);
  const attribute = user.replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  await visit(site.put({ user: attribute, token }), async ({ page, card, complaints }) => {
    let alerts = 0;
    page.on("dialog", () => (alerts += 1));
    await card.waitFor();
    expect(await page.getByRole("heading", { name: attack }).isVisible()).toBe(true);
    expect(await card.locator("img, script, a").count()).toBe(0);
    expect(alerts).toBe(0);
    expect(complaints).toEqual([]);
  });
  // even a server that has been taken over cannot make it run anything
  await visit(site.put({ user: site.newUser(), data: {} }), async ({ page, card }) => {
    await page.route(/widget\/messages/, (route) =>
      route.fulfill({
        headers: { "access-control-allow-origin": "*" },
        json: {
          messages: [
            {
              id: "1",
              show: "banner",
              title: attack,
              body: [
                { tag: "script", parts: ["alert(1)"] },
                { tag: "iframe", parts: ["framed"] },
                { tag: "a", parts: ["link"], href: "javascript:alert(1)" },
                attack,
              ],
              selector: null,
              button: attack,
              link: " javascript:alert(1)",
              items: [],
              lang: null,
              dir: "ltr",
              words: { close: attack, open: "Open", progress: "" },
              seen: true,
            },
          ],
        },
      }),
    );
    await page.reload();
    await card.waitFor();
    expect(await card.locator("script, iframe, img, a").count()).toBe(0);
    expect(await page.evaluate(`${CARD}.querySelector(".main").tagName`)).toBe("BUTTON");
  });
});

test("a page's own styles cannot hide, shrink or recolour it", async () => {
  const user = site.newUser();
  await site.send({ user, touchpoint: "news", title: "Still here" });
  const calm = { reducedMotion: "reduce" } as const;
  await visit(
    site.put({ user }),
    async ({ page, card }) => {
      await card.waitFor();
      const before = await card.boundingBox();
      await page.evaluate(`(() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(
      "* { display: none !important; opacity: 0 !important; font-size: 1px !important; color: red !important; transform: scale(0.1) !important; visibility: hidden !important } html, body { display: block !important; visibility: visible !important; opacity: 1 !important; transform: none !important } h1, section { all: revert !important }");
      document.adoptedStyleSheets = [sheet]; })()`);
      expect(await card.isVisible()).toBe(true);
      expect(await card.boundingBox()).toEqual(before);
      expect(await page.evaluate(`getComputedStyle(${CARD}).color`)).toBe("rgb(27, 33, 48)");
      expect(await page.evaluate(`getComputedStyle(${CARD}.getRootNode().host).opacity`)).toBe("1");
    },
    calm,
  );
});

test("Hebrew and emoji are written from the right, and the button to close is on the left", async () => {
  const user = site.newUser();
  await site.send({
    user,
    touchpoint: "news",
    title: "שלום 🎉",
    html: "<p>ברוכים הבאים</p>",
    locale: "he",
  });
  await visit(site.put({ user }), async ({ page, card }) => {
    await page.getByRole("region", { name: "שלום 🎉" }).waitFor();
    expect(await page.evaluate(`${CARD}.lang + "," + getComputedStyle(${CARD}).direction`)).toBe(
      "he,rtl",
    );
    const close = await page.getByRole("button", { name: "סגירה" }).boundingBox();
    expect(close?.x).toBeLessThan(((await card.boundingBox())?.x ?? 0) + 60);
  });
});

test("a single-page app signs in and out, and listens", async () => {
  const [first, second] = [site.newUser(), site.newUser()];
  await site.send({ user: first, touchpoint: "a", title: "For the first" });
  await site.send({ user: second, touchpoint: "b", title: "For the second" });
  await visit(site.put({}), async ({ page, card }) => {
    await page.waitForFunction("window.touchstone !== undefined");
    const identify = (user: string | null) =>
      page.evaluate(
        `touchstone.identify(${JSON.stringify(user === null ? null : { user, token: site.token(user) })})`,
      );
    await page.evaluate(
      "window.heard = []; window.off = touchstone.on('dismissed', (r) => heard.push(r.action))",
    );
    await identify(first);
    await page.getByRole("region", { name: "For the first" }).waitFor();
    await identify(null);
    expect(await card.count()).toBe(0);
    await identify(second);
    await page.getByRole("region", { name: "For the second" }).waitFor();
    await page.evaluate("touchstone.close()");
    expect(await card.count()).toBe(0);
    await identify(second);
    await page.getByRole("button", { name: "Close" }).press("Escape");
    expect(await page.evaluate("heard")).toEqual(["dismissed"]);
    await identify(null);
    await until(() => site.events(second), ["touch:b:seen", "touch:b:dismissed"]);
  });
  expect(await site.events(first)).toEqual(["touch:a:seen"]);
});

test("with consent, what was done offline is told from the next page; without, nothing is kept", async () => {
  for (const consent of ["yes", "no"]) {
    const user = site.newUser();
    await site.send({ user, touchpoint: "news" });
    const url = site.put({ user, data: { consent } });
    await visit(url, async ({ page, card }) => {
      await card.waitFor();
      await until(() => site.events(user), ["touch:news:seen"]);
      site.areReportsCut = true;
      await page.getByRole("button", { name: "Close" }).click();
      await card.waitFor({ state: "detached" });
      await until(
        () => page.evaluate("Object.keys(localStorage).length"),
        consent === "yes" ? 1 : 0,
      );
      if (consent === "yes") {
        site.areReportsCut = false;
        await page.goto(url);
        await until(() => site.events(user), ["touch:news:seen", "touch:news:dismissed"]);
        await until(() => page.evaluate("Object.keys(localStorage).length"), 0);
      } else {
        await page.goto(url);
        await card.waitFor();
        site.areReportsCut = false;
      }
    });
  }
});
