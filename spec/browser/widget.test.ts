import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "./launch-browser.ts";
import { complaintsOf, CustomerSite } from "./support/customer-site.ts";

let site: CustomerSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([CustomerSite.open(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

interface Visit {
  readonly page: Page;
  readonly card: Locator;
  readonly complaints: readonly string[];
}

/** Opens a page in a browser that knows nothing of earlier ones; answers what the test says, and closes it. */
async function visit(
  url: string,
  act: (visit: Visit) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const complaints = complaintsOf(page);
    await page.goto(url);
    await act({ page, card: page.locator(".card"), complaints });
  } finally {
    await context.close();
  }
}

async function until(check: () => Promise<unknown>, wanted: unknown): Promise<void> {
  await expect.poll(check, { timeout: 30_000 }).toEqual(wanted);
}
/** The card, for scripts in the page: they do not see through the shadow root by themselves. */
const CARD = `[...document.documentElement.children].find((e) => e.shadowRoot).shadowRoot.querySelector(".card")`;
/** The text of what has the focus, through shadow roots; for texts of ours only. */
const FOCUSED = `(() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at?.getAttribute("aria-label") ?? at?.textContent ?? ""; })()`;

test("a banner is shown under a strict policy; that it was seen and clicked comes back once", async () => {
  const user = site.newUser();
  await site.send({
    user,
    touchpoint: "news",
    title: "Reports are here",
    html: "<p>All of your data, <strong>in one place</strong>.</p>",
    extra: { button: "Show me", link: "/reports" },
  });
  await visit(site.put({ user }), async ({ page, card, complaints }) => {
    await card.waitFor();
    expect(await page.getByRole("region", { name: "Reports are here" }).isVisible()).toBe(true);
    expect(await card.locator("strong").textContent()).toBe("in one place");
    expect((await card.boundingBox())?.width).toBeGreaterThan(300);
    await until(() => site.events(user), ["touch:news:seen"]);
    await page.getByRole("link", { name: "Show me" }).click();
    await page.waitForURL("**/reports");
    expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
  });
  await until(() => site.events(user), ["touch:news:seen", "touch:news:clicked"]);
  await visit(site.put({ user }), async ({ page, card }) => {
    await page.waitForResponse(/widget\/messages/);
    expect(await card.count()).toBe(0);
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate("localStorage.length + sessionStorage.length")).toBe(0);
  });
  expect(await site.events(user)).toEqual(["touch:news:seen", "touch:news:clicked"]);
});

test("a modal keeps the keyboard inside, closes on Esc and gives the focus back", async () => {
  const user = site.newUser();
  await site.send({
    user,
    touchpoint: "terms",
    title: "New terms",
    html: '<p>Read <a href="https://example.com/terms">the terms</a>.</p>',
    extra: { show: "modal", button: "Understood" },
  });
  const html = '<button autofocus id="own">Own button</button>';
  await visit(site.put({ user, html }), async ({ page, complaints }) => {
    const dialog = page.getByRole("dialog", { name: "New terms" });
    await dialog.waitFor();
    const seen = new Set<string>();
    for (let n = 0; n < 8; n++) {
      seen.add(String(await page.evaluate(FOCUSED)));
      await page.keyboard.press("Tab");
    }
    expect([...seen]).toEqual(expect.arrayContaining(["the terms", "Understood", "Close"]));
    expect([...seen]).not.toContain("Own button");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(await page.evaluate(FOCUSED)).toBe("Own button");
    expect(complaints).toEqual([]);
  });
  await until(() => site.events(user), ["touch:terms:seen", "touch:terms:dismissed"]);
});

test("a checklist is ticked off by keyboard, step by step, and goes when all is done", async () => {
  const user = site.newUser();
  await site.send({
    user,
    touchpoint: "setup",
    title: "Get started",
    extra: {
      show: "checklist",
      items: ["Invite a colleague", { text: "Connect a source", link: "/sources" }],
    },
  });
  const url = site.put({ user });
  await visit(url, async ({ page }) => {
    const first = page.getByRole("checkbox", { name: "Invite a colleague" });
    await first.focus();
    await page.keyboard.press("Space");
    expect(await page.getByText("1 of 2 done").isVisible()).toBe(true);
    await until(
      () => site.events(user),
      ["touch:setup:seen", "touch:setup:clicked", "in_app:setup:item_done"],
    );
  });
  await visit(url, async ({ page, card }) => {
    expect(await page.getByRole("checkbox", { name: "Invite a colleague" }).isChecked()).toBe(true);
    expect(await page.getByRole("link", { name: "Connect a source" }).isVisible()).toBe(true);
    await page.getByRole("checkbox", { name: "Connect a source" }).check();
    await card.waitFor({ state: "detached" });
  });
  await until(
    async () => (await site.events(user)).slice(3).toSorted(),
    ["in_app:setup:item_done", "touch:setup:completed"],
  );
});

test("what is done in quick succession is told in its order", async () => {
  const user = site.newUser();
  const items = ["one", "two"];
  await site.send({ user, touchpoint: "setup", extra: { show: "checklist", items } });
  await visit(site.put({ user }), async ({ page }) => {
    await page.getByRole("checkbox", { name: "one" }).check();
    await page.getByRole("button", { name: "Close" }).click();
    await page.goto("about:blank");
  });
  const wanted = ["touch:setup:seen", "touch:setup:clicked", "in_app:setup:item_done"];
  await until(() => site.events(user), wanted);
  await until(
    async () => (await site.test.store.inApp.sentTo(user, 0, 1))[0]?.dismissedAt,
    site.test.now,
  );
  expect(await site.events(user)).toEqual(wanted);
});

test("a tooltip waits for what it points at, follows it and goes with it", async () => {
  const user = site.newUser();
  await site.send({
    user,
    touchpoint: "tip",
    title: "Export lives here now",
    extra: { show: "tooltip", selector: "#export" },
  });
  const html = '<p>Text</p><main id="main"></main>';
  await visit(site.put({ user, html }), async ({ page, card, complaints }) => {
    await page.waitForResponse(/widget\/messages/);
    expect(await card.count()).toBe(0);
    await page.evaluate(
      `document.querySelector("#main").append(Object.assign(document.createElement("button"), {id: "export", textContent: "Export"}))`,
    );
    await card.waitFor();
    const gap = async (): Promise<number> => {
      const bubble = await card.boundingBox();
      const button = await page.locator("#export").boundingBox();
      return Math.round((bubble?.y ?? 0) - (button?.y ?? 0) - (button?.height ?? 0));
    };
    await until(gap, 12);
    await page.evaluate('document.querySelector("#main").style.marginTop = "120px"');
    await until(gap, 12);
    await page.evaluate('document.querySelector("#export").remove()');
    await card.waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });
  expect(await site.events(user)).toEqual(["touch:tip:seen"]);
});

test("a selector that is none is passed over, and the next message is shown", async () => {
  const user = site.newUser();
  await site.send({
    user,
    touchpoint: "tip",
    extra: { show: "tooltip", selector: "###" },
    touch: { purpose: "transactional" },
  });
  await site.send({ user, touchpoint: "news", title: "The next one" });
  await visit(site.put({ user }), async ({ page, complaints }) => {
    await page.getByRole("region", { name: "The next one" }).waitFor();
    expect(complaints).toEqual([]);
  });
});

test("a celebration has confetti, and none for those who asked for less motion", async () => {
  const user = site.newUser();
  const celebrate = () =>
    site.send({ user, touchpoint: "first", title: "Well done", extra: { show: "celebration" } });
  await celebrate();
  await visit(site.put({ user }), async ({ page, card }) => {
    await card.waitFor();
    expect(await page.locator(".confetti i").count()).toBeGreaterThan(20);
    await until(() => site.events(user), ["touch:first:seen"]);
  });
  const calm = site.newUser();
  await site.send({
    user: calm,
    touchpoint: "first",
    title: "Well",
    extra: { show: "celebration" },
  });
  await visit(
    site.put({ user: calm }),
    async ({ page, card }) => {
      await card.waitFor();
      expect(await page.locator(".confetti i").count()).toBe(0);
    },
    { reducedMotion: "reduce" },
  );
});

test("one at a time: closing the first brings the next", async () => {
  const user = site.newUser();
  await site.send({ user, touchpoint: "second", title: "Second" });
  await site.send({
    user,
    touchpoint: "first",
    title: "First",
    touch: { purpose: "transactional" },
  });
  await visit(site.put({ user }), async ({ page, card }) => {
    await page.getByRole("region", { name: "First" }).waitFor();
    expect(await card.count()).toBe(1);
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("region", { name: "Second" }).waitFor();
    expect(await card.count()).toBe(1);
  });
  await until(
    () => site.events(user),
    ["touch:first:seen", "touch:first:dismissed", "touch:second:seen"],
  );
});

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
      await page.route(/widget\/reports/, (route) => route.abort());
      await page.getByRole("button", { name: "Close" }).click();
      await card.waitFor({ state: "detached" });
      await until(
        () => page.evaluate("Object.keys(localStorage).length"),
        consent === "yes" ? 1 : 0,
      );
      await page.unroute(/widget\/reports/);
      await page.goto(url);
      if (consent === "yes") {
        await until(() => site.events(user), ["touch:news:seen", "touch:news:dismissed"]);
        await until(() => page.evaluate("Object.keys(localStorage).length"), 0);
      } else {
        await card.waitFor();
      }
    });
  }
});
