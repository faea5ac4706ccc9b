import { Book, BookLayout } from "../../src/core/book/book.ts";
import type { RuleType, Value } from "../../src/core/rules/types.ts";
import { type Day, dayOf } from "../../src/core/time/day.ts";
import { Random } from "../random.ts";
import { FACT_NAMES, FACT_SPECS, type FactName, FACTS } from "./sixty-rules.ts";

export const TODAY: Day = dayOf(2026, 3, 2);
const UNKNOWN_SHARE = 0.1;

/** A book of made-up facts: the same for a seed on every machine, a tenth of the values unknown. */
export function sampleBook(accounts: number, seed: number): Book {
  const book = new Book(new BookLayout(FACT_SPECS), accounts);
  const setters = FACT_NAMES.map((name) => ({ name, set: book.setter(name) }));
  for (let row = 0; row < accounts; row++) {
    const random = new Random(seed, row);
    for (const { name, set } of setters) {
      set(row, random.chance(UNKNOWN_SHARE) ? null : sampleValue(name, random));
    }
  }
  return book;
}

/** Spread so that every rule is true of some accounts and not of others. */
function sampleValue(name: FactName, random: Random): Value {
  const type: RuleType = FACTS[name];
  if (type.kind === "string") return random.pick(type.values ?? []);
  if (type.kind === "boolean") return random.chance(name === "strategic" ? 0.05 : 0.5);
  const make: (() => number) | undefined = NUMBERS[name]?.bind(undefined, random);
  return make ? make() : TODAY - random.whole(0, 400);
}

const NUMBERS: Partial<Record<FactName, (random: Random) => number>> = {
  arr: (random) => Math.round(random.scaled(500, 900_000)),
  // somebody may have entered 0 seats, and a month may pass without a login
  seats: (random) => (random.chance(0.01) ? 0 : Math.round(random.scaled(1, 2_000))),
  employees: (random) => Math.round(random.scaled(5, 20_000)),
  open_expansion: (random) => (random.chance(0.8) ? 0 : Math.round(random.scaled(1_000, 200_000))),
  users: (random) => (random.chance(0.05) ? 0 : Math.round(random.scaled(1, 1_500))),
  users_before: (random) => Math.round(random.scaled(1, 1_500)),
  logins: (random) => Math.round(random.scaled(1, 9_000)),
  logins_before: (random) => (random.chance(0.05) ? 0 : Math.round(random.scaled(1, 9_000))),
  api_calls: (random) => Math.round(random.scaled(10, 100_000)),
  plan_limit: (random) => random.pick([1_000, 10_000, 100_000]),
  limit_hits: (random) => random.whole(0, 4),
  depth: (random) => random.whole(0, 100) / 100,
  nps: (random) => random.whole(-100, 100),
  csat: (random) => random.whole(10, 50) / 10,
  tickets: (random) => random.whole(0, 8),
  urgent: (random) => (random.chance(0.8) ? 0 : 1),
  late_invoices: (random) => (random.chance(0.8) ? 0 : random.whole(1, 4)),
  age_days: (random) => random.whole(0, 1_500),
  renewal_date: (random) => TODAY + random.whole(-30, 335),
};
