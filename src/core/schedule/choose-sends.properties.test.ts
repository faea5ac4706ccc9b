import fc from "fast-check";
import { assert, test } from "vitest";
import type { Cap, Channel } from "../model/types.ts";
import { chooseSends, sentRecord } from "./choose-sends.ts";
import { isExempt, type SentRecord } from "./cap-windows.ts";
import { planningModel, SimulatedAccount } from "./testing/simulated-account.ts";
import type { Touch } from "./types.ts";

const RUNS = Number(process.env["TOUCHSTONE_RUNS"] ?? 1000);
const model = planningModel("p: { when: on, steps: [ { touch: call, after: 0d } ] }");
const account = new SimulatedAccount(model, "2026-06-01");
account.plan();
const base = account.open("call");

const CHANNELS: readonly Channel[] = ["email", "in_app", "webhook", "call"];
const caps = (keys: readonly string[]): fc.Arbitrary<Cap[]> =>
  fc.array(
    fc
      .record({
        key: fc.constantFrom(...keys),
        count: fc.integer({ min: 1, max: 3 }),
        days: fc.integer({ min: 1, max: 9 }),
      })
      .map(({ key, count, days }) => ({ key, count, days, text: `${key}: ${count} per ${days}d` })),
    { maxLength: 3 },
  );

const someTouch = fc
  .record({
    account: fc.constantFrom("acme", "other"),
    receiver: fc.constantFrom("a@x", "b@x", "c@x"),
    channel: fc.constantFrom(...CHANNELS),
    step: fc.constantFrom("one#1", "two#1"),
    occurrence: fc.integer({ min: 1, max: 2 }),
    day: fc.integer({ min: 0, max: 25 }),
    isTransactional: fc.nat(5).map((dice) => dice === 0),
    must: fc.nat(5).map((dice) => dice === 0),
    priority: fc.constantFrom(null, "renewal", "adoption"),
  })
  .map(({ receiver, day, isTransactional, ...given }) => {
    const human = given.channel === "call";
    const touch: Touch = {
      ...base,
      ...given,
      human,
      due: day,
      purpose: isTransactional ? "transactional" : "proactive",
    };
    return { touch, receiver: human || given.channel === "webhook" ? null : receiver };
  });

test("no cap is exceeded in any rolling window, and every touch comes to an end", () => {
  const given = fc.record({
    contact: caps(["email", "in_app", "any"]),
    account: caps(["email", "call", "webhook", "human", "any"]),
    touches: fc.array(someTouch, { maxLength: 40 }),
    quietAfterHuman: fc.integer({ min: 0, max: 3 }),
    giveUpAfter: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(given, ({ touches, ...over }) => {
      const all = { ...model.caps, ...over, priority: ["transactional", "renewal", "adoption"] };
      const sent: SentRecord[] = [];
      const lastHuman = new Map<string, number>();
      let waiting = touches.map((one, index) => ({
        ...one,
        touch: { ...one.touch, key: `k${index}` },
      }));
      for (let today = 0; today < 40; today++) {
        const candidates = waiting.filter(({ touch }) => touch.due <= today);
        const receivers = new Map(candidates.map(({ touch, receiver }) => [touch.key, receiver]));
        const choices = chooseSends({
          caps: all,
          today,
          candidates,
          sent: [...sent],
          lastHuman: new Map(lastHuman),
        });
        assert(choices.length === candidates.length, "a candidate was forgotten");
        for (const choice of choices) {
          const { touch, verdict } = choice;
          if (verdict === "defer")
            assert(today - touch.due <= all.giveUpAfter || touch.must, "deferred for too long");
          if (verdict === "drop")
            assert(today - touch.due > all.giveUpAfter && !touch.must, "dropped too early");
          if (verdict === "defer" && isExempt(touch))
            throw new Error("an exempt touch was held back");
          if (verdict === "defer") continue;
          waiting = waiting.filter((one) => one.touch.key !== touch.key);
          if (verdict !== "send") continue;
          const quiet = (lastHuman.get(touch.account) ?? -99) + all.quietAfterHuman;
          if (all.quietAfterHuman > 0 && !touch.human && !isExempt(touch))
            assert(today > quiet, "not quiet");
          if (!isExempt(touch))
            sent.push(sentRecord(touch, receivers.get(touch.key) ?? null, today));
        }
        for (const { touch, verdict } of choices) {
          if (verdict === "send" && touch.human) lastHuman.set(touch.account, today);
        }
      }
      for (const cap of all.contact)
        expectWithin(
          cap,
          sent.filter(({ human }) => !human),
          ({ receiver }) => receiver,
        );
      const once = new Map(sent.map((one) => [`${one.day} ${one.occurrence}`, one]));
      for (const cap of all.account)
        expectWithin(cap, [...once.values()], ({ account: whose }) => whose);
    }),
    { numRuns: RUNS },
  );
});

/** Counted the slow way: every window of the cap's length, for everybody. */
function expectWithin(
  cap: Cap,
  sent: readonly SentRecord[],
  whose: (record: SentRecord) => string | null,
): void {
  const counted = sent.filter(
    ({ channel, human }) =>
      cap.key === "any" || cap.key === channel || (cap.key === "human" && human),
  );
  for (const who of new Set(counted.map(whose))) {
    if (who === null) continue;
    for (let from = 0; from < 40; from++) {
      const within = counted.filter(
        (one) => whose(one) === who && one.day >= from && one.day < from + cap.days,
      );
      assert(within.length <= cap.count, cap.text);
    }
  }
}
