import { afterEach, describe, expect, it } from "vitest";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { account, type Book, GO_LIVE, login, logins } from "../testing/book.ts";
import { Books } from "../testing/books.ts";
import { lifecycleFlow, stuckAccounts } from "./lifecycle-flow.ts";
import { segmentOverlaps } from "./segment-overlaps.ts";

const MODEL = `touchstone: 1
name: Views
workspace: { timezone: Europe/Paris, currency: EUR, revenue: arr }
facts:
  arr: { type: number, unit: EUR }
  seats: { type: number }
  logins: { count: Logged In }
  use: { is: logins / seats }
lifecycle:
  stages:
    onboarding: { expect: 10d, exit: { used: logins >= 3, widely: use >= 0.1 } }
    growth: {}
segments:
  worth: { one: { big: arr >= 100, small: "true" } }
  active: logins > 0
levels:
  high: { often: 4w, channels: [call], kinds: [call], by: csm, drives: [adoption] }
touch: { base: [{ otherwise: high }] }
touchpoints:
  call: { title: Call, purpose: proactive, channel: call, by: owner, minutes: 30, drives: adoption, succeeds: held }
programs:
  regular: { when: level == "high", steps: [{ touch: call, every: 4w }] }
`;

describe.each(ENGINES_OF_ENGINE)("views of a model on %s", (engine) => {
  const books = new Books(() => openTestStore(engine));
  afterEach(() => books.close());

  async function decided(): Promise<Book> {
    const book = await books.book();
    const createdAt = GO_LIVE - 20;
    await book.import({
      accounts: [
        account("idle", { createdAt, name: "Idle", traits: { arr: 50, seats: 10 } }),
        account("busy", { createdAt, traits: { arr: 500, seats: 10 } }),
        account("odd", { createdAt, traits: { arr: 5 } }),
        account("gone", { createdAt, closedAt: GO_LIVE - 2, traits: { arr: 7, seats: 10 } }),
      ],
      events: [
        ...logins("busy", GO_LIVE - 16, GO_LIVE - 14),
        ...logins("odd", GO_LIVE - 9, GO_LIVE - 1),
        login("gone", GO_LIVE - 9),
      ],
    });
    await book.apply(MODEL, GO_LIVE - 20);
    return book;
  }

  it("counts each segment and each two of them, with what they are worth", async () => {
    const book = await decided();
    expect(await segmentOverlaps(book.context)).toEqual({
      asOf: book.now,
      accounts: 3,
      revenue: 555,
      segments: [
        { name: "worth.big", dimension: "worth", accounts: 1, revenue: 500 },
        { name: "worth.small", dimension: "worth", accounts: 2, revenue: 55 },
        { name: "active", dimension: null, accounts: 2, revenue: 505 },
      ],
      pairs: [
        { a: "worth.big", b: "active", accounts: 1, revenue: 500 },
        { a: "worth.small", b: "active", accounts: 1, revenue: 5 },
      ],
    });
  });

  it("tells where accounts stand, who went on after how long, and what keeps the others", async () => {
    const book = await decided();
    const flow = await lifecycleFlow(book.context);
    expect(flow.moves).toEqual(
      expect.arrayContaining([
        { from: "onboarding", to: "growth", accounts: 1 },
        { from: null, to: "onboarding", accounts: 4 },
      ]),
    );
    expect(flow.stages).toMatchObject([
      {
        name: "onboarding",
        expect: 10,
        accounts: 2,
        revenue: 55,
        overdue: 2,
        daysSoFar: 20,
        daysToLeave: 6,
        criteria: [
          { name: "used", rule: "logins >= 3", open: 1, unknown: 0 },
          { name: "widely", open: 2, unknown: 1 },
        ],
      },
      { name: "growth", expect: null, accounts: 1, overdue: 0, daysToLeave: null, criteria: [] },
    ]);
    expect(await stuckAccounts(book.context, "onboarding", "used", 10)).toMatchObject({
      total: 1,
      accounts: [
        {
          id: "idle",
          name: "Idle",
          revenue: 50,
          days: 20,
          open: [
            { name: "used", met: false },
            { name: "widely", met: false },
          ],
        },
      ],
    });
    const widely = await stuckAccounts(book.context, "onboarding", "widely", 1);
    expect(widely.accounts.map(({ id }) => id)).toEqual(["idle"]);
    expect(widely.total).toBe(2);
    await expect(stuckAccounts(book.context, "onbording", undefined, 9)).rejects.toMatchObject({
      code: "bad-value",
    });
  });
});
