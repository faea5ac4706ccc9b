import { evaluateRule } from "../rules/index.ts";
import type { Env, Rule, RuleType, Value } from "../rules/types.ts";
import type { Day, Instant } from "../time/day.ts";
import { localDayIn } from "../time/zone.ts";
import { AGGREGATES, type Aggregate } from "./aggregates/index.ts";
import { ContactHistory } from "./contact-history.ts";
import { eventEnv, propertyValue } from "./event-match.ts";
import type { FactPlan } from "./fact-plan.ts";
import { readTyped } from "./read-typed.ts";
import { TouchRecency } from "./touch-recency.ts";
import { TraitSeries } from "./trait-series.ts";
import type { AccountIdentity, ContactInput, EventInput, TraitChange } from "./types.ts";

/** From this day an account is closed, whatever type a model may give the trait of that name. */
const CLOSED_AT = "closed_at";
const DATE: RuleType = { kind: "date" };

/**
 * All that is known of one account, kept so that every fact can be told as of any past day.
 * Things may be added in any order; a late event counts on the day it happened.
 */
export class AccountHistory {
  identity: AccountIdentity;
  readonly plan: FactPlan;
  readonly touches = new TouchRecency();
  readonly #zone: string;
  readonly #traits = new Map<string, TraitSeries>();
  readonly #closed = new TraitSeries();
  readonly #contacts = new Map<string, ContactHistory>();
  /** The last answer of `contactsAsOf`, and the days for which it holds. */
  #latest: {
    readonly from: Day;
    readonly until: Day;
    readonly were: readonly ContactInput[];
  } | null = null;
  readonly #aggregates: (Aggregate | undefined)[] = [];

  constructor(plan: FactPlan, identity: AccountIdentity) {
    this.plan = plan;
    this.identity = identity;
    this.#zone = plan.model.workspace.timezone;
    this.localDay = localDayIn(this.#zone);
  }

  /** The day the account's counts begin and its age is counted from. */
  get born(): Day {
    return this.identity.createdAt ?? this.identity.firstSeen;
  }

  readonly localDay: (at: Instant) => Day;

  /** False when the value does not fit the declared type: it is refused and the old one stays. */
  addTrait(change: TraitChange): boolean {
    const type = this.plan.traitTypes.get(change.trait);
    const isClosing = change.trait === CLOSED_AT;
    if (isClosing && !this.#addTo(this.#closed, DATE, change)) return false;
    if (!type) return true;
    let series = this.#traits.get(change.trait);
    if (!series) this.#traits.set(change.trait, (series = new TraitSeries()));
    return this.#addTo(series, type, change);
  }

  #addTo(series: TraitSeries, type: RuleType, { value: raw, from, arrived }: TraitChange): boolean {
    const value = readTyped(type, raw, this.#zone);
    if (value === undefined) return false;
    series.add({ from, arrived, value });
    return true;
  }

  putContact(input: ContactInput): void {
    this.#latest = null;
    const present = this.#contacts.get(input.id);
    this.#contacts.set(
      input.id,
      present?.withInput(input) ?? new ContactHistory(input, this.plan.contactTraits, this.#zone),
    );
  }

  addContactTrait(contact: string, change: TraitChange): boolean {
    this.#latest = null;
    return this.#contacts.get(contact)?.add(change) ?? false;
  }

  addEvent(event: EventInput): void {
    const day = this.localDay(event.at);
    if (event.engine) this.touches.add(event, day);
    for (const index of this.plan.sourcesFor(event.name, event.engine)) {
      const { aggregate } = this.plan.sources[index] as FactPlan["sources"][number];
      if (aggregate.where && !this.#holds(aggregate.where, event, day)) continue;
      const property =
        aggregate.property === undefined
          ? null
          : propertyValue(event.properties, aggregate.property);
      const value = typeof property === "number" ? property : Number.NaN;
      const made = (this.#aggregates[index] ??= AGGREGATES[aggregate.kind].make());
      made.add({ day, at: event.at, user: event.user, value });
    }
  }

  /** The trait as of the end of a day; undefined when no value counted yet. */
  trait(name: string, day: Day): Value | undefined {
    return this.#traits.get(name)?.at(day);
  }

  /** The event fact as of the end of a day; NaN is unknown. */
  aggregate(fact: string, day: Day, over: number | undefined): number {
    const index = this.plan.sourceOf.get(fact);
    return index === undefined ? Number.NaN : this.ofSource(index, day, over);
  }

  /** The same by the number of the fact's source in the plan. */
  ofSource(index: number, day: Day, over: number | undefined): number {
    const source = this.plan.sources[index];
    if (!source) return Number.NaN;
    const { counts } = AGGREGATES[source.aggregate.kind];
    if (counts && day < this.born) return Number.NaN;
    return this.#aggregates[index]?.value(day, over) ?? (counts ? 0 : Number.NaN);
  }

  /** Contacts known on a day, each by itself. */
  contacts(day: Day): ContactHistory[] {
    return [...this.#contacts.values()].filter((contact) => contact.input.from <= day);
  }

  /** Contacts as they were at the end of a day: the same list while nothing in it changes. */
  contactsAsOf(day: Day): readonly ContactInput[] {
    const known = this.#latest;
    if (known && day >= known.from && day < known.until) return known.were;
    const were: ContactInput[] = [];
    let until = Number.POSITIVE_INFINITY;
    for (const contact of this.#contacts.values()) {
      const isThere = contact.input.from <= day;
      until = Math.min(until, isThere ? contact.until(day) : contact.input.from);
      if (isThere) were.push(contact.at(day));
    }
    this.#latest = { from: day, until, were };
    return were;
  }

  /** Whether the account is closed on a day. */
  closedOn(day: Day): boolean {
    const closed = this.#closed.at(day);
    return typeof closed === "number" && closed <= day;
  }

  contactEnv(contact: ContactHistory, day: Day): Env {
    return {
      today: day,
      localDay: this.localDay,
      get: (name) => (name.startsWith("contact.") ? contact.value(name.slice(8), day) : null),
    };
  }

  #holds(rule: Rule, event: EventInput, day: Day): boolean {
    return evaluateRule(rule, eventEnv(event, day, this.localDay)) === true;
  }
}
