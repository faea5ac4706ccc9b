import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY_MS } from "../../core/time/day.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { ingest } from "../routes/ingest.ts";
import { openTestApp } from "../testing/compose-test-app.ts";
import { caller, type TestApp, type TestCaller } from "../testing/test-app.ts";

const HOUR = 3_600_000;
const ACCOUNTS = 8;
const CLIENTS = 4;
/** Of each kind, for each account. */
const EACH = 25;

interface Item {
  readonly type: string;
  readonly [key: string]: unknown;
}
interface Batch {
  readonly batch: readonly (Item | string | null)[];
  readonly sentAt?: string;
}

/** Everything that goes wrong between a client and a server, by four clients at once. */
describe.each(ENGINES)("nothing is counted wrongly on %s", (engine) => {
  let t: TestApp;
  let client: TestCaller;
  beforeAll(async () => {
    t = await openTestApp(engine, { routes: [ingest] });
    const { secret } = await t.newKey("write");
    client = caller(t.app, { authorization: `Basic ${btoa(`${secret}:`)}` });
  });
  afterAll(() => t.close());
  const iso = (offset: number): string => new Date(t.now + offset).toISOString();
  const event = (kind: string, account: number, n: number, more: object = {}): Item => ({
    type: "track",
    messageId: `${kind}-${account}-${n}`,
    userId: `user-${account}`,
    event: kind,
    timestamp: iso(-n * 1000),
    ...more,
  });
  const of = (make: (account: number, n: number) => Item): Item[] =>
    Array.from({ length: ACCOUNTS * EACH }, (_, i) => make(i % ACCOUNTS, Math.floor(i / ACCOUNTS)));

  /** Each kind's batches; what must come of them stands in the test. */
  function traffic(): Batch[] {
    const plain = of((a, n) => event("Plain", a, n));
    const repeated = of((a, n) => event("Repeated", a, n));
    const late = of((a, n) => event("Late", a, n, { timestamp: iso(-30 * DAY_MS - n * 1000) }));
    const skewed = of((a, n) => event("Skewed", a, n, { timestamp: iso(3 * HOUR - n * 1000) }));
    const future = of((a, n) => event("Future", a, n, { timestamp: iso(25 * HOUR) }));
    const changed = of((a, n) => ({ ...event("Plain", a, n), event: "Changed" }));
    const malformed = of((a, n) => event("Malformed", a, n, { userId: n % 2 ? {} : undefined }));
    const links = Array.from({ length: ACCOUNTS }, (_, a): Item => ({
      type: "group",
      messageId: `link-${a}`,
      userId: `user-${a}`,
      groupId: `account-${a}`,
      traits: { plan: "pro" },
    }));
    return [
      { batch: plain },
      { batch: repeated },
      { batch: repeated.toReversed() },
      { batch: [...repeated, ...repeated] },
      { batch: late.toReversed() },
      { batch: skewed, sentAt: iso(3 * HOUR) },
      { batch: future },
      { batch: [...malformed, null, "event", event("Plain", 0, 0)] },
      // the links come after most of what needs them
      { batch: links },
      { batch: changed },
      { batch: links },
    ];
  }

  test("duplicated, reordered, late, skewed, in the future, malformed and contradicting ones", async () => {
    const batches = traffic();
    const totals: Record<string, number> = {};
    const send = async (batch: Batch): Promise<void> => {
      const answer = await client.post("/v1/batch", batch, { headers: { "x-strict-mode": "1" } });
      for (const { status } of answer.json<{ results: { status: string }[] }>().results)
        totals[status] = (totals[status] ?? 0) + 1;
    };
    // contradicting ones only after what they contradict
    const last = batches.splice(-2);
    const queue = batches.flatMap((batch) => [batch, batch]);
    await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        for (let next = queue.pop(); next; next = queue.pop()) await send(next);
      }),
    );
    for (const batch of last) await send(batch);
    for (;;) {
      const { more } = await t.store.ingest.attribute(null, 300, { now: t.now, today: 20_000 });
      if (!more) break;
    }

    const all = ACCOUNTS * EACH;
    // 4 kinds of good events and the links are taken once each, at once or held for a while
    expect((totals["written"] ?? 0) + (totals["held"] ?? 0)).toBe(4 * all + ACCOUNTS);
    // sent: Plain 2 and one twice more, Repeated 8, Late 2, Skewed 2, links 3
    expect(totals["duplicate"]).toBe(all + 2 + 7 * all + all + all + 2 * ACCOUNTS);
    // Future and Malformed twice, two that are no events twice, Changed once
    expect(totals["refused"]).toBe(2 * all + 2 * all + 4 + all);
    expect((await t.store.ingest.heldCounts()).messages).toBe(0);

    const names = await t.store.accounts.eventNames();
    expect(Object.fromEntries(names.map(({ name, events }) => [name, events]))).toEqual({
      Plain: all,
      Repeated: all,
      Late: all,
      Skewed: all,
    });
    const accounts = await t.store.accounts.load(
      Array.from({ length: ACCOUNTS }, (_, a) => `account-${a}`),
    );
    for (const { events, contacts } of accounts) {
      expect(contacts).toHaveLength(1);
      const days = (name: string) =>
        new Set(events.filter((one) => one.name === name).map(({ at }) => Math.floor(at / DAY_MS)));
      const today = Math.floor(t.now / DAY_MS);
      expect([days("Plain"), days("Late"), days("Skewed")]).toEqual([
        new Set([today]),
        new Set([today - 30]),
        new Set([today]),
      ]);
      const ahead = events.filter(({ at }) => at > t.now);
      expect(ahead).toEqual([]);
    }
  });
});
