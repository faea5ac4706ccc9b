import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatDay } from "../../src/core/time/day.ts";
import { localDay } from "../../src/core/time/zone.ts";
import { putMember, setLeave } from "../../src/engine/team-by-hand.ts";
import { addTouchByHand } from "../../src/engine/touch-actions.ts";
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

/** The open touch's panel, with one of the things to do with it chosen. */
const panelOf = (page: Page) => page.getByRole("dialog").first();
async function choose(page: Page, what: string): Promise<void> {
  const choices = panelOf(page).getByRole("group", { name: "What became of it" });
  await choices.getByRole("button", { name: what, exact: true }).click();
}

test("a touch on the calendar is done by Today's forms, with what it asks; every tab passes in the dark", async () => {
  const page = await web.open("csm", "/today", { scheme: "dark", width: 1280, height: 800 });
  const due = Math.floor(Date.now() / 86_400_000) + 2;
  const { touch } = await addTouchByHand(web.context, mine.id, "business_review", {
    nonce: "panel",
    due,
  });
  const now = () => get<{ status: string }>(page, `/api/touches/${touch.id}`);
  await page.goto(`/accounts/${mine.id}?tab=touches&on=${formatDay(due)}`);
  const onCalendar = (status: string) =>
    page.getByRole("grid").getByTitle(`${touch.title} · ${status}`, { exact: true }).last();
  await onCalendar("planned").click();
  const panel = panelOf(page);
  await choose(page, "Done");
  const results = panel.getByRole("group", { name: "Result" }).getByRole("button");
  const { touch: row } = await get<{ touch: { results: readonly string[] } }>(
    page,
    `/api/touches/${touch.id}/brief`,
  );
  expect(await results.count()).toBe(row.results.length);
  await results.getByText("Held").click();
  await panel.getByRole("textbox", { name: "Note" }).fill("all well");
  await panel.getByRole("combobox", { name: "growth potential" }).click();
  await page.getByRole("option", { name: "high", exact: true }).click();
  await expectAccessible(page);
  await panel.getByRole("button", { name: "Save" }).click();
  await panel.waitFor({ state: "detached" });
  // taken back within ten seconds, what was written is there again
  await onCalendar("done").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await onCalendar("planned").click();
  await choose(page, "Done");
  expect(await panel.getByRole("textbox", { name: "Note" }).inputValue()).toBe("all well");
  expect(await now()).toMatchObject({ status: "planned" });
  await panel.getByRole("combobox", { name: "growth potential" }).click();
  await page.getByRole("option", { name: "high", exact: true }).click();
  await panel.getByRole("textbox", { name: "Note" }).press("Enter");
  await onCalendar("done").waitFor();
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
  // wherever one is by then, it goes to the server once its time is over
  const done = { status: "done", result: "held", note: "all well" };
  await expect.poll(now).toMatchObject(done);
  interface Fact {
    readonly name: string;
    readonly value: unknown;
  }
  const { facts } = await get<{ facts: Fact[] }>(page, `/api/accounts/${mine.id}/facts`);
  expect(facts.find(({ name }) => name === "growth_potential")?.value).toBe("high");
});

test("from its panel people are invited to a meeting; it is put off and given to somebody", async () => {
  const page = await web.open("csm", "/today");
  interface Seen {
    readonly owner: string | null;
    readonly due: string;
    readonly starts_at: string | null;
    readonly snoozed_until: string | null;
  }
  interface Person {
    readonly id: string;
    readonly name: string | null;
    readonly email: string | null;
  }
  const { timezone } = await get<{ timezone: string }>(page, "/api/workspace");
  const { items: people } = await get<{ items: Person[] }>(
    page,
    `/api/contacts?account=${mine.id}&limit=100`,
  );
  const guests = people.filter(({ name, email }) => name !== null && email !== null).slice(0, 2);
  expect(guests).toHaveLength(2);
  const due = Math.floor(Date.now() / 86_400_000) + 7;
  const { touch } = await addTouchByHand(web.context, mine.id, "check_in", { nonce: "meet", due });
  const now = async (): Promise<Seen> => get<Seen>(page, `/api/touches/${touch.id}`);
  const panel = panelOf(page);
  const open = async (what: string): Promise<void> => {
    await page.goto(`/accounts/${mine.id}?tab=touches&touch=${touch.id}`);
    await choose(page, what);
  };
  await open("Fix a time");
  await panel.getByText("They get an invitation by mail with the time.").waitFor();
  await expectAccessible(page);
  await panel.getByLabel("Starts at").fill("15:30");
  for (const { name } of guests) {
    await panel.getByRole("combobox", { name: "Invited" }).fill(name ?? "");
    await page
      .getByRole("option", { name: name ?? "", exact: true })
      .first()
      .click();
  }
  await panel.getByRole("heading").first().click();
  await panel.getByRole("button", { name: "Fix a time" }).last().click();
  await panel.waitFor({ state: "detached" });
  const { starts_at: startsAt, due: day } = await now();
  const clock = new Intl.DateTimeFormat("en-CA", {
    timeZone: timezone,
    dateStyle: "short",
    timeStyle: "short",
    hourCycle: "h23",
  });
  expect(clock.format(new Date(startsAt ?? ""))).toBe(`${day}, 15:30`);
  const { items: mails } = await get<{ items: { kind: string; contact: string; touch: string }[] }>(
    page,
    `/api/outbox?account=${mine.id}&limit=100`,
  );
  const invited = mails.filter(({ kind }) => kind === "invitation").map(({ contact }) => contact);
  expect(invited.toSorted()).toEqual(guests.map(({ id }) => id).toSorted());

  await open("Snooze");
  await panel.getByRole("button", { name: "In an hour" }).click();
  await panel.waitFor({ state: "detached" });
  // the page goes before the ten seconds are over: nothing is lost
  await page.goto("/portfolio");
  await expect.poll(async () => (await now()).snoozed_until).not.toBeNull();

  await open("Assign");
  await panel.getByText("Snoozed until").waitFor();
  await panel.getByRole("combobox", { name: "To whom" }).click();
  await page.getByRole("option").first().click();
  await panel.getByRole("textbox", { name: "Reason" }).fill("they know each other");
  await panel.getByRole("button", { name: "Assign" }).last().click();
  await expect.poll(async () => (await now()).owner).not.toBe(web.csm);
});

test("a CSM reads a colleague's touch, and does it while they stand in for them", async () => {
  const { store, context, csm } = web;
  const team = await store.team.list();
  const open = await store.reading.toDo({ owners: "all" }, 500);
  const there = (id: string | null) =>
    team.some((one) => one.id === id && one.access === "csm" && one.leave.length === 0);
  const touch = open.find((one) => one.touch.owner !== csm && there(one.touch.owner))?.touch;
  const away = touch?.owner ?? "";
  const owner = await store.access.ownerOf(touch?.account ?? "");
  if (!touch || owner === csm) throw new Error("nobody else of the book has anything to do");
  const page = await web.open("csm", `/accounts/${touch.account}?tab=touches&touch=${touch.id}`);
  const panel = panelOf(page);
  const choices = panel.getByRole("group", { name: "What became of it" });
  await panel.getByText("Due", { exact: true }).waitFor();
  await get(page, `/api/touches/${touch.id}/brief`);
  expect(await choices.count()).toBe(0);
  const skip = (reason: string) =>
    web.ask(page, "POST", `/api/touches/${touch.id}/skip`, { reason });
  expect((await skip("not mine")).status).toBe(403);

  for (const id of [csm, away]) await putMember(context, id, { pod: "the two" });
  const today = localDay(Date.now(), "UTC");
  await setLeave(context, away, [{ from: today - 1, to: touch.due + 30 }]);
  await page.reload();
  await panel.getByText("Stands in for").waitFor();
  await choose(page, "Skip");
  await panel.getByRole("button", { name: "Settled otherwise" }).click();
  await panel.getByRole("textbox", { name: "Reason" }).press("Enter");
  await page.goto("/portfolio");
  await expect
    .poll(() => get(page, `/api/touches/${touch.id}`))
    .toMatchObject({ status: "skipped", owner: away, reason: "Settled otherwise" });
});
