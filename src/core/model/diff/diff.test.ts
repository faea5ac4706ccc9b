import { expect, test } from "vitest";
import { readModel } from "../index.ts";
import type { Model } from "../types.ts";
import { diffModels } from "./index.ts";

const MODEL = `touchstone: 1
name: T
workspace: { timezone: UTC, currency: USD }
facts:
  arr: { type: number, unit: USD }
  plan: { type: string, values: [free, pro, enterprise] }
  champion: { type: boolean }
  renewal_date: { type: date }
  last_login: { last: Logged In }
  logins_28d: { count: Logged In, over: 28d }
  trend: { ratio: logins_28d, over: 28d }
health:
  measures:
    use: { score: trend * 100, weight: 40 }
    known: { score: '100 - days_since(last_login)', weight: 60 }
  caps: { champion_left: { when: '!champion', at_most: 60 } }
  bands: { red: 0, yellow: 50, green: 75 }
  min_coverage: 0.5
lifecycle:
  start: [{ when: account_age_days > 120, stage: growth }]
  stages:
    onboarding: { expect: 90d, exit: { used: logins_28d >= 10, known: known(last_login) } }
    growth: {}
    renewal:
      enter: days_until(renewal_date) <= 90 && days_until(renewal_date) >= 0
      exit: { renewed: days_until(renewal_date) > 90 }
      next: growth
segments:
  value: { one: { strategic: arr >= 100000, core: arr >= 25000, small: "true" } }
  losing: { when: trend < 0.6, for: 7d, until: trend >= 0.9 }
levels:
  high: { often: 2w, channels: [call, email], kinds: [check_in], by: csm, accounts_per_owner: 20, share: [0.1, 0.2] }
  low: { often: 13w, channels: [email], kinds: [news, check_in], by: pool }
touch:
  base: [{ when: 'segments.value == "strategic"', level: high }, { otherwise: low }]
  adjust:
    - { name: at risk, when: health_band == "red" && arr >= 1000, at_least: high, keep: 30d }
    - { name: near renewal, when: stage == "renewal", raise: 1, not_above: high }
  hold: 14d
touchpoints:
  check_in: { title: Check-in, purpose: proactive, channel: call, by: owner, minutes: 60, succeeds: held, priority: adoption }
  news: { title: News, purpose: educational, channel: email, by: automation, template: news, succeeds: clicked, to: 'contact.role in ["admin", "user"]' }
programs:
  meetings: { when: level == "high", steps: [{ touch: check_in, every: 2w }] }
  save: { on: "segment:losing:entered", when: level == "high", steps: [{ touch: check_in, after: 2d }], again: 30d }
  monthly: { for: contact, when: level == "low", steps: [{ touch: news, every: 4w }] }
caps:
  contact: { email: [1 per 1d, 2 per 7d] }
  priority: [renewal, adoption]
benchmarks:
  held: { metric: attendance, touch: check_in, at_least: 0.8 }
experiments:
  cadence: { unit: account, among: 'segments.value == "core"', metric: nps, arms: { a: 0.5, b: 0.5 } }
`;

function read(source: string): Model {
  const { model, diagnostics } = readModel(source, { file: "m" });
  if (!model) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return model;
}

/** The sentences about an edit: texts and what replaces them, everywhere. */
function told(...edits: readonly (readonly [string, string])[]): string[] {
  let edited = MODEL;
  for (const [from, to] of edits) {
    if (!edited.includes(from)) throw new Error(`nothing says ${from}`);
    edited = edited.replaceAll(from, to);
  }
  return diffModels(read(MODEL), read(edited)).map(({ sentence }) => sentence);
}

test.each([
  [
    `arr >= 100000`,
    `arr >= 60000`,
    "segment value: strategic needs arr of at least 60,000 USD, was 100,000",
  ],
  [
    `arr >= 100000`,
    `arr > 100000`,
    "segment value: strategic needs arr of more than 100,000 USD, was at least 100,000 USD",
  ],
  [
    `arr >= 100000`,
    `'arr >= 100000 && plan != "free"'`,
    'segment value: strategic now also needs `plan != "free"`',
  ],
  [
    `arr >= 100000`,
    `'arr >= 100000 || plan == "enterprise"'`,
    'segment value: strategic now also takes `plan == "enterprise"`',
  ],
  [
    `arr >= 100000`,
    `logins_28d * arr > 7`,
    "segment value: strategic now has the rule `logins_28d * arr > 7`, was `arr >= 100000`",
  ],
  [
    `&& arr >= 1000`,
    `&& arr >= 5000`,
    "adjustment at risk needs arr of at least 5,000 USD, was 1,000",
  ],
  [`&& arr >= 1000`, ``, "adjustment at risk no longer needs `arr >= 1000`"],
  [`keep: 30d`, `keep: 20d`, "adjustment at risk: how long it is kept is now 20 days, was 30 days"],
  [
    `raise: 1, not_above: high`,
    `set: high`,
    "adjustment near renewal: what it does is now set high, was raise by 1, not above high",
  ],
  [
    `hold: 14d`,
    `hold: 4w`,
    "touch: how long a level is held before it is lowered is now 28 days, was 14 days",
  ],
  [
    `touch: check_in, every: 2w`,
    `touch: check_in, every: 4w`,
    "program meetings: check_in comes every 4 weeks, was every 2 weeks",
  ],
  [
    `touch: check_in, after: 2d`,
    `touch: check_in, after: 2d, minutes: 90`,
    "program save: check_in now takes 90 minutes",
  ],
  [
    `[{ touch: news, every: 4w }]`,
    `[{ touch: news, every: 4w }, { touch: news, after: 1d }]`,
    "program monthly: new step news#2: after 1 day",
  ],
  [
    `again: 30d`,
    `again: never`,
    "program save: when it may run again is now never, was 30 days after it began",
  ],
  [`minutes: 60`, `minutes: 45`, "touchpoint check_in takes 45 minutes, was 60 minutes"],
  [
    `, succeeds: held, p`,
    `, succeeds: held, must: true, p`,
    "touchpoint check_in now has to happen: no cap drops it",
  ],
  [
    `["admin", "user"]`,
    `["admin", "buyer"]`,
    "touchpoint news: a receiver now also takes buyer as contact.role; no longer takes user as contact.role",
  ],
  [`2 per 7d`, `3 per 7d`, "cap for a contact, email per 7 days allows 3, was 2"],
  [
    `[renewal, adoption]`,
    `[adoption, renewal]`,
    "caps: the order of priority is now adoption, renewal; was renewal, adoption",
  ],
  [`weight: 40`, `weight: 50`, "health measure use weighs 50, was 40"],
  [`green: 75`, `green: 80`, "health band green starts at 80, was 75"],
  [
    `min_coverage: 0.5`,
    `min_coverage: 0.6`,
    "health: the share that must be known is now 60%, was 50%",
  ],
  [`at_most: 60`, `at_most: 50`, "health cap champion_left leaves at most 50, was 60"],
  [
    `expect: 90d`,
    `expect: 60d`,
    "stage onboarding: how long it is expected to last is now 60 days, was 90 days",
  ],
  [
    `used: logins_28d >= 10`,
    `used: logins_28d >= 20`,
    "stage onboarding: exit criterion used needs logins_28d of at least 20, was 10",
  ],
  [
    `enter: days_until(renewal_date) <= 90`,
    `enter: days_until(renewal_date) <= 60`,
    "stage renewal: entering it needs days_until(renewal_date) of at most 60 days, was 90",
  ],
  [`for: 7d`, `for: 3d`, "segment losing: how long it must hold is now 3 days, was 7 days"],
  [
    `until: trend >= 0.9`,
    `until: trend >= 0.8`,
    "segment losing: leaving it needs trend of at least 0.8, was 0.9",
  ],
  [
    `count: Logged In, over: 28d`,
    `count: Logged In, over: 2w`,
    "fact logins_28d: the window is now 14 days, was 28 days",
  ],
  [`[call, email]`, `[email, video]`, "level high: channels: video joins; call leaves"],
  [
    `accounts_per_owner: 20`,
    `accounts_per_owner: 30`,
    "level high: the accounts per owner is now 30, was 20",
  ],
  [`by: csm`, `by: pod`, "level high: who looks after it is now pod, was csm"],
  [
    `timezone: UTC`,
    `timezone: Asia/Tokyo`,
    "the workspace: the time zone is now Asia/Tokyo, was UTC",
  ],
  [`at_least: 0.8`, `at_least: 0.7`, "benchmark held: the least is now 0.7, was 0.8"],
  [`a: 0.5, b: 0.5`, `a: 0.6, b: 0.4`, "experiment cadence: arm a has a share of 0.6, was 0.5"],
  [
    `{ when: account_age_days > 120, stage: growth }`,
    `{ when: account_age_days > 90, stage: growth }`,
    "lifecycle start: growth needs account_age_days of more than 90, was 120",
  ],
])("%s → %s", (from, to, sentence) => {
  expect(told([from, to])).toContain(sentence);
});

test("spelling, quotes, brackets, order of what has none and comments are no change", () => {
  expect(
    told(
      ["hold: 14d", "hold: 2w   # a fortnight"],
      ['health_band == "red" && arr >= 1000', "'1000.0 <= arr && (health_band==\"red\")'"],
      ['"admin", "user"', '"user", "admin"'],
      ["weight: 40 }", "weight: 40.0 }"],
      ["{ title: News, purpose: educational", "{ purpose: educational, title: News"],
      ["[1 per 1d, 2 per 7d]", "[2 per 7d, 1 per 1d]"],
    ),
  ).toEqual([]);
});

test("a new name is told once, and what refers to it is no change", () => {
  expect(told(["losing", "fading"])).toEqual([
    "segment losing is now called fading; whoever is in it joins anew",
  ]);
  expect(told(["strategic", "key"])).toEqual([
    "segment value: strategic is now called key; whoever is in it joins anew",
  ]);
  expect(told(["logins_28d", "uses"])).toEqual(["fact logins_28d is now called uses"]);
  expect(told(["check_in", "meeting"])).toEqual([
    "touchpoint check_in is now called meeting; what is planned of it is cancelled and planned anew",
  ]);
  expect(told(["growth", "steady"])).toEqual([
    "stage growth is now called steady; accounts in it start again where the lifecycle starts",
  ]);
  expect(told(["high", "top"])).toEqual(["level high is now called top; accounts get it anew"]);
  expect(told(["meetings:", "rhythm:"])).toEqual([
    "program meetings is now called rhythm; its open runs end and it begins anew",
  ]);
});

test("a new name with a small change beside it is told as both", () => {
  expect(told(["losing", "fading"], ["for: 7d", "for: 8d"])).toEqual([
    "segment losing is now called fading; whoever is in it joins anew",
    "segment fading: how long it must hold is now 8 days, was 7 days",
  ]);
});

test("what is new in all but its place is no rename", () => {
  const sentences = told([
    'save: { on: "segment:losing:entered", when: level == "high", steps: [{ touch: check_in, after: 2d }], again: 30d }',
    'greet: { for: contact, when: stage == "onboarding", steps: [{ touch: news, after: 0d }], again: never }',
  ]);
  expect(sentences).toEqual([
    "new program greet: news after 0 days",
    "program save is gone (check_in after 2 days)",
  ]);
});

test("what changes places is told where places count", () => {
  const [at, near] = [
    / {4}- \{ name: at risk.*\n/.exec(MODEL)?.[0] ?? "",
    / {4}- \{ name: near.*\n/.exec(MODEL)?.[0] ?? "",
  ];
  expect(told([at + near, near + at])).toEqual([
    "adjustment at risk now stands 2nd of 2, was 1st of 2: they apply from top to bottom",
  ]);
  const base = `[{ when: 'segments.value == "strategic"', level: high }, { otherwise: low }]`;
  const [first, second] = [`{ when: arr >= 7, level: high }`, `{ when: champion, level: low }`];
  const ordered = (rules: string): Model =>
    read(MODEL.replace(base, `[${rules}, { otherwise: low }]`));
  const swapped = diffModels(ordered(`${first}, ${second}`), ordered(`${second}, ${first}`));
  expect(swapped.map(({ sentence }) => sentence)).toEqual([
    "base level: high now stands 2nd of 2, was 1st of 2: the first that holds counts",
  ]);
});

test("each change says where, what kind, what before and after, and whether it decides", () => {
  const [change] = diffModels(read(MODEL), read(MODEL.replace("arr >= 100000", "arr >= 60000")));
  expect(change).toEqual({
    path: "segments.value.strategic.rule",
    block: "segments",
    kind: "changed",
    before: "arr >= 100000",
    after: "arr >= 60000",
    sentence: "segment value: strategic needs arr of at least 60,000 USD, was 100,000",
    decides: true,
  });
  const retitled = diffModels(read(MODEL), read(MODEL.replace("title: News", "title: Latest")));
  expect(retitled.map(({ decides }) => decides)).toEqual([false]);
});
