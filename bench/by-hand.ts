import type { Book } from "../src/core/book/book.ts";
import type { Day, Instant } from "../src/core/time/day.ts";
import { type ByHand, NEVER, type SegmentState } from "./by-hand-state.ts";

const [ONBOARDING, GROWTH, RENEWAL] = [0, 1, 2];
const [RED, YELLOW, GREEN, UNKNOWN_BAND] = [0, 1, 2, 3];
const [TOP, CORE, MICRO, SMALL] = [0, 1, 2, 3];
const [HIGH, MEDIUM, LOW, TECH] = [0, 1, 2, 3];

export type DecideByHand = (from: number, to: number, today: Day) => void;

/**
 * templates/four-tiers-hybrid/model.yaml as somebody would write it out by hand for speed: one
 * loop over the same columns, everything in local variables, nothing looked up. It is what the
 * compiled model is measured against; when the template changes, change it here too.
 *
 * Facts that are read from histories have to be in the book's columns already.
 */
export function byHand(book: Book, hand: ByHand, localDay: (at: Instant) => Day): DecideByHand {
  const numbers = (name: string): Float64Array => book.column(name) as Float64Array;
  const texts = (name: string): Int32Array => book.column(name) as Int32Array;
  const truths = (name: string): Uint8Array => book.column(name) as Uint8Array;
  const arr = numbers("arr");
  const plan = texts("plan");
  const seats = numbers("seats");
  const renewalDate = numbers("renewal_date");
  const strategic = truths("strategic");
  const complexity = texts("complexity");
  const potential = texts("growth_potential");
  const openExpansion = numbers("open_expansion");
  const champion = truths("champion");
  const planLimit = numbers("plan_limit");
  const users = numbers("users_28d");
  const usersBefore = numbers("users_28d@28");
  const uses28 = numbers("uses_28d");
  const uses28Before = numbers("uses_28d@28");
  const uses30 = numbers("uses_30d");
  const depth = numbers("feature_depth");
  const lastUse = numbers("last_use");
  const connections = numbers("connections");
  const firstReport = numbers("first_report");
  const runs = numbers("runs");
  const runsBefore = numbers("runs@7");
  const limitHits = numbers("limit_hits_28d");
  const nps = numbers("nps");
  const tickets = numbers("tickets_28d");
  const urgent = numbers("urgent_28d");
  const articles = numbers("articles_7d");
  const questions = numbers("questions_28d");
  const chats = numbers("chats_28d");
  const chatsSolved = numbers("chats_solved_28d");
  const kickoffHeld = numbers("kickoff_held");
  const ages = numbers("account_age_days");
  const free = book.dict.code("free");
  const complex = book.dict.code("complex");
  const high = book.dict.code("high");
  const [tiers, keys, milestones, limits, expansions, helps, fortnights, months, quarters] =
    hand.segments as unknown as readonly [
      SegmentState,
      SegmentState,
      SegmentState,
      SegmentState,
      SegmentState,
      SegmentState,
      SegmentState,
      SegmentState,
      SegmentState,
    ];

  return (from, to, today) => {
    for (let i = from; i < to; i++) {
      // facts
      const age = ages[i] as number;
      const money = arr[i] as number;
      const isFree = plan[i] === free;
      const adoption = finite((users[i] as number) / (seats[i] as number));
      const trend = finite((uses28[i] as number) / (uses28Before[i] as number));
      const gained = (users[i] as number) - (usersBefore[i] as number);
      const limitUsed = finite((uses30[i] as number) / (planLimit[i] as number));
      const ran = runs[i] as number;
      const ranBefore = ran - (ran - (runsBefore[i] as number));
      const unsolved = (chats[i] as number) - (chatsSolved[i] as number);
      const botSolves = finite((chatsSolved[i] as number) / (chats[i] as number));
      const toRenewal = (renewalDate[i] as number) - today;
      const hasReport = !Number.isNaN(firstReport[i]);

      // health
      let weight = 0;
      let total = 0;
      let score = (125 * adoption) / Math.min(Math.max(age / 60, 0.1), 1);
      if (isKnown(score)) {
        weight += 40;
        total += 40 * within(score);
      }
      score = (trend - 0.5) * 200;
      if (isKnown(score)) {
        weight += 20;
        total += 20 * within(score);
      }
      const seen = lastUse[i] as number;
      if (isKnown(seen)) {
        weight += 15;
        total += 15 * within(130 - (today - localDay(seen)) * 5);
      }
      score = ((nps[i] as number) + 100) / 2;
      if (isKnown(score)) {
        weight += 15;
        total += 15 * within(score);
      }
      score = ((depth[i] as number) - 0.4) * 250;
      if (isKnown(score)) {
        weight += 10;
        total += 10 * within(score);
      }
      let health = weight >= 50 ? Math.round((total / weight) * 1e10) / 1e10 : Number.NaN;
      if (health > 79 && (champion[i] === 0 || (urgent[i] as number) >= 1)) health = 79;
      const band =
        health >= 80 ? GREEN : health >= 55 ? YELLOW : isKnown(health) ? RED : UNKNOWN_BAND;
      hand.band[i] = band;

      // lifecycle
      const before = hand.stage[i] as number;
      let stage = before < 0 ? (age > 90 ? GROWTH : ONBOARDING) : before;
      if (stage === ONBOARDING) {
        const isOnboarded =
          (!Number.isNaN(kickoffHeld[i]) || isFree || money < 5_000) &&
          (connections[i] as number) >= 1 &&
          hasReport &&
          adoption >= 0.5;
        if (isOnboarded || age > 90 || toRenewal <= 60) stage = GROWTH;
      }
      if (before === RENEWAL && toRenewal > 90) stage = GROWTH;
      else if (stage === GROWTH && toRenewal <= 90 && toRenewal >= 0) stage = RENEWAL;
      if (stage !== before) {
        hand.stage[i] = stage;
        hand.stageSince[i] = today;
      }

      // segments
      const tier =
        money >= 100_000 ||
        strategic[i] === 1 ||
        (complexity[i] === complex && money >= 5_000) ||
        (potential[i] === high && money + (openExpansion[i] as number) >= 100_000)
          ? TOP
          : money >= 25_000
            ? CORE
            : isFree || money < 5_000
              ? MICRO
              : SMALL;
      put(tiers, i, tier, today);
      const isKey = flag(keys, i, money >= 500_000, today);
      flag(
        milestones,
        i,
        (ran >= 25 && ranBefore < 25) ||
          (ran >= 100 && ranBefore < 100) ||
          (ran >= 250 && ranBefore < 250) ||
          (ran >= 500 && ranBefore < 500),
        today,
      );
      const nearLimit = latch(limits, i, limitUsed >= 0.8, limitUsed < 0.7, today);
      lasting(
        expansions,
        i,
        nearLimit === 1 || (limitHits[i] as number) >= 3 || (adoption >= 1 && gained >= 1),
        3,
        today,
      );
      flag(
        helps,
        i,
        (tickets[i] as number) >= 2 ||
          (questions[i] as number) >= 2 ||
          unsolved >= 2 ||
          (articles[i] as number) >= 8 ||
          (botSolves < 0.6 && (chats[i] as number) >= 3),
        today,
      );
      const fortnight = latch(fortnights, i, isWhole(age / 14), false, today);
      const month = latch(months, i, isWhole(age / 28), false, today);
      const quarter = latch(quarters, i, isWhole(age / 91), false, today);

      // touch
      const base = tier === TOP ? HIGH : tier === CORE ? MEDIUM : tier === MICRO ? TECH : LOW;
      if (hand.base[i] !== base) {
        hand.base[i] = base;
        hand.baseSince[i] = today;
      }
      let asked = base;
      if (stage === ONBOARDING && tier !== MICRO) asked = HIGH;
      if (stage === RENEWAL) asked = Math.max(asked - 1, HIGH);
      if (band === RED) {
        hand.keepRaise[i] = today;
        hand.keepPerson[i] = today;
      }
      if (today - (hand.keepRaise[i] as number) <= 30) asked = Math.max(asked - 1, HIGH);
      if (today - (hand.keepPerson[i] as number) <= 30) asked = Math.min(asked, MEDIUM);
      const present = hand.level[i] as number;
      let held = 0;
      if (present < 0 || asked <= present) hand.lowerSince[i] = NEVER;
      else {
        if (hand.lowerSince[i] === NEVER) hand.lowerSince[i] = today;
        if (today - (hand.lowerSince[i] as number) + 1 >= 14) hand.lowerSince[i] = NEVER;
        else {
          held = 1;
          asked = present;
        }
      }
      hand.held[i] = held;
      if (asked !== present) {
        hand.level[i] = asked;
        hand.levelSince[i] = today;
      }

      // programs
      const isNew = stage === ONBOARDING;
      hand.programs[i] =
        bit(0, isNew && base !== TECH) |
        bit(1, isNew && base === HIGH) |
        bit(2, isNew && base === MEDIUM) |
        bit(3, isNew && base === LOW) |
        bit(4, base === HIGH && age <= 100) |
        bit(5, base === MEDIUM && age <= 100) |
        bit(6, base === LOW && age <= 90) |
        bit(7, base === LOW && age >= 28 && age <= 60 && hasReport) |
        bit(8, base === LOW && age >= 60 && age <= 90 && (band === RED || band === YELLOW)) |
        bit(9, base === TECH && age <= 90) |
        bit(10, base === TECH && age <= 90 && !hasReport) |
        bit(11, asked === HIGH && base === HIGH && !isNew && fortnight === 1) |
        bit(12, asked === HIGH && base !== HIGH && !isNew && fortnight === 1) |
        bit(13, asked === MEDIUM && !isNew && month === 1) |
        bit(14, asked === LOW && !isNew && month === 1) |
        bit(15, asked === TECH && !isNew && month === 1) |
        bit(16, base === HIGH && age > 90 && quarter === 1) |
        bit(17, base === MEDIUM && age > 90 && quarter === 1) |
        bit(18, base === HIGH && stage === GROWTH) |
        bit(19, base === HIGH && isKey === 1 && !isNew && fortnight === 1) |
        bit(20, stage === RENEWAL && base === HIGH) |
        bit(21, stage === RENEWAL && base === MEDIUM) |
        bit(22, stage === RENEWAL && base !== HIGH) |
        bit(23, band !== GREEN) |
        bit(24, base !== TECH) |
        bit(25, base === LOW || base === TECH) |
        bit(26, base !== TECH && band !== RED) |
        bit(27, base === LOW || base === TECH) |
        bit(28, base === LOW || base === TECH);
    }
  };
}

function isKnown(x: number): boolean {
  return !Number.isNaN(x);
}

function finite(x: number): number {
  return x - x === 0 ? x : Number.NaN;
}

function within(score: number): number {
  return score < 0 ? 0 : score > 100 ? 100 : score;
}

function isWhole(x: number): boolean {
  return x === Math.trunc(x);
}

function bit(place: number, holds: boolean): number {
  return holds ? 1 << place : 0;
}

function put({ member, since }: SegmentState, i: number, is: number, today: Day): void {
  if (member[i] !== is) since[i] = today;
  member[i] = is;
}

/** In while the rule holds. */
function flag(segment: SegmentState, i: number, when: boolean, today: Day): number {
  if (!when) segment.streak[i] = NEVER;
  else if (segment.streak[i] === NEVER) segment.streak[i] = today;
  put(segment, i, when ? 1 : 0, today);
  return when ? 1 : 0;
}

/** In while the rule holds, once it has held for some days. */
function lasting(segment: SegmentState, i: number, when: boolean, days: number, today: Day): void {
  const { streak, member } = segment;
  if (!when) streak[i] = NEVER;
  else if (streak[i] === NEVER) streak[i] = today;
  put(
    segment,
    i,
    when && (member[i] === 1 || today - (streak[i] as number) + 1 >= days) ? 1 : 0,
    today,
  );
}

/** In from when the rule holds until another does. */
function latch(
  segment: SegmentState,
  i: number,
  when: boolean,
  until: boolean,
  today: Day,
): number {
  const { streak, member } = segment;
  const leaves = member[i] === 1 && until;
  if (!when || leaves) streak[i] = NEVER;
  if (when && streak[i] === NEVER) streak[i] = today;
  const is = member[i] === 1 ? !leaves : when && !until;
  put(segment, i, is ? 1 : 0, today);
  return is ? 1 : 0;
}
