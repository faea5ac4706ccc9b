import {
  AccountHistory,
  eventEnv,
  type FactPlan,
  matchesPattern,
} from "../src/core/facts/index.ts";
import type { AccountIdentity } from "../src/core/facts/types.ts";
import type { EventAggregate } from "../src/core/model/types.ts";
import { evaluateRule } from "../src/core/rules/index.ts";
import { assertNever } from "../src/core/text/assert-never.ts";
import type { Day } from "../src/core/time/day.ts";
import type { SampleAccount } from "./sample-account.ts";
import {
  dayOfEvent,
  eventsBy,
  instantOfEvent,
  ROUND,
  ROUNDS,
  type Slot,
  type Style,
  type Use,
} from "./use-stream.ts";

/**
 * A made-up account's history without its events: what they would come to is worked out from
 * how the account uses the product, so that a book of a million needs no billion of events. That
 * it is the same to the last fact is held by a test.
 */
export class SampleHistory extends AccountHistory {
  readonly #use: Use;
  readonly #picks: Picks;

  constructor(plan: FactPlan, account: SampleAccount, picks: Picks) {
    super(plan, identityOf(account));
    this.#use = account.use;
    this.#picks = picks;
    addStatements(this, account);
    for (const event of account.answers) this.addEvent(event);
  }

  override ofSource(index: number, day: Day, over: number | undefined): number {
    const picked = this.#picks[this.#use.style][index];
    const source = this.plan.sources[index]?.aggregate;
    if (!picked || !source) return super.ofSource(index, day, over);
    const first = over === undefined ? this.#use.born : Math.max(this.#use.born, day - over + 1);
    return this.#overUse(source, picked, first, day);
  }

  #overUse({ kind, property }: EventAggregate, picked: PickedSlots, first: Day, day: Day): number {
    const use = this.#use;
    const start = picked.before(eventsBy(use, first - 1));
    const end = picked.before(eventsBy(use, day));
    const some = end - start;
    const number = property === "feature_adoption_score" ? use.depth : Number.NaN;
    switch (kind) {
      case "count":
        return day < use.born ? Number.NaN : some;
      case "users":
        return day < use.born ? Number.NaN : usersOf(use, picked, start, end);
      case "days":
        return day < use.born ? Number.NaN : daysOf(use, picked, first, day);
      case "sum":
        return day < use.born ? Number.NaN : Number.isNaN(number) ? 0 : some * number;
      case "avg":
      case "latest":
      case "max":
      case "min":
        return some > 0 ? number : Number.NaN;
      case "first":
        return some > 0 ? this.#instant(picked.at(start), day) : Number.NaN;
      case "last":
        return some > 0 ? this.#instant(picked.at(end - 1), day) : Number.NaN;
      case "nps":
        return Number.NaN;
      default:
        return assertNever(kind);
    }
  }

  #instant(k: number, latest: Day): number {
    const day = dayOfEvent(this.#use, k, latest);
    return instantOfEvent(this.#use, k, day, this.plan.model.workspace.timezone);
  }
}

export function identityOf({ id, name, born }: SampleAccount): AccountIdentity {
  return { id, name, createdAt: born, firstSeen: born, timezone: null };
}

/** What was said of an account and of its contacts. */
export function addStatements(history: AccountHistory, account: SampleAccount): void {
  const said = [{ on: account.born, traits: account.traits }, ...account.later];
  for (const { on, traits } of said) {
    for (const [trait, value] of Object.entries(traits))
      history.addTrait({ trait, value, from: on, arrived: 0 });
  }
  for (const { traits, ...contact } of account.contacts) {
    history.putContact({
      ...contact,
      timezone: null,
      locale: null,
      createdAt: account.born,
      from: account.born,
      user: contact.id.split("-").at(-1) ?? null,
      optOuts: [],
    });
    for (const [trait, value] of Object.entries(traits)) {
      history.addContactTrait(contact.id, { trait, value, from: account.born, arrived: 0 });
    }
  }
}

/** Of each style's round, the events that count in a source; undefined: its events are not of use. */
export type Picks = Readonly<Record<Style, readonly (PickedSlots | undefined)[]>>;

export function picksOf(plan: FactPlan): Picks {
  const of = (style: Style) =>
    plan.sources.map(({ aggregate }) => pickedBy(aggregate, ROUNDS[style]));
  return {
    steady: of("steady"),
    building: of("building"),
    asking: of("asking"),
    quiet: of("quiet"),
  };
}

function pickedBy(
  { pattern, where }: EventAggregate,
  round: readonly Slot[],
): PickedSlots | undefined {
  if (
    pattern.kind !== "tracked" &&
    /^(?:touch|survey):/.test(pattern.kind === "exact" ? pattern.name : pattern.prefix)
  ) {
    return undefined;
  }
  const counts = ({ name, properties }: Slot): boolean => {
    if (!matchesPattern(pattern, name, false)) return false;
    const env = eventEnv({ name, user: null, properties }, 0, () => 0);
    return where === undefined || evaluateRule(where, env) === true;
  };
  return new PickedSlots(round.map(counts));
}

/** Some events of the round, counted through all rounds. */
class PickedSlots {
  readonly #before: readonly number[];
  readonly #places: readonly number[];

  constructor(picked: readonly boolean[]) {
    this.#places = [...picked.keys()].filter((place) => picked[place]);
    this.#before = picked.map((_, place) => this.#places.filter((one) => one < place).length);
  }

  get all(): boolean {
    return this.#places.length === ROUND;
  }

  /** How many of the events 0 to k - 1 are picked. */
  before(k: number): number {
    return Math.floor(k / ROUND) * this.#places.length + (this.#before[k % ROUND] as number);
  }

  /** Which event the n-th picked one is, from 0. */
  at(n: number): number {
    const { length } = this.#places;
    return Math.floor(n / length) * ROUND + (this.#places[n % length] as number);
  }
}

function usersOf(use: Use, picked: PickedSlots, start: number, end: number): number {
  if (picked.all) return Math.min(end - start, use.users);
  const seen = new Set<number>();
  for (let n = start; n < end && seen.size < use.users; n++) seen.add(picked.at(n) % use.users);
  return seen.size;
}

function daysOf(use: Use, picked: PickedSlots, first: Day, last: Day): number {
  let days = 0;
  let before = picked.before(eventsBy(use, first - 1));
  for (let day = first; day <= last; day++) {
    const now = picked.before(eventsBy(use, day));
    if (now > before) days += 1;
    before = now;
  }
  return days;
}
