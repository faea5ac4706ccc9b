import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { dayOf } from "../time/day.ts";
import { formatInstant } from "../time/zone.ts";
import { applyChoice, chooseSends, type SendCandidate, sentRecord } from "./choose-sends.ts";
import { isExempt, longestWindow } from "./cap-windows.ts";
import { nextSendTime, receiverKey, receiverZone, sendWindow } from "./send-window.ts";
import { planningModel, SimulatedAccount } from "./testing/simulated-account.ts";
import { isPerReceiver } from "./receivers.ts";
import type { Touch } from "./types.ts";

const TODAY = 100;
const PROGRAM = "p: { when: on, steps: [ { touch: call, after: 0d } ] }";

const KINDS: { readonly [name: string]: Partial<Touch> } = {
  mail: { channel: "email", human: false },
  offer: { channel: "email", human: false },
  tip: { channel: "in_app", human: false },
  hook: { channel: "webhook", human: false },
  bill: { channel: "email", human: false, purpose: "transactional" },
  call: { channel: "call", human: true },
  visit: { channel: "in_person", human: true },
};

type Differs = Partial<Touch> & { readonly days?: number };
type Listed = readonly [string, string | null, Differs?];

interface Case {
  readonly name: string;
  readonly caps: object;
  readonly candidates: readonly Listed[];
  readonly sent?: readonly (readonly [string, string | null, number])[];
  readonly last_human?: { readonly [account: string]: number };
  readonly expect: readonly string[];
}

function someTouch(): Touch {
  const account = new SimulatedAccount(planningModel(PROGRAM), "2026-06-01");
  account.plan();
  return account.open("call");
}
const base = someTouch();

function touch(
  name: string,
  receiver: string | null,
  { days = 0, ...differs }: Differs = {},
): Touch {
  const whole = {
    ...base,
    touchpoint: name,
    step: `${name}#1`,
    due: TODAY - days,
    ...KINDS[name],
    ...differs,
  };
  const key = `${whole.account}/p/1/${name}#1/${whole.occurrence}/for:${receiver ?? ""}`;
  return { ...whole, key };
}

function candidate([name, receiver, differs]: Listed): SendCandidate {
  return { touch: touch(name, receiver, differs), receiver };
}

const file = new URL("choose-sends.cases.yaml", import.meta.url);
const cases = parse(readFileSync(file, "utf8")) as readonly Case[];

describe("caps", () => {
  test.each(cases)(
    "$name",
    ({ caps, candidates, sent = [], last_human = {}, expect: expected }) => {
      const { caps: read } = planningModel(PROGRAM, `caps: ${JSON.stringify(caps)}`);
      const input = {
        caps: read,
        today: TODAY,
        candidates: candidates.map(candidate),
        sent: sent.map(([name, receiver, ago]) =>
          sentRecord(touch(name, receiver), receiver, TODAY - ago),
        ),
        lastHuman: new Map(
          Object.entries(last_human).map(([account, ago]) => [account, TODAY - ago]),
        ),
      };
      const receivers = new Map(input.candidates.map((one) => [one.touch, one.receiver]));
      const lines = (choices: ReturnType<typeof chooseSends>): string[] =>
        choices.map((choice) => {
          const { touchpoint, account } = choice.touch;
          const whom = [
            touchpoint,
            receivers.get(choice.touch),
            account === "acme" ? null : account,
          ];
          const reason = choice.verdict === "send" ? "" : `: ${choice.reason}`;
          return `${whom.filter((part) => part !== null).join(" ")} ${choice.verdict}${reason}`;
        });
      const order = ["send", "defer", "drop"];
      const chosen = chooseSends(input);
      expect(lines(chosen).toSorted()).toEqual([...expected].toSorted());
      // Whatever the order in which they come, the same ones go.
      const reversed = chooseSends({ ...input, candidates: input.candidates.toReversed() });
      expect(lines(reversed)).toEqual(lines(chosen));
      expect(chosen.every(({ verdict }) => order.includes(verdict))).toBe(true);
    },
  );

  test("the longest window says how far back to look", () => {
    const { caps } = planningModel(
      PROGRAM,
      "caps: { contact: { any: [6 per 30d] }, account: { any: [5 per 8w] } }",
    );
    expect(longestWindow(caps)).toBe(56);
    expect(longestWindow(planningModel(PROGRAM).caps)).toBe(0);
  });
});

test("priority comes first, then the day, then the key", () => {
  const { caps } = planningModel(PROGRAM, "caps: { priority: [transactional, renewal] }");
  const listed: Listed[] = [
    ["mail", "b@x"],
    ["mail", "a@x"],
    ["mail", "c@x", { days: 2 }],
    ["bill", "d@x"],
    ["mail", "e@x", { priority: "renewal" }],
  ];
  const candidates = listed.map(candidate);
  const chosen = chooseSends({ caps, today: TODAY, candidates, sent: [], lastHuman: new Map() });
  expect(chosen.map(({ touch: { key } }) => key.slice(-3))).toEqual([
    "d@x",
    "e@x",
    "c@x",
    "a@x",
    "b@x",
  ]);
});

test("a choice put into effect: deferred with the reason, tried again, let through or dropped", () => {
  const human = touch("visit", null, { status: "due" });
  const deferred = applyChoice({ touch: human, verdict: "defer", reason: "capped: x" }, 5);
  expect(deferred.touch).toMatchObject({ status: "deferred", reason: "capped: x", due: TODAY });
  expect(deferred.events.map(({ name }) => name)).toEqual(["touch:visit:deferred"]);
  // Deferred once more, for another reason: no change of status, no event.
  const again = applyChoice({ touch: deferred.touch, verdict: "defer", reason: "capped: y" }, 6);
  expect([again.touch.reason, again.events]).toEqual(["capped: y", []]);
  const through = applyChoice({ touch: deferred.touch, verdict: "send" }, 7);
  expect(through.touch).toMatchObject({ status: "due", reason: null });
  const dropped = applyChoice({ touch: deferred.touch, verdict: "drop", reason: "z" }, 8);
  expect([dropped.touch.status, dropped.events[0]?.name]).toEqual([
    "dropped",
    "touch:visit:dropped",
  ]);
  const mail = touch("mail", "a@x", { status: "deferred", reason: "capped: x" });
  expect(applyChoice({ touch: mail, verdict: "send" }, 9)).toEqual({ touch: mail, events: [] });
});

test("messages go out inside send_between of the receiver's zone", () => {
  const model = planningModel(PROGRAM, 'caps: { send_between: "08:00-18:00" }');
  const { from, to } = sendWindow(model, "Asia/Kathmandu", dayOf(2026, 6, 1));
  expect([from, to].map(formatInstant)).toEqual(["2026-06-01T02:15:00Z", "2026-06-01T12:15:00Z"]);
});

test("a touch goes out on its day where the receiver is, when the window opens or is open", () => {
  const model = planningModel(PROGRAM, 'caps: { send_between: "08:00-18:00" }');
  const due = dayOf(2026, 6, 2);
  const next = (zone: string, now: string): string =>
    formatInstant(nextSendTime(model, zone, due, Date.parse(now)));
  // In Honolulu it is still the day before.
  expect(next("Pacific/Honolulu", "2026-06-02T04:00:00Z")).toBe("2026-06-02T18:00:00Z");
  expect(next("Asia/Tokyo", "2026-06-02T04:00:00Z")).toBe("2026-06-02T04:00:00Z");
  expect(next("Asia/Tokyo", "2026-06-02T09:00:00Z")).toBe("2026-06-02T23:00:00Z");
  expect(next("Asia/Tokyo", "2026-06-01T22:00:00Z")).toBe("2026-06-01T23:00:00Z");
  expect(next("Asia/Tokyo", "2026-06-05T01:00:00Z")).toBe("2026-06-05T01:00:00Z");
});

test("the zone is the contact's, then the account's, then the workspace's", () => {
  const model = planningModel(PROGRAM);
  expect(receiverZone(model, "Europe/Paris", "Asia/Tokyo")).toBe("Asia/Tokyo");
  expect(receiverZone(model, "Europe/Paris", "Mars/Base")).toBe("Europe/Paris");
  expect(receiverZone(model, null, "")).toBe("America/New_York");
});

test("caps know a person by mail address, over all accounts, else by the contact", () => {
  expect(receiverKey("acme", { id: "c1", email: "a@x.test" })).toBe("a@x.test");
  expect(receiverKey("acme", { id: "c1", email: null })).not.toBe(
    receiverKey("b", { id: "c1", email: null }),
  );
});

test("only automated messages to people go to each receiver", () => {
  const perReceiver = Object.entries(KINDS).filter(([name]) => isPerReceiver(touch(name, null)));
  expect(perReceiver.map(([name]) => name)).toEqual(["mail", "offer", "tip", "bill"]);
  expect(isExempt(touch("bill", "a@x"))).toBe(true);
});
