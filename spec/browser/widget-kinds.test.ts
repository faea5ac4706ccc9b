import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "./launch-browser.ts";
import { CustomerSite } from "./support/customer-site.ts";
import { until, type Visit, visitPage } from "./support/visit-page.ts";

/** Each kind of message as users meet it, by mouse and by keyboard, and what comes back. */
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
    // while the page is there: a browser that is ended takes what is under way with it
    await until(() => site.events(user), ["touch:terms:seen", "touch:terms:dismissed"]);
  });
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

test.each([
  { touchpoint: "first", extra: { show: "celebration", button: "Share it" }, by: "being seen" },
  { touchpoint: "terms", extra: { show: "modal", button: "Understood" }, by: "its link" },
])("a $extra.show that is over by $by stays until it is closed", async ({ touchpoint, extra }) => {
  const user = site.newUser();
  const html = '<p>Read <a href="https://example.com/terms">more</a>.</p>';
  await site.send({ user, touchpoint, title: "Well done", html, extra });
  await visit(site.put({ user }), async ({ page, card }) => {
    await card.waitFor();
    if (extra.show === "modal") await page.getByRole("link", { name: "more" }).click();
    const result = extra.show === "modal" ? "clicked" : "seen";
    await expect.poll(() => site.events(user)).toContain(`touch:${touchpoint}:${result}`);
    for (const body of [{ messages: [] }, null]) {
      const answered = page.waitForResponse(/widget\/messages/);
      await page.evaluate("touchstone.check()");
      const answer = await answered;
      expect(answer.status() === 304 ? null : await answer.json()).toEqual(body);
    }
    expect(await card.isVisible()).toBe(true);
    await page.getByRole("button", { name: extra.button }).click();
    await card.waitFor({ state: "detached" });
  });
  await expect.poll(() => site.events(user)).toContain(`touch:${touchpoint}:clicked`);
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
