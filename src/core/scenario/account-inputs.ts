import {
  AccountHistory,
  type AccountIdentity,
  type ContactInput,
  type EventInput,
  type FactPlan,
  type Json,
  type TraitChange,
} from "../facts/index.ts";
import type { Day, Instant } from "../time/day.ts";

interface Known {
  identity: AccountIdentity;
  readonly traits: TraitChange[];
  readonly contacts: Map<string, ContactInput>;
  readonly contactTraits: (TraitChange & { contact: string })[];
  readonly events: EventInput[];
}

/** When something is told: the instant, and the day it is in the workspace. */
export interface Told {
  readonly now: Instant;
  readonly today: Day;
}

/**
 * What a scenario told of one account, kept as it came, so that it can be read again when
 * another model goes live; and the rules of when things count from (model.md §7.14).
 */
export class AccountInputs {
  readonly #known: Known;
  history: AccountHistory;

  constructor(plan: FactPlan, id: string, told: Told, createdAt: Day | null) {
    const identity = { id, name: null, createdAt, firstSeen: told.today, timezone: null };
    this.#known = { identity, traits: [], contacts: new Map(), contactTraits: [], events: [] };
    this.history = new AccountHistory(plan, identity);
  }

  get contactIds(): readonly string[] {
    return [...this.#known.contacts.keys()];
  }

  /** The id of the contact that is known by it, or whose user it is. */
  contactOf(idOrUser: string): string | undefined {
    const { contacts } = this.#known;
    if (contacts.has(idOrUser)) return idOrUser;
    return [...contacts.values()].find(({ user }) => user === idOrUser)?.id;
  }

  contact(id: string): ContactInput | undefined {
    return this.#known.contacts.get(id);
  }

  identify(change: Partial<AccountIdentity>): void {
    this.#known.identity = { ...this.#known.identity, ...change };
    this.history.identity = this.#known.identity;
  }

  /** False when the value was refused for its type. */
  setTrait(trait: string, value: Json, told: Told, from: Day): boolean {
    const change = { trait, value, from, arrived: told.now };
    this.#known.traits.push(change);
    return this.history.addTrait(change);
  }

  putContact(contact: ContactInput): void {
    this.#known.contacts.set(contact.id, contact);
    this.history.putContact(contact);
  }

  setContactTrait(contact: string, trait: string, value: Json, told: Told, from: Day): boolean {
    const change = { contact, trait, value, from, arrived: told.now };
    this.#known.contactTraits.push(change);
    return this.history.addContactTrait(contact, change);
  }

  addEvent(event: EventInput): void {
    this.#known.events.push(event);
    this.history.addEvent(event);
  }

  /** Notes an event that the evaluator has put into the history already. */
  keep(event: EventInput): void {
    this.#known.events.push(event);
  }

  /** All that was told, read by another model. */
  rebuild(plan: FactPlan): AccountHistory {
    const { identity, traits, contacts, contactTraits, events } = this.#known;
    this.history = new AccountHistory(plan, identity);
    for (const change of traits) this.history.addTrait(change);
    for (const contact of contacts.values()) this.history.putContact(contact);
    for (const change of contactTraits) this.history.addContactTrait(change.contact, change);
    for (const event of events) this.history.addEvent(event);
    return this.history;
  }
}
