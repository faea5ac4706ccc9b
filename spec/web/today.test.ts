import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localDay } from "../../src/core/time/zone.ts";
import { rescheduleTouch } from "../../src/engine/move-touches.ts";
import { assignTouchTo } from "../../src/engine/touch-notes.ts";
import { expectAccessible, openWeb, type Web } from "./support/open-web.ts";

interface Touch {
  readonly id: string;
  readonly account_name: string;
  readonly title: string;
  readonly status: string;
  readonly result: string | null;
  readonly note: string | null;
  readonly reason: string | null;
  readonly due: string;
  readonly snoozed_until?: string | null;
}
interface Day {
  readonly due: readonly Touch[];
  readonly coming: readonly Touch[];
  readonly snoozed: readonly Touch[];
}

/** Somebody with a list of eight, and a colleague with something to do, whatever the day is. */
const DUE = 8;
let web: Web;
let other: { readonly id: string; readonly name: string | null };
beforeAll(async () => {
  web = await openWeb();
  const { context, store, csm } = web;
  const today = localDay(Date.now(), "America/New_York");
  const accounts = new Set<string>();
  // one an account: the next of a series would make the one before it missed
  const open = (await store.reading.toDo({ owners: "all" }, 500)).filter(({ touch }) => {
    if (touch.owner === null || accounts.has(touch.account)) return false;
    accounts.add(touch.account);
    return true;
  });
  const mine = open.filter(({ touch }) => touch.owner === csm);
  const theirs = open.filter(({ touch }) => touch.owner !== csm);
  const team = await store.team.list();
  const free = team.filter(({ id, access, leave }) => {
    const hasWork = theirs.some(({ touch }) => touch.owner === id);
    return access === "csm" && leave.length === 0 && hasWork;
  });
  const [colleague] = free;
  if (!colleague) throw new Error("nobody else of the prepared book has anything to do");
  other = colleague;
  const move = (id: string) => rescheduleTouch(context, id, { due: today }, "for this test");
  const kept = theirs.find(({ touch }) => touch.owner === other.id);
  const given = theirs.filter((one) => one !== kept).slice(0, Math.max(0, DUE - mine.length));
  for (const { touch } of given) await assignTouchTo(context, touch.id, csm, "for this test");
  for (const { touch } of [...mine, ...given].slice(0, DUE)) await move(touch.id);
  if (kept) await move(kept.touch.id);
});
afterAll(() => web.close());

const day = async (page: Page, owner = ""): Promise<Day> =>
  (await web.ask(page, "GET", `/api/today${owner === "" ? "" : `?owner=${owner}`}`)).body as Day;
const touchOf = async (page: Page, id: string): Promise<Touch> =>
  (await web.ask(page, "GET", `/api/touches/${id}`)).body as Touch;
const rows = (page: Page) => page.getByRole("list", { name: "To do" }).getByRole("listitem");
const activeRow = (page: Page) => page.locator(".touch-row[data-active]");

async function openToday(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Today", level: 1 }).waitFor();
  await rows(page).first().waitFor();
}

test("a CSM gets from the list to the call and its result in a minute", async () => {
  const page = await web.open("csm", "/today", { width: 1280, height: 800 });
  await openToday(page);
  const before = await day(page);
  const [first] = before.due;
  if (!first) throw new Error("nothing is due");
  expect(await rows(page).count()).toBe(before.due.length);
  await expectAccessible(page);
  await rows(page).first().getByRole("button").first().click();
  const brief = page.getByRole("complementary", { name: "For the call" });
  await brief.getByRole("heading", { name: "Why now" }).waitFor();
  for (const part of ["What changed", "Health", "People"])
    await brief.getByRole("heading", { name: part, exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get("touch")).toBe(first.id);
  await expectAccessible(page);
  // the same view again for whoever gets the link
  await page.reload();
  await brief.getByRole("heading", { name: "Why now" }).waitFor();
  await brief.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Held" }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("They grow, and want a demo");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText(`${first.title}, ${first.account_name}: Held`).waitFor();
  await expect.poll(() => rows(page).count()).toBe(before.due.length - 1);
  // the page goes before the ten seconds are over: nothing is lost
  await page.goto("/portfolio");
  await expect
    .poll(async () => touchOf(page, first.id))
    .toMatchObject({ status: "done", result: "held", note: "They grow, and want a demo" });
});

test("Today without a mouse: open, done, undo, skip, snooze, move", async () => {
  const page = await web.open("csm", "/today", { scheme: "dark", width: 1280, height: 800 });
  await openToday(page);
  const { due } = await day(page);
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const isActive = async (touch: Touch | undefined): Promise<void> => {
    await expect.poll(() => activeRow(page).getAttribute("data-touch")).toBe(touch?.id);
  };
  await press("j", "k");
  await isActive(due[0]);
  await press("Enter");
  await page.getByRole("complementary", { name: "For the call" }).waitFor();
  await press("j");
  await isActive(due[1]);
  await expect.poll(() => new URL(page.url()).searchParams.get("touch")).toBe(due[1]?.id);
  await press("Escape");
  await expect.poll(() => new URL(page.url()).searchParams.has("touch")).toBe(false);

  // done, and not done after all: the note is still there
  await press("d", "1");
  await page.keyboard.type("wants a demo");
  await expectAccessible(page);
  await press("Enter");
  await isActive(due[2]);
  await press("u");
  await isActive(due[1]);
  expect(await touchOf(page, due[1]?.id ?? "")).toMatchObject({ result: null });
  await press("d");
  await expect
    .poll(() => page.getByRole("textbox", { name: "Note" }).inputValue())
    .toBe("wants a demo");
  await press("1", "Enter");
  await isActive(due[2]);

  await press("s", "2", "Enter");
  await isActive(due[3]);
  await press("h", "1");
  await isActive(due[4]);
  await press("m", "1");
  await page.keyboard.type("they asked");
  await press("Enter");
  await isActive(due[5]);
  // what was done before goes at once when the page is hidden; here its ten seconds run out
  await page.goto("/portfolio");
  const ids = due.map(({ id }) => id);
  await expect
    .poll(async () => touchOf(page, ids[1] ?? ""))
    .toMatchObject({ status: "done", result: "held", note: "wants a demo" });
  await expect
    .poll(async () => touchOf(page, ids[2] ?? ""))
    .toMatchObject({ status: "skipped", reason: "Settled otherwise" });
  await expect.poll(async () => (await day(page)).snoozed.map(({ id }) => id)).toContain(ids[3]);
  await expect
    .poll(async () => touchOf(page, ids[4] ?? ""))
    .toMatchObject({ status: "planned", reason: "moved by hand: they asked" });
});

test("a refused change comes back, says why, and keeps what was typed", async () => {
  const page = await web.open("csm", "/today");
  await openToday(page);
  const [first] = (await day(page)).due;
  if (!first) throw new Error("nothing is due");
  await page.keyboard.press("s");
  await page.keyboard.press("1");
  // meanwhile somebody else does it
  await page.route("**/skip", (route) =>
    route.fulfill({
      status: 409,
      contentType: "application/problem+json",
      body: JSON.stringify({ code: "wrong-status", status: 409, detail: "it is done" }),
    }),
  );
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator(`[data-touch="${first.id}"]`).count()).toBe(0);
  // leaving for another tab sends it
  await page.evaluate(`
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  `);
  await page.getByRole("alert").getByText("it is done").waitFor();
  await page.locator(`[data-touch="${first.id}"]`).waitFor();
  await page.locator(`[data-touch="${first.id}"]`).getByRole("button").first().focus();
  await page.keyboard.press("s");
  expect(await page.getByRole("textbox", { name: "Reason" }).inputValue()).toBe(
    "They do not want it",
  );
});

test("others' lists are read by leaders; nobody changes what is not theirs", async () => {
  const page = await web.open("csm", `/today?owner=${other.id}&view=week`);
  await page.getByRole("heading", { level: 1, name: other.name ?? "" }).waitFor();
  expect(await page.getByRole("combobox", { name: "Whose day" }).count()).toBe(0);
  const { due, coming } = await day(page, other.id);
  const [theirs] = [...due, ...coming];
  if (!theirs) throw new Error("the other one has nothing to do");
  await page.goto(`/today?owner=${other.id}&touch=${theirs.id}`);
  const brief = page.getByRole("complementary", { name: "For the call" });
  await brief.getByText("somebody else’s").waitFor();
  expect(await brief.getByRole("button", { name: "Done" }).count()).toBe(0);
  const skip = await web.ask(page, "POST", `/api/touches/${theirs.id}/skip`, { reason: "x" });
  expect(skip.status).toBe(403);

  const leader = await web.open("leader", "/today", { language: "ms" });
  await leader.getByRole("combobox", { name: "Hari siapa" }).click();
  await leader.getByRole("option", { name: other.name ?? "" }).click();
  await leader.getByRole("heading", { level: 1, name: other.name ?? "" }).waitFor();
  await leader.goto(`/today?owner=${other.id}&view=week`);
  await leader.getByText("Minggu", { exact: true }).waitFor();
  await expectAccessible(leader);
});

test("a touch done elsewhere leaves the list, a new one comes, and the row one is at stays", async () => {
  const page = await web.open("csm", "/today");
  await openToday(page);
  await page.keyboard.press("j");
  const active = await activeRow(page).getAttribute("data-touch");
  const [first] = (await day(page)).due;
  await web.ask(page, "POST", `/api/touches/${first?.id}/skip`, { reason: "settled" });
  await expect.poll(() => page.locator(`[data-touch="${first?.id}"]`).count()).toBe(0);
  expect(await activeRow(page).getAttribute("data-touch")).toBe(active);
  const others = await web.store.reading.toDo({ owners: "all" }, 200);
  const given = others.find(({ touch }) => touch.owner !== null && touch.owner !== web.csm)?.touch;
  if (!given) throw new Error("nobody else has anything to do");
  const { id } = given;
  await assignTouchTo(web.context, id, web.csm, "help out");
  const { today } = (await web.ask(page, "GET", "/api/workspace")).body as { today: string };
  await rescheduleTouch(web.context, id, { due: Date.parse(today) / 86_400_000 }, "now");
  await page.locator(`[data-touch="${id}"]`).waitFor();
  expect(await activeRow(page).getAttribute("data-touch")).toBe(active);
});
