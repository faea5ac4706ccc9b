import { join } from "node:path";
import { expect, test } from "vitest";
import type { Day } from "../core/time/day.ts";
import { localDay } from "../core/time/zone.ts";
import type { AccountRow, ContactRow, EventRow } from "../engine/ports.ts";
import { openImport } from "./open-import.ts";
import { day } from "./testing/import-folder.ts";
import type { Numbered, OpenOptions } from "./types.ts";

const EXAMPLES = join(import.meta.dirname, "../../examples");

interface Everything {
  readonly accounts: Numbered<AccountRow>[];
  readonly contacts: Numbered<ContactRow>[];
  readonly events: Numbered<EventRow>[];
  readonly rejected: number;
  readonly shiftDays: number | undefined;
}

async function readExample(file: string, options: Partial<OpenOptions> = {}): Promise<Everything> {
  const source = await openImport(join(EXAMPLES, file), { today: day("2026-11-22"), ...options });
  try {
    const accounts: Numbered<AccountRow>[] = [];
    const contacts: Numbered<ContactRow>[] = [];
    const events: Numbered<EventRow>[] = [];
    for await (const batch of source.accounts()) accounts.push(...batch);
    for await (const batch of source.contacts()) contacts.push(...batch);
    for await (const batch of source.events()) events.push(...batch);
    const rejected = [...source.rejected.values()].reduce((sum, n) => sum + n, 0);
    return { accounts, contacts, events, rejected, shiftDays: source.shiftDays };
  } finally {
    await source.close();
  }
}

interface Demo extends Omit<Everything, "events"> {
  readonly lastDay: Day;
  readonly users: ReadonlySet<string>;
}

/** Its 400,000 events are looked at as they pass. */
async function readDemo(options: Partial<OpenOptions>, withEvents: boolean): Promise<Demo> {
  const file = join(EXAMPLES, "saasguard/saasguard.import.yaml");
  const source = await openImport(file, { today: day("2026-11-22"), ...options });
  try {
    const accounts: Numbered<AccountRow>[] = [];
    const contacts: Numbered<ContactRow>[] = [];
    for await (const batch of source.accounts()) accounts.push(...batch);
    for await (const batch of source.contacts()) contacts.push(...batch);
    let last = 0;
    const users = new Set<string>();
    for await (const batch of withEvents ? source.events() : []) {
      for (const { at, userId } of batch) {
        last = Math.max(last, at);
        if (userId !== null) users.add(userId);
      }
    }
    const rejected = [...source.rejected.values()].reduce((sum, n) => sum + n, 0);
    const lastDay = localDay(last, "America/New_York");
    return { accounts, contacts, lastDay, users, rejected, shiftDays: source.shiftDays };
  } finally {
    await source.close();
  }
}

/** The row number says where in its file a row stood: the variants may order theirs otherwise. */
function inOrder<T extends { readonly row: number }>(
  rows: readonly T[],
  key: (row: T) => string,
): Omit<T, "row">[] {
  return rows
    .map((row) => ({ key: key(row), rest: { ...row, row: 0 } }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ rest }) => rest);
}

/** Each takes seconds: read once. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}

const demo = once(() => readDemo({}, true));
const ravenstack = once(() => readExample("ravenstack/ravenstack.import.yaml"));

test("the three ways of saving RavenStack end in identical rows for all 500 accounts", async () => {
  const plain = await ravenstack();
  const ofAccount = (row: AccountRow): string => `${row.accountId} ${row.asOf}`;
  const ofEvent = (row: EventRow): string => row.messageId;
  const [accounts, events] = [inOrder(plain.accounts, ofAccount), inOrder(plain.events, ofEvent)];
  expect(new Set(plain.accounts.map((row) => row.accountId)).size).toBe(500);
  expect(new Set(plain.events.map(ofEvent)).size).toBe(plain.events.length);
  expect(plain.events.filter((row) => row.event === "Feature Used")).toHaveLength(25_000);
  expect(plain.rejected).toBe(0);
  for (const name of ["ravenstack-day-first", "ravenstack-slashes"]) {
    const other = await readExample(`ravenstack/${name}.import.yaml`);
    expect(JSON.stringify(inOrder(other.accounts, ofAccount))).toBe(JSON.stringify(accounts));
    expect(JSON.stringify(inOrder(other.events, ofEvent))).toBe(JSON.stringify(events));
    expect(other.rejected).toBe(0);
  }
});

test("RavenStack's ARR of a day is the newest open subscription's, and its renewal that one's anniversary", async () => {
  const { accounts } = await ravenstack();
  const rows = accounts.filter((row) => row.accountId === "A-00bed1");
  const on = (text: string): AccountRow | undefined =>
    rows.findLast((row) => (row.asOf ?? 0) <= day(text));
  expect(on("2023-11-14")?.traits).toMatchObject({
    arr: 0,
    seats: 0,
    plan: null,
    renewal_date: null,
  });
  expect(on("2024-05-06")?.traits).toMatchObject({
    arr: 66_864,
    seats: 28,
    plan: "enterprise",
    renewal_date: "2025-05-06",
  });
  const latest = new Map(accounts.map((row) => [row.accountId, row]));
  const big = [...latest.values()].filter((row) => Number(row.traits["arr"]) >= 100_000);
  expect(big).toHaveLength(33);
  // 339 have a churn event, 24 of them came back for good.
  expect([...latest.values()].filter((row) => typeof row.closedAt === "number")).toHaveLength(315);
  expect(accounts[0]?.outcome).toHaveProperty("churn_flag");
});

test("the demo's book ends yesterday, knows all its users and has something for every rule", async () => {
  const today = day("2026-11-22");
  const { accounts, contacts, lastDay, users, rejected, shiftDays } = await demo();
  expect(rejected).toBe(0);
  expect(shiftDays).toBe(today - 1 - day("2026-03-13"));
  expect(lastDay).toBe(today - 1);
  const known = new Set(contacts.map((row) => row.contactId));
  expect([...users].filter((id) => !known.has(id))).toEqual([]);
  expect(new Set(contacts.map((row) => row.email)).size).toBe(contacts.length);

  const latest = new Map(accounts.map((row) => [row.accountId, row]));
  const open = [...latest.values()].filter((row) => row.closedAt === null);
  expect(latest.size).toBe(600);
  expect(new Set(accounts.map((row) => row.name)).size).toBe(600);
  expect(open).toHaveLength(406);
  const tally = (name: string): Record<string, number> => {
    const found: Record<string, number> = {};
    for (const row of open)
      found[String(row.traits[name])] = (found[String(row.traits[name])] ?? 0) + 1;
    return found;
  };
  expect(tally("plan")).toEqual({ enterprise: 79, growth: 144, starter: 156, free: 27 });
  for (const value of ["low", "medium", "high", "null"])
    expect(tally("growth_potential")[value]).toBeGreaterThan(20);
  for (const value of ["adoption", "retention", "expansion", "risk", "people", "null"]) {
    expect(tally("goal")[value]).toBeGreaterThan(10);
  }
  const young = open.filter((row) => today - (row.createdAt ?? 0) <= 90);
  expect(young).toHaveLength(24);
  expect(new Set(young.map((row) => row.traits["plan"])).size).toBe(4);
  const due = open.filter((row) => {
    const renewal = row.traits["renewal_date"];
    return typeof renewal === "string" && day(renewal) - today <= 90;
  });
  expect(due.length).toBeGreaterThan(60);
  expect(due.every((row) => day(String(row.traits["renewal_date"])) >= today)).toBe(true);
});

test("the demo imported again on another day, with its shift remembered, is the same", async () => {
  const first = await demo();
  const shiftDays = first.shiftDays ?? 0;
  const again = await readDemo({ today: day("2026-12-02"), shiftDays }, false);
  expect(again.contacts).toEqual(first.contacts);
  expect(again.accounts.map((row) => ({ ...row, row: 0 }))).toEqual(
    first.accounts.map((row) => ({ ...row, row: 0 })),
  );
});

test("HubSpot's exports become accounts with the history of their won deals", async () => {
  const { accounts, contacts, events, rejected } = await readExample(
    "hubspot/hubspot.import.yaml",
    { today: day("2026-06-15") },
  );
  expect(rejected).toBe(0);
  const bluebay = accounts.filter((row) => row.accountId === "9100000001");
  expect(bluebay.map((row) => [row.asOf, row.traits["arr"], row.traits["renewal_date"]])).toEqual([
    [day("2023-04-03"), null, null],
    [day("2023-05-02"), 96_000, "2024-05-02"],
    [day("2024-05-02"), 120_000, "2025-05-02"],
    [day("2026-05-02"), 132_000, "2027-05-02"],
    [day("2026-06-15"), 132_000, "2027-05-02"],
  ]);
  const latest = new Map(accounts.map((row) => [row.accountId, row]));
  expect([...latest.keys()]).toEqual([
    "9100000001",
    "9100000002",
    "9100000003",
    "9100000004",
    "9100000006",
  ]);
  expect(latest.get("9100000002")?.traits).toMatchObject({
    growth_potential: "high",
    open_expansion: 30_000,
  });
  expect(latest.get("9100000004")).toMatchObject({
    parentId: "9100000003",
    timezone: "Europe/Stockholm",
    closedAt: null,
  });
  expect(latest.get("9100000006")?.closedAt).toBe(day("2025-02-01"));
  expect(
    contacts.map((row) => [
      row.contactId,
      row.name,
      row.role,
      row.locale,
      row.traits["unsubscribed"],
    ]),
  ).toEqual([
    ["51001", "Aina Rahman", "sponsor", "ms", false],
    ["51002", "Wei Chen", "admin", "en", false],
    ["51003", "Oliver Hayes", "sponsor", "en-gb", false],
    ["51004", "Greta Vogel", "sponsor", "de", true],
    ["51005", "Lars Nyberg", "user", "sv", null],
  ]);
  // 12:00 in London, in summer
  expect(events[0]).toMatchObject({
    event: "Deal Won",
    at: Date.parse("2023-05-02T11:00:00Z"),
    messageId: "hubspot-deal-7001",
  });
  expect(events.map((row) => row.event).filter((name) => name === "Deal Lost")).toHaveLength(2);
});

test("Salesforce's reports are read in the locale that wrote them", async () => {
  const { accounts, contacts, events, rejected } = await readExample(
    "salesforce/salesforce.import.yaml",
    { today: day("2026-06-15") },
  );
  expect(rejected).toBe(0);
  const latest = new Map(accounts.map((row) => [row.accountId, row]));
  expect(
    [...latest.values()].map((row) => [
      row.name,
      row.traits["arr"],
      row.traits["renewal_date"],
      row.traits["growth_potential"],
    ]),
  ).toEqual([
    ["Quillon Systems", 84_000, "2026-09-01", null],
    ["Quillon Canada", 12_000, "2026-12-15", null],
    ["Silverbirch Bank", 310_000, "2027-02-01", "high"],
    ["Marlowe Press", 4_800, "2026-09-10", null],
  ]);
  expect(latest.get("001Hs00003A1aB1")).toMatchObject({
    createdAt: day("2023-03-14"),
    owner: "Ana Castillo",
    traits: { annual_revenue: 25_000_000, employees: 310 },
  });
  expect(contacts.map((row) => [row.name, row.role, row.traits["unsubscribed"]])).toContainEqual([
    "Urs Keller",
    "sponsor",
    true,
  ]);
  expect(events.find((row) => row.event === "Deal Lost")?.properties).toEqual({
    deal: "Quillon add-on",
    amount: 20_000,
    type: "Existing Customer - Upgrade",
  });
});
