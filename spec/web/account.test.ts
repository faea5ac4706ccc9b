import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible, openWeb, type Web } from "./support/open-web.ts";

let web: Web;
/** An account of the CSM who signs in, with a renewal date; and one of somebody else. */
let mine: Item;
let others: Item;

interface Item {
  readonly id: string;
  readonly name: string;
  readonly level: string;
}

beforeAll(async () => {
  web = await openWeb();
  const all = await web.store.reading.accounts({ state: "decided" }, null, 500);
  const items = all.flatMap(({ id, name, owner, decision }) =>
    name !== null && decision?.level && decision.health.score !== null
      ? [{ id, name, owner, level: decision.level.name, stage: decision.stage?.name }]
      : [],
  );
  const own = items.filter(({ owner }) => owner === web.csm);
  mine = own.find(({ level }) => level === "high") ?? (own[0] as Item);
  others = items.find(({ owner }) => owner !== null && owner !== web.csm) as Item;
});
afterAll(() => web.close());

const get = async <T>(page: Page, path: string): Promise<T> =>
  (await web.ask(page, "GET", path)).body as T;

interface Change {
  readonly fact: string;
  readonly to: unknown;
}
interface Explained {
  readonly level: { readonly name: string; readonly steps: readonly { readonly name?: string }[] };
  readonly stage: { readonly name: string };
  readonly health: { readonly score: number; readonly measures: object };
}

const spoken = (name: string): string => name.replaceAll("_", " ");

test("each item of the header opens its why, and what would change it is what the API says", async () => {
  const page = await web.open("csm", `/accounts/${mine.id}`);
  await page.getByRole("heading", { level: 1, name: mine.name }).waitFor();
  const explained = await get<Explained>(page, `/api/accounts/${mine.id}/explain`);
  const why = async (of: RegExp): Promise<string> => {
    await page.getByRole("button", { name: of }).click();
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await expect.poll(() => dialog.getByRole("status").count()).toBe(0);
    const text = await dialog.innerText();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    return text;
  };
  const level = await why(/^Why: Level/);
  expect(level).toContain(`Level: ${explained.level.name}`);
  for (const { name } of explained.level.steps) if (name) expect(level).toContain(spoken(name));
  expect(await why(/^Why: Stage/)).toContain(`Stage: ${spoken(explained.stage.name)}`);
  const health = await why(/^Why: Health/);
  for (const name of Object.keys(explained.health.measures)) expect(health).toContain(spoken(name));
  expect(health).toMatch(/weight \d+/);
  expect(await why(/^Why: Owner/)).toMatch(/imported data|Given to/);
  expect(await why(/^Why: Renewal/)).toMatch(/Source: trait/);
  expect(await why(/^Why: ARR/)).toMatch(/Rules that read it/);
  // by the address alone, with the ways to another band
  const changes = await get<{ band: { up: Change[]; down: Change[] } }>(
    page,
    `/api/accounts/${mine.id}/what-would-change`,
  );
  await page.goto(`/accounts/${mine.id}?why=health`);
  const dialog = page.getByRole("dialog");
  for (const { fact } of [...changes.band.up, ...changes.band.down].slice(0, 2)) {
    const told = dialog.getByText(new RegExp(`^${spoken(fact)} would have to`, "i"));
    await told.first().waitFor();
  }
  await expectAccessible(page);
});

describe("as of a past day", () => {
  test("it is what the API says of that day, nothing can be changed, and arrows move by days", async () => {
    const page = await web.open("csm", "/today");
    const { today } = await get<{ today: string }>(page, "/api/workspace");
    const day = (ago: number): string =>
      new Date(Date.parse(today) - ago * 86_400_000).toISOString().slice(0, 10);
    const then = await get<Explained>(page, `/api/accounts/${mine.id}/explain?at=${day(40)}`);
    await page.goto(`/accounts/${mine.id}?at=${day(40)}`);
    await page.getByText(/The account as it was on/).waitFor();
    const standing = page.getByRole("group", { name: "Where the account stands" });
    const score = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
    for (const text of [then.level.name, spoken(then.stage.name), score.format(then.health.score)])
      await standing.getByText(text, { exact: true }).first().waitFor();
    expect(await page.getByRole("button", { name: "Change", exact: true }).count()).toBe(0);
    expect(await page.getByRole("textbox", { name: "Note" }).count()).toBe(0);
    await page.getByRole("button", { name: "The day before" }).focus();
    await page.keyboard.press("ArrowLeft");
    await page.waitForURL(`**at=${day(41)}*`);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(`**at=${day(39)}*`);
    await page.getByRole("button", { name: "Back to today" }).click();
    await page.getByRole("button", { name: "Change", exact: true }).waitFor();
    expect(page.url()).not.toContain("at=");
  });
});

test("a note is written with the keyboard alone and stays; a level is pinned with a reason", async () => {
  const page = await web.open("csm", `/accounts/${mine.id}`);
  await page.getByRole("textbox", { name: "Note" }).waitFor();
  await page.keyboard.press("n");
  await page.keyboard.type("Ann prefers calls before ten.");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => page.getByRole("textbox", { name: "Note" }).inputValue()).toBe("");
  await page.reload();
  await page.getByRole("listitem").getByText("Ann prefers calls before ten.").waitFor();

  const level = mine.level === "low" ? "medium" : "low";
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByRole("menuitem", { name: "Pin a level" }).click();
  await page.getByRole("dialog").getByLabel("Level").click();
  await page.getByRole("option", { name: level, exact: true }).click();
  expect(await page.getByRole("button", { name: "Pin", exact: true }).isDisabled()).toBe(true);
  await page.getByRole("textbox", { name: "Reason" }).fill("asked to be left alone");
  await page.getByRole("button", { name: "Pin", exact: true }).click();
  await page.getByText(`The account moved: ${mine.level} -> ${level}`).waitFor();
  await page.getByLabel("Pinned by hand").waitFor();
  const now = await get<{ level: string; pinned: boolean }>(page, `/api/accounts/${mine.id}`);
  expect(now).toMatchObject({ level, pinned: true });
  await page.goto(`/accounts/${mine.id}?tab=timeline&kind=people`);
  await page.getByText(/Level pinned to .*: asked to be left alone/).waitFor();
  await page.getByText(/Note by .*: Ann prefers calls before ten/).waitFor();
});

test("what somebody else has changed meanwhile is said, and what was typed stays", async () => {
  const page = await web.open("leader", `/accounts/${others.id}?tab=facts&q=arr`);
  await page.getByRole("button", { name: "Change a fact: ARR" }).click();
  await page.getByRole("textbox", { name: "New value" }).fill("77777");
  await page.getByRole("textbox", { name: "Reason" }).fill("signed on Friday");
  const first = await web.ask(page, "PATCH", `/api/accounts/${others.id}`, {
    name: "Changed meanwhile",
    reason: "renamed",
  });
  expect(first.status).toBe(200);
  await page.getByRole("button", { name: "Change", exact: true }).last().click();
  await page
    .getByRole("alert")
    .getByText(/changed by somebody else/)
    .waitFor();
  expect(await page.getByRole("textbox", { name: "Reason" }).inputValue()).toBe("signed on Friday");
  await page.getByRole("button", { name: /Look at it as it is now/ }).click();
  await page.getByRole("alert").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Change", exact: true }).last().click();
  await page.getByRole("cell", { name: /77,777/ }).waitFor();
  await page.getByRole("heading", { level: 1, name: "Changed meanwhile" }).waitFor();
});

test("a CSM is shown nothing to change of others' accounts, and the API refuses it too", async () => {
  const page = await web.open("csm", `/accounts/${others.id}`);
  await page.getByRole("tab", { name: "Overview" }).waitFor();
  await page.getByText("What happened lately").waitFor();
  expect(await page.getByRole("button", { name: "Change", exact: true }).count()).toBe(0);
  expect(await page.getByRole("textbox", { name: "Note" }).count()).toBe(0);
  const pin = await web.ask(page, "PUT", `/api/accounts/${others.id}/pin`, {
    level: "low",
    reason: "mine",
  });
  const note = await web.ask(page, "POST", `/api/accounts/${others.id}/notes`, { note: "mine" });
  expect([pin.status, note.status]).toEqual([403, 403]);
});

test("a touch on the calendar is done from its panel; every tab passes in the dark", async () => {
  const page = await web.open("csm", "/today", { scheme: "dark", width: 1280, height: 800 });
  const { items } = await get<{ items: { id: string; title: string; due: string }[] }>(
    page,
    `/api/touches?account=${mine.id}&status=planned,due&human=true&limit=1`,
  );
  const [touch] = items;
  if (touch) {
    await page.goto(`/accounts/${mine.id}?tab=touches&on=${touch.due}`);
    await page.getByRole("grid").getByRole("button", { name: touch.title }).first().click();
    const panel = page.getByRole("dialog");
    await panel.getByRole("textbox", { name: "Note" }).fill("all well");
    await expectAccessible(page);
    await panel.getByRole("button", { name: "Done", exact: true }).click();
    await panel.waitFor({ state: "detached" });
    const done = await get<{ status: string; note: string }>(page, `/api/touches/${touch.id}`);
    expect(done).toMatchObject({ status: "done", note: "all well" });
  }
  for (const [tab, sign] of [
    ["Timeline", "Find in the timeline"],
    ["Usage", "Facts over time"],
    ["Contacts", "Preferences"],
    ["Facts", "Find a fact"],
  ] as const) {
    await page.getByRole("tab", { name: tab, exact: true }).click();
    await page.getByLabel(sign).or(page.getByText(sign)).first().waitFor();
    await expectAccessible(page);
  }
});

test("from its panel a touch is put off and given to somebody; people are invited to a meeting", async () => {
  const page = await web.open("csm", "/today");
  interface Seen {
    id: string;
    account: string;
    channel: string;
    owner: string | null;
    snoozed_until: string | null;
  }
  const { items } = await get<{ items: Seen[] }>(
    page,
    `/api/touches?owner=${web.csm}&status=planned,due&human=true&limit=200`,
  );
  const touch = items.find(
    ({ channel, owner }) => owner === web.csm && ["call", "video", "in_person"].includes(channel),
  );
  if (!touch) throw new Error("the book has no meeting to come");
  const now = async (): Promise<Seen> => get<Seen>(page, `/api/touches/${touch.id}`);
  const panel = page.getByRole("dialog").first();
  const choose = async (what: string): Promise<void> => {
    await page.goto(`/accounts/${touch.account}?tab=touches&touch=${touch.id}`);
    await panel.getByText(what, { exact: true }).click();
  };
  await choose("Fix a time");
  await panel.getByText("They get an invitation by mail with the time.").waitFor();
  await expectAccessible(page);

  await choose("Snooze");
  await panel.getByRole("button", { name: "In an hour" }).click();
  await expect.poll(async () => (await now()).snoozed_until).not.toBeNull();

  await choose("Assign");
  await panel.getByRole("combobox", { name: "To whom" }).click();
  await page.getByRole("option").first().click();
  await panel.getByRole("textbox", { name: "Reason" }).fill("they know each other");
  await panel.getByRole("button", { name: "Assign", exact: true }).click();
  await expect.poll(async () => (await now()).owner).not.toBe(touch.owner);
});
