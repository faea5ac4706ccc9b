import type { RowScalar } from "../src/engine/ports/rows.ts";
import { DAY_MS, type Day, type Instant } from "../src/core/time/day.ts";
import { startOfDay } from "../src/core/time/zone.ts";

/** One event of the round in which an account's events repeat. */
export interface Slot {
  readonly name: string;
  readonly properties: Readonly<Record<string, RowScalar>>;
}

/** How an account uses the product: everything its events can be worked out from. */
export interface Use {
  readonly born: Day;
  /** Events a day until `turn`; after it `after` times as many. */
  readonly perDay: number;
  /** Days of age. */
  readonly turn: number;
  readonly after: number;
  /** How many people take turns. */
  readonly users: number;
  /** `feature_adoption_score` of its events. */
  readonly depth: number;
  readonly style: Style;
}

export type Style = keyof typeof WEIGHTS;

/** Of 64 events, how many are of which kind. */
const WEIGHTS = {
  steady: {
    report_view: 36,
    monitoring_run: 18,
    api_call: 7,
    user_invite: 1,
    integration_connect: 1,
    "Help Article Viewed": 1,
  },
  building: {
    report_view: 20,
    monitoring_run: 16,
    api_call: 14,
    user_invite: 4,
    integration_connect: 4,
    premium_feature_trial: 2,
    feature_limit_hit: 4,
  },
  asking: {
    report_view: 30,
    monitoring_run: 10,
    api_call: 3,
    "Ticket Opened": 4,
    "Help Article Viewed": 9,
    "Community Question Asked": 2,
    "Chat Ended": 6,
  },
  quiet: { report_view: 60, monitoring_run: 2, integration_connect: 1, "Chat Ended": 1 },
} as const;

/** What the n-th event of a kind in a round carries, again and again. */
const PROPERTIES: Readonly<Record<string, readonly Slot["properties"][]>> = {
  "Ticket Opened": [
    { priority: "normal" },
    { priority: "high" },
    { priority: "low" },
    { priority: "critical" },
  ],
  "Chat Ended": [{ outcome: "solved" }, { outcome: "solved" }, { outcome: "handed over" }],
};

export const ROUND = 64;
export const ROUNDS: Readonly<Record<Style, readonly Slot[]>> = {
  steady: round(WEIGHTS.steady),
  building: round(WEIGHTS.building),
  asking: round(WEIGHTS.asking),
  quiet: round(WEIGHTS.quiet),
};

/** Spreads the kinds over the round: next comes the one that is furthest behind its share. */
function round(weights: Readonly<Record<string, number>>): Slot[] {
  const made = new Map<string, number>();
  return Array.from({ length: ROUND }, (_, place): Slot => {
    const behind = (name: string): number =>
      ((place + 1) * (weights[name] ?? 0)) / ROUND - (made.get(name) ?? 0);
    const name = Object.keys(weights).reduce((a, b) => (behind(b) > behind(a) ? b : a));
    const before = made.get(name) ?? 0;
    made.set(name, before + 1);
    const choices = PROPERTIES[name];
    return { name, properties: choices?.[before % choices.length] ?? {} };
  });
}

/** How many events there were by the end of a day: event k, from 0, is of the day that first has k + 1. */
export function eventsBy(use: Use, day: Day): number {
  const age = day - use.born + 1;
  if (age <= 0) return 0;
  const before = Math.min(age, use.turn);
  return Math.floor(use.perDay * (before + use.after * (age - before)));
}

/** The day of event k. There has to be such an event by `latest`. */
export function dayOfEvent(use: Use, k: number, latest: Day): Day {
  let low = use.born;
  let high = latest;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (eventsBy(use, middle) > k) high = middle;
    else low = middle + 1;
  }
  return low;
}

const MORNING_MS = DAY_MS / 3;
const MINUTE_MS = 60_000;

/** One a minute from eight in the morning. */
export function instantOfEvent(use: Use, k: number, day: Day, zone: string): Instant {
  return startOfDay(day, zone) + MORNING_MS + (k - eventsBy(use, day - 1)) * MINUTE_MS;
}

export function slotOf(use: Use, k: number): Slot {
  return ROUNDS[use.style][k % ROUND] as Slot;
}

export function userOf(use: Use, k: number): string {
  return `u${(k % use.users) + 1}`;
}
