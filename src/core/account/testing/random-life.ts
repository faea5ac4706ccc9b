import {
  AccountHistory,
  type ContactInput,
  type EventInput,
  type FactPlan,
  isEngineName,
  type Json,
  type TraitChange,
} from "../../facts/index.ts";
import type { EventPattern, Model } from "../../model/types.ts";
import type { RuleType } from "../../rules/types.ts";
import { type Day, formatDay, type Instant } from "../../time/day.ts";
import { startOfDay } from "../../time/zone.ts";
import type { AccountRecord } from "../record.ts";
import { NEW_ACCOUNT } from "../state.ts";

/** What arrives about an account on one day, in this order. */
export type News =
  | { readonly kind: "trait"; readonly change: TraitChange }
  | { readonly kind: "event"; readonly event: EventInput }
  | {
      readonly kind: "contact";
      readonly contact: ContactInput;
      readonly traits: readonly TraitChange[];
    };

/** A made-up customer: made by chance, but of the words and numbers that the model's rules ask for. */
export interface Life {
  readonly id: string;
  readonly createdAt: Day;
  readonly firstSeen: Day;
  readonly news: ReadonlyMap<Day, readonly News[]>;
}

/** The same life for the same seed (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  whole(below: number): number {
    return Math.floor(this.next() * below);
  }

  of<T>(list: readonly T[]): T | undefined {
    return list[this.whole(list.length)];
  }
}

/** The numbers and words of a model's rules, and the events it listens to. */
interface Vocabulary {
  readonly numbers: readonly number[];
  readonly words: readonly string[];
  readonly events: readonly { readonly name: string; readonly property: string | undefined }[];
  readonly traits: readonly { readonly trait: string; readonly type: RuleType }[];
}

function vocabulary(model: Model): Vocabulary {
  const numbers = [...model.source.matchAll(/\d+(?:\.\d+)?/g)].map(([text]) => Number(text));
  const words = [...model.source.matchAll(/"([a-z_]+)"/g)].map(([, word]) => word ?? "");
  const events = model.facts.flatMap(({ source }) =>
    source.kind === "event"
      ? [{ name: nameOf(source.aggregate.pattern), property: source.aggregate.property }]
      : [],
  );
  const called = model.programs.flatMap(({ on }) =>
    on ? [{ name: nameOf(on.pattern), property: undefined }] : [],
  );
  const traits = model.facts.flatMap(({ source, type }) =>
    source.kind === "trait" ? [{ trait: source.trait, type }] : [],
  );
  const ofProduct = [...events, ...called].filter(
    ({ name }) => !isEngineName(name) || name.startsWith("survey:"),
  );
  return { numbers, words, events: ofProduct, traits };
}

function nameOf(pattern: EventPattern): string {
  if (pattern.kind === "exact") return pattern.name;
  return pattern.kind === "prefix" ? `${pattern.prefix}x` : "Something Else";
}

/** A life that is first seen on `from`, with some past, and hears something on most of `days` days. */
export function randomLife(model: Model, seed: number, from: Day, days: number): Life {
  const chance = new Chance(seed);
  const words = vocabulary(model);
  const createdAt = from - chance.whole(chance.next() < 0.5 ? 20 : 500);
  const at = (day: Day): Instant =>
    startOfDay(day, model.workspace.timezone) + chance.whole(80_000_000);
  const news = new Map<Day, News[]>();
  for (let day = from; day < from + days; day++) {
    const count = day === from ? 25 : chance.next() < 0.4 ? chance.whole(6) : 0;
    const today = Array.from({ length: count }, () =>
      oneOf(chance, words, { day, first: from, createdAt, at }),
    );
    news.set(
      day,
      today.toSorted((a, b) => rank(a) - rank(b)),
    );
  }
  return { id: `account-${seed}`, createdAt, firstSeen: from, news };
}

const rank = ({ kind }: News): number => (kind === "contact" ? 0 : 1);

interface When {
  readonly day: Day;
  readonly first: Day;
  readonly createdAt: Day;
  readonly at: (day: Day) => Instant;
}

function oneOf(chance: Chance, words: Vocabulary, when: When): News {
  const dice = chance.next();
  const user = `u${1 + chance.whole(4)}`;
  if (dice < 0.15) return { kind: "contact", ...aContact(chance, words, when, user) };
  if (dice < 0.55) return { kind: "trait", change: aTrait(chance, words, when) };
  const { name, property } = chance.of(words.events) ?? { name: "Nothing", property: undefined };
  // half of what is told on the first day lies in the past
  const isOld = when.day === when.first && chance.next() < 0.8;
  const day = isOld
    ? when.day - chance.whole(60)
    : when.day - (chance.next() < 0.2 ? chance.whole(5) : 0);
  const value = chance.next() < 0.7 ? chance.whole(11) : (chance.of(words.numbers) ?? 0);
  const properties = Object.fromEntries<Json>([
    ...(property === undefined ? [] : [[property, value] as const]),
    ["feature", chance.of(words.words) ?? "x"],
  ]);
  const event = {
    name,
    at: when.at(day),
    user: chance.next() < 0.8 ? user : null,
    properties,
    engine: isEngineName(name),
  };
  return { kind: "event", event };
}

function aTrait(
  chance: Chance,
  words: Vocabulary,
  { day, first, createdAt, at }: When,
): TraitChange {
  const { trait, type } = chance.of(words.traits) ?? {
    trait: "nothing",
    type: { kind: "number" } as const,
  };
  const from = day === first ? createdAt : chance.next() < 0.1 ? day - chance.whole(30) : day;
  return {
    trait,
    value: chance.next() < 0.1 ? null : aValue(chance, words, type, day),
    from,
    arrived: at(day),
  };
}

function aValue(chance: Chance, words: Vocabulary, type: RuleType, day: Day): Json {
  switch (type.kind) {
    case "number": {
      const known = chance.of(words.numbers) ?? 1;
      return known + (chance.of([0, 0, 1, -1, 0.5]) ?? 0);
    }
    case "boolean":
      return chance.next() < 0.5;
    case "date":
      return formatDay(day + chance.whole(200) - 60);
    case "time":
      return `${formatDay(day + chance.whole(200) - 60)}T12:00:00Z`;
    case "string":
    case "any":
      return chance.of(("values" in type && type.values) || words.words) ?? "x";
  }
}

function aContact(
  chance: Chance,
  words: Vocabulary,
  { day, first, createdAt, at }: When,
  id: string,
): { contact: ContactInput; traits: TraitChange[] } {
  const from = day === first ? createdAt : day;
  const role = chance.of(["admin", "user", "champion", "sponsor", null]) ?? null;
  const contact: ContactInput = {
    id,
    email: chance.next() < 0.8 ? `${id}@a.test` : null,
    name: null,
    role,
    timezone: chance.of(["Europe/Paris", null]) ?? null,
    locale: null,
    createdAt: null,
    from,
    user: id,
    optOuts: chance.next() < 0.2 ? ["email"] : [],
  };
  const traits = ["role", chance.of(words.words) ?? "x"].map((trait): TraitChange => ({
    trait,
    value: trait === "role" ? role : (chance.of(words.words) ?? "x"),
    from,
    arrived: at(day),
  }));
  return { contact, traits };
}

/** The account before anybody has told of it. */
export function unborn(plan: FactPlan, { id, createdAt, firstSeen }: Life): AccountRecord {
  return {
    history: new AccountHistory(plan, {
      id,
      name: `The ${id}`,
      createdAt,
      firstSeen,
      timezone: null,
    }),
    isNew: true,
    state: NEW_ACCOUNT,
    touches: new Map(),
    owner: null,
  };
}

/** Tells an account's history what arrived on a day; answers the events among it. */
export function hear(record: AccountRecord, life: Life, day: Day): EventInput[] {
  const events: EventInput[] = [];
  for (const one of life.news.get(day) ?? []) {
    if (one.kind === "trait") record.history.addTrait(one.change);
    else if (one.kind === "event") {
      record.history.addEvent(one.event);
      events.push(one.event);
    } else {
      record.history.putContact(one.contact);
      for (const change of one.traits) record.history.addContactTrait(one.contact.id, change);
    }
  }
  return events;
}
