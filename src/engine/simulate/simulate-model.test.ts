import { afterEach, describe, expect, test } from "vitest";
import { formatDay } from "../../core/time/day.ts";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { bareMember } from "../bare-rows.ts";
import { overview } from "../overview.ts";
import type { AccountRow, ContactRow, EventRow } from "../ports.ts";
import { account, type Book, contact, GO_LIVE, login, logins } from "../testing/book.ts";
import { Books } from "../testing/books.ts";
import { SMALL_MODEL } from "../testing/small-model.ts";
import { simulateModel, type SimulateOptions } from "./simulate-model.ts";

/** A Monday, four weeks before anybody makes a model live. */
const MONDAY = GO_LIVE - 28;
const FORTNIGHT = { from: MONDAY, to: MONDAY + 13, warmUp: 0 };

const MODEL = `
touchstone: 1
name: By hand
workspace: { timezone: Europe/Paris, currency: EUR, plan_ahead: 30d }
facts:
  arr: { type: number, unit: EUR }
  region: { type: string }
  logins_7d: { count: Logged In, over: 7d }
health:
  measures: { usage: { score: logins_7d * 20, weight: 1 } }
  bands: { red: 0, yellow: 50 }
segments: { quiet: { when: logins_7d == 0 } }
levels: { high: { by: csm }, low: { by: pool } }
touch:
  base: [ { when: arr >= 100, level: high }, { otherwise: low } ]
  adjust: [ { name: quiet, when: segments.quiet, at_least: high } ]
  hold: 1d
touchpoints:
  call: { title: Call, purpose: proactive, channel: call, by: owner, minutes: 30, succeeds: held }
  hint: { title: Hint, purpose: proactive, channel: email, by: automation, template: hint }
  help: { title: Help, purpose: reactive, channel: call, by: support, minutes: 10 }
programs:
  regular: { when: level == "high", steps: [ { touch: call, every: 7d, first: 0d } ] }
  hints: { on: Asked, steps: [ { touch: hint, after: 1d } ] }
  helps: { on: "touch:hint:delivered", steps: [ { touch: help, after: 0d } ] }
`;

/**
 * big pays 200 and logs in every day. small pays 20 and stops on the first Wednesday; it asks once,
 * and churns on the second Saturday. gone pays 50 and closes on the first Saturday.
 */
const ACCOUNTS: readonly AccountRow[] = [
  account("big", { createdAt: MONDAY - 100, traits: { arr: 200, region: "north" } }),
  account("small", { createdAt: MONDAY - 100, traits: { arr: 20 } }),
  account("gone", { createdAt: MONDAY - 100, closedAt: MONDAY + 5, traits: { arr: 50 } }),
];
const EVENTS: readonly EventRow[] = [
  ...logins("big", MONDAY - 10, MONDAY + 20),
  ...logins("small", MONDAY - 10, MONDAY + 2),
  ...logins("gone", MONDAY - 10, MONDAY + 5),
  login("small", MONDAY + 3, { event: "Asked", messageId: "asked" }),
  login("small", MONDAY + 12, { event: "Churned", messageId: "churned" }),
];
const CONTACTS: readonly ContactRow[] = [
  contact("small", "u1", { email: "u1@small.test", createdAt: MONDAY - 50 }),
];
const TEAM = [{ ...bareMember("ann"), role: "CSM", hoursPerWeek: 40 }];

const simulate = (book: Book, source: string, options: SimulateOptions) =>
  simulateModel(book.context, { file: "model.yaml", source, messages: {} }, options);

interface Extra {
  readonly accounts?: readonly AccountRow[];
  readonly contacts?: readonly ContactRow[];
  readonly events?: readonly EventRow[];
}

async function filled(books: Books, extra: Extra = {}): Promise<Book> {
  const book = await books.book(GO_LIVE, 9);
  const report = await book.import({
    accounts: [...ACCOUNTS, ...(extra.accounts ?? [])],
    contacts: [...CONTACTS, ...(extra.contacts ?? [])],
    events: [...EVENTS, ...(extra.events ?? [])],
    team: TEAM,
  });
  expect(report.rejects).toEqual([]);
  return book;
}

describe.each(ENGINES_OF_ENGINE)("on %s", (engine) => {
  const books = new Books(() => openTestStore(engine));
  afterEach(() => books.close());

  const bookOf = (extra?: Extra) => filled(books, extra);

  test("two weeks of three accounts, every figure reckoned by hand; nothing is written", async () => {
    const book = await bookOf();
    const before = [await book.picture(), await book.store.accounts.counts()];
    const { models, book: known } = await simulate(book, MODEL, { ...FORTNIGHT, ended: "Churned" });
    const [one] = models;
    expect(one?.periods).toEqual([
      {
        from: MONDAY,
        to: MONDAY + 6,
        // gone is closed from Saturday on; small has logged in on 3 of 7 days: 60 points
        accounts: 2,
        revenue: 220,
        levels: { high: 1, low: 1 },
        raised: 0,
        red: 0,
        movesUp: 0,
        movesDown: 0,
        flapping: 0,
        // big is called on Monday; support helps small on Friday, the day after the hint was due
        humanTouches: 2,
        humanMinutes: 40,
        ownMinutes: 30,
        mails: 1,
        inApp: 0,
        otherMessages: 0,
        dropped: 0,
        capacityMinutes: 2400,
      },
      {
        from: MONDAY + 7,
        to: MONDAY + 13,
        // small has not logged in for seven days on Wednesday: raised to high, and called that day
        accounts: 2,
        revenue: 220,
        levels: { high: 2, low: 0 },
        raised: 1,
        red: 1,
        movesUp: 1,
        movesDown: 0,
        flapping: 0,
        humanTouches: 2,
        humanMinutes: 60,
        ownMinutes: 60,
        mails: 0,
        inApp: 0,
        otherMessages: 0,
        dropped: 0,
        capacityMinutes: 2400,
      },
    ]);
    expect(one?.totals).toMatchObject({
      everOpen: 3,
      movesUp: 1,
      humanMinutes: 100,
      minutesByDoer: { owner: 90, support: 10 },
      capacityMinutes: 4800,
    });
    // big of three for 5 days, of two for 4; then both
    expect(one?.totals.shares["high"]).toBeCloseTo((5 / 3 + 4 / 2 + 5) / 14, 12);
    expect(one?.ends).toMatchObject({
      ended: { accounts: 1, revenue: 20 },
      alarmed: { accounts: 1, revenue: 20 },
      falseAlarms: { accounts: 0 },
    });
    expect(one?.ends?.horizons.map(({ seenTooShort }) => seenTooShort)).toEqual([1, 1, 1]);
    expect(known).toMatchObject({ accounts: 3, firstDay: MONDAY - 100, team: 1 });
    expect([await book.picture(), await book.store.accounts.counts()]).toEqual(before);
  });

  test("accounts that are closed have ended, too; another model stands beside it", async () => {
    const book = await bookOf();
    const lazy = MODEL.replace("minutes: 30", "minutes: 60").replace("By hand", "Slower");
    const { models } = await simulate(book, MODEL, {
      ...FORTNIGHT,
      ended: "account:closed",
      vs: { file: "other.yaml", source: lazy, messages: {} },
    });
    const [one, other] = models;
    expect(one?.ends).toMatchObject({
      ended: { accounts: 1, revenue: 50 },
      alarmed: { accounts: 1, revenue: 20 },
      falseAlarms: { accounts: 1, revenue: 20 },
    });
    expect(other?.model.name).toBe("Slower");
    expect(other?.totals.ownMinutes).toBe(2 * (one?.totals.ownMinutes ?? 0));
    expect(other?.ends).toEqual(one?.ends);
  });

  test("the same input gives the same, whatever was decided and done meanwhile", async () => {
    const book = await bookOf();
    const first = await simulate(book, MODEL, FORTNIGHT);
    // what a live model makes of the accounts is no part of their history
    await book.apply(SMALL_MODEL, MONDAY - 30);
    await book.on(GO_LIVE + 1, 9).decide();
    const again = await simulate(book, MODEL, FORTNIGHT);
    expect(again).toEqual(first);
  });

  test("a day is decided as a first apply on it decides it", async () => {
    const book = await bookOf();
    const { models } = await simulate(book, SMALL_MODEL, {
      from: GO_LIVE,
      to: GO_LIVE,
      warmUp: 60,
    });
    await book.apply(SMALL_MODEL, GO_LIVE - 60);
    const { levels, revenue } = await overview(book.context);
    const [period] = models[0]?.periods ?? [];
    expect(period?.levels).toEqual(
      Object.fromEntries(levels.map(({ name, accounts }) => [name, accounts])),
    );
    expect(period?.revenue).toBe(revenue);
    expect(period?.accounts).toBe(2);
  });

  test("what is known only as it is now is listed", async () => {
    const later = account("big", { asOf: MONDAY + 3, traits: { arr: 210 } });
    const book = await bookOf({ accounts: [later] });
    const { models } = await simulate(book, MODEL, FORTNIGHT);
    // arr has changed, so its history is told; the only contact came later than its account
    expect(models[0]?.mayLeak).toEqual([
      { name: "region", kind: "trait", known: 1, since: MONDAY - 100 },
    ]);
  });

  test("what cannot be gone over is refused, with what to do", async () => {
    const empty = await books.book(GO_LIVE, 9);
    await expect(simulate(empty, MODEL, FORTNIGHT)).rejects.toMatchObject({ code: "no-history" });
    const book = await bookOf();
    const of = (change: Partial<SimulateOptions>) =>
      simulate(book, MODEL, { ...FORTNIGHT, ...change });
    await expect(of({ from: MONDAY + 14 })).rejects.toMatchObject({ code: "bad-value" });
    await expect(of({ to: GO_LIVE + 1 })).rejects.toThrow("has not come yet");
    await expect(of({ from: MONDAY - 200, to: MONDAY - 150 })).rejects.toMatchObject({
      code: "no-history",
      message: expect.stringContaining(formatDay(MONDAY - 100)) as string,
    });
    await expect(of({ ended: "Churnt" })).rejects.toMatchObject({
      code: "bad-value",
      hint: "Did you mean `Churned`?",
    });
    await expect(of({ ended: "segment:quiet:entered" })).rejects.toMatchObject({
      code: "bad-value",
    });
    await expect(simulate(book, `${MODEL}\nsegmants: {}`, FORTNIGHT)).rejects.toMatchObject({
      code: "invalid-model",
    });
  });
});

describe("nothing that happened after a day reaches its decision", () => {
  const books = new Books(() => openTestStore("pglite"));
  afterEach(() => books.close());

  const LEAKY = MODEL.replace(
    "  region: { type: string }",
    `  region: { type: string }
  closed_at: { type: date }
  churn_flag: { type: boolean }
  alarms: { count: Alarm }
  nps: { nps: "survey:nps:answered.score", over: 90d }
  people: { contacts: 'contact.role == "sponsor"' }`,
  ).replace(
    "adjust: [",
    "adjust: [ { name: leak, when: 'alarms > 0 || nps < 0 || people > 0 || known(closed_at) || churn_flag || region == \"south\"', at_least: high },",
  );
  /** One of each kind about an account of which nothing else is known, on a day. */
  const planted = (day: number): Record<string, Extra> => ({
    "an event": { events: [login("low", day, { event: "Alarm", messageId: "alarm" })] },
    "a survey's answer": {
      events: [
        login("low", day, {
          event: "survey:nps:answered",
          messageId: "answer",
          properties: { score: 1 },
        }),
      ],
    },
    "a trait": { accounts: [account("low", { asOf: day, traits: { region: "south" } })] },
    "a contact": {
      contacts: [contact("low", "s1", { role: "sponsor", createdAt: day, email: "s@low.test" })],
    },
    // an import knows the end of an account from its first row on
    "a closing": { accounts: [account("low", { asOf: MONDAY - 80, closedAt: day })] },
  });
  const low = [
    account("low", { createdAt: MONDAY - 100, traits: { arr: 1 } }),
    account("low", { asOf: MONDAY - 90, traits: { region: "west" } }),
  ];
  const withLow = (extra: Extra = {}) =>
    filled(books, {
      ...extra,
      accounts: [...low, ...(extra.accounts ?? [])],
      events: [...logins("low", MONDAY - 10, MONDAY + 20), ...(extra.events ?? [])],
    });
  const FOUR_WEEKS = { from: MONDAY, to: MONDAY + 27, warmUp: 0, ended: "Churned" };
  const weeks = async (book: Book) =>
    (await simulate(book, LEAKY, FOUR_WEEKS)).models[0]?.periods ?? [];

  test.each(Object.keys(planted(0)))("%s", async (kind) => {
    const clean = await weeks(await withLow());
    const leaking = await weeks(await withLow(planted(MONDAY + 14)[kind]));
    expect(leaking.slice(0, 2)).toEqual(clean.slice(0, 2));
    // from its day on it counts, so that the weeks before could have shown it
    expect(leaking.slice(2)).not.toEqual(clean.slice(2));
  });

  test("an outcome, whenever", async () => {
    const clean = await weeks(await withLow());
    const flagged = account("low", { asOf: MONDAY - 80, outcome: { churn_flag: true } });
    expect(await weeks(await withLow({ accounts: [flagged] }))).toEqual(clean);
    // were it a trait it would count
    const asTrait = account("low", { asOf: MONDAY - 80, traits: { churn_flag: true } });
    expect(await weeks(await withLow({ accounts: [asTrait] }))).not.toEqual(clean);
  });
});
