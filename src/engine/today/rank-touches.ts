import type { Day, Instant } from "../../core/time/day.ts";

/**
 * In which order a person's list of the day stands: what they promised for an hour, what must
 * happen, what is late, what the model says comes first, and then what there is to lose.
 */
export interface Stakes {
  readonly id: string;
  readonly due: Day;
  /** Of an appointment; null: on no hour. */
  readonly startsAt: Instant | null;
  readonly must: boolean;
  /** The touchpoint's `priority` and its place in the model's `caps.priority`, 0 first; what has none comes last. */
  readonly priority: { readonly name: string | null; readonly place: number };
  readonly revenue: number | null;
  /** Days until it renews; null: unknown. */
  readonly renewsIn: number | null;
  readonly health: {
    readonly band: string;
    /** 1 in the lowest band, 0 in the highest and where it is unknown. */
    readonly badness: number;
  };
}

/** How near a renewal has to be for it to weigh, in days. */
const RENEWAL_NEAR = 90;

/**
 * What there is to lose: the account's revenue, up to twice as much the nearer its renewal is (from
 * 90 days before it on), and once more the worse its health.
 */
export function weightOf({ revenue, renewsIn, health }: Stakes): number {
  return (revenue ?? 0) * (1 + nearness(renewsIn) + health.badness);
}

function nearness(renewsIn: number | null): number {
  if (renewsIn === null || renewsIn < 0 || renewsIn > RENEWAL_NEAR) return 0;
  return 1 - renewsIn / RENEWAL_NEAR;
}

/** Orders touches that are due: appointments by their hour, `must`, overdue, priority, weight, day. */
export function mattersMoreToday(today: Day): (a: Stakes, b: Stakes) => number {
  return (a, b) =>
    hourOf(a, today) - hourOf(b, today) ||
    Number(b.must) - Number(a.must) ||
    Number(b.due < today) - Number(a.due < today) ||
    a.priority.place - b.priority.place ||
    weightOf(b) - weightOf(a) ||
    a.due - b.due ||
    (a.id < b.id ? -1 : Number(a.id > b.id));
}

const NO_HOUR = Number.MAX_SAFE_INTEGER;

/** Only of today: an hour that is past is no promise any more. */
function hourOf({ due, startsAt }: Stakes, today: Day): number {
  return due === today && startsAt !== null ? startsAt : NO_HOUR;
}

/** Orders what is still to come: day by day, and within a day like a list of that day. */
export function comesFirst(a: Stakes, b: Stakes): number {
  return a.due - b.due || mattersMoreToday(a.due)(a, b);
}

/** Why a touch stands where it does: each part of the order in which it is ahead of others, in words. */
export function placeReasons(one: Stakes, today: Day, money: (amount: number) => string): string[] {
  const { due, startsAt, must, priority, revenue, renewsIn, health } = one;
  const overdue = today - due;
  const reasons: string[] = [];
  if (startsAt !== null) reasons.push("an hour is fixed with the customer");
  if (must) reasons.push("it must happen");
  if (overdue > 0) reasons.push(`${overdue} ${overdue === 1 ? "day" : "days"} overdue`);
  if (priority.name !== null) reasons.push(`priority ${priority.name}`);
  if (revenue !== null) {
    reasons.push(
      `${money(revenue)}${isNear(renewsIn) ? ` renews ${inDays(renewsIn)}` : " a year"}`,
    );
  }
  if (health.badness > 0) reasons.push(`health is ${health.band}`);
  return reasons;
}

function isNear(renewsIn: number | null): renewsIn is number {
  return renewsIn !== null && renewsIn >= 0 && renewsIn <= RENEWAL_NEAR;
}

function inDays(days: number): string {
  if (days === 0) return "today";
  return days === 1 ? "tomorrow" : `in ${days} days`;
}
