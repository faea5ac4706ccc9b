import { type Book, type BookLayout, columnName } from "../book/book.ts";
import {
  type BlockFunction,
  evaluateRule,
  linkBlock,
  type LinkedBlock,
  RuleEmitter,
} from "../rules/index.ts";
import type { FactSource } from "../model/types.ts";
import type { Value } from "../rules/types.ts";
import type { Day, Instant } from "../time/day.ts";
import type { AccountHistory } from "./account-history.ts";
import type { BuiltInInstance, FactInstance, FactPlan } from "./fact-plan.ts";

/** Facts made of other facts, as generated code; compiled once per model. */
export interface DerivedFacts {
  /** Bound to one book's columns: fills `derived`, and after health `late`. */
  bind(
    book: Book,
    localDay: (at: Instant) => Day,
  ): { readonly derived: BlockFunction; readonly late: BlockFunction };
}

export function compileDerivedFacts(plan: FactPlan, layout: BookLayout): DerivedFacts {
  const derived = compileByAge(plan.derived, layout);
  const late = compileByAge(plan.late, layout);
  return {
    bind: (book, localDay) => ({
      derived: inTurn(derived.map((block) => block(book.columns, book.dict, { localDay }))),
      late: inTurn(late.map((block) => block(book.columns, book.dict, { localDay }))),
    }),
  };
}

/** One block per age, oldest first: a fact is made only of facts as old or older. */
function compileByAge(instances: readonly FactInstance[], layout: BookLayout): LinkedBlock[] {
  const ages = [...new Set(instances.map(({ daysAgo }) => daysAgo))].toSorted((a, b) => b - a);
  return ages.map((daysAgo) => {
    const emitter = new RuleEmitter(layout.asOf(daysAgo), {
      today: daysAgo === 0 ? "today" : `(today - ${daysAgo})`,
    });
    const lines = instances
      .filter((one) => one.daysAgo === daysAgo)
      .map((one) => derivedLine(emitter, one));
    return linkBlock(emitter, `for (let i = from; i < to; i++) {\n${lines.join("\n")}\n}`);
  });
}

function derivedLine(emitter: RuleEmitter, { fact }: FactInstance): string {
  const target = `${emitter.column(fact.name)}[i]`;
  const { source } = fact;
  if (source.kind === "is") return `${target} = ${emitter.value(source.rule.expr)};`;
  if (source.kind !== "ratio" && source.kind !== "change") return "";
  const now = `${emitter.column(source.of)}[i]`;
  const then = `${emitter.column(columnName(source.of, source.over))}[i]`;
  const value = source.kind === "ratio" ? `${now} / ${then}` : `${now} - ${then}`;
  // x / 0 is unknown, not infinite
  return `{ const v = ${value}; ${target} = v - v === 0 ? v : NaN; }`;
}

function inTurn(blocks: readonly BlockFunction[]): BlockFunction {
  return (from, to, today) => {
    for (const block of blocks) block(from, to, today);
  };
}

/**
 * Fills the columns that are read straight from the accounts' histories, as of `today`, from row
 * `first` on.
 */
export function fillBaseFacts(
  plan: FactPlan,
  book: Book,
  histories: readonly AccountHistory[],
  today: Day,
  first = 0,
): void {
  for (const instance of plan.base) {
    const day = today - instance.daysAgo;
    const { source } = instance.fact;
    if (source.kind === "event") {
      const index = plan.sourceOf.get(instance.fact.name) ?? -1;
      const column = book.column(instance.column);
      for (let row = 0; row < histories.length; row++) {
        const history = histories[row] as AccountHistory;
        column[first + row] = history.ofSource(index, day, source.aggregate.over);
      }
      continue;
    }
    const put = book.setter(instance.column);
    for (let row = 0; row < histories.length; row++) {
      put(first + row, baseValue(histories[row] as AccountHistory, source, day));
    }
  }
  for (const instance of plan.builtIns) {
    const put = book.setter(instance.column);
    const day = today - instance.daysAgo;
    for (let row = 0; row < histories.length; row++) {
      put(first + row, builtInValue(histories[row] as AccountHistory, instance, day));
    }
  }
}

type NotOfEvents = Exclude<FactSource, { kind: "event" }>;

function baseValue(history: AccountHistory, source: NotOfEvents, day: Day): Value {
  switch (source.kind) {
    case "trait":
      return history.trait(source.trait, day) ?? source.default ?? null;
    case "contacts":
      return day < history.born ? null : countContacts(history, source.where, day);
    case "said":
      return lastSaid(history, source, day);
    case "ratio":
    case "change":
    case "is":
      return null;
  }
}

type ContactSource = Extract<FactInstance["fact"]["source"], { kind: "contacts" | "said" }>;

function countContacts(history: AccountHistory, where: ContactSource["where"], day: Day): number {
  const people = new Set<string>();
  for (const contact of history.contacts(day)) {
    if (!where || evaluateRule(where, history.contactEnv(contact, day)) === true)
      people.add(contact.person);
  }
  return people.size;
}

function lastSaid(
  history: AccountHistory,
  source: Extract<ContactSource, { kind: "said" }>,
  day: Day,
): Value {
  let newest: { from: Day; arrived: number } | undefined;
  let said: Value = null;
  for (const contact of history.contacts(day)) {
    const stated = contact.statedAt(source.trait, day);
    if (!stated) continue;
    const isOlder =
      newest &&
      (stated.from < newest.from ||
        (stated.from === newest.from && stated.arrived < newest.arrived));
    if (isOlder) continue;
    if (source.where && evaluateRule(source.where, history.contactEnv(contact, day)) !== true)
      continue;
    newest = stated;
    said = contact.value(source.trait, day);
  }
  return said;
}

function builtInValue(history: AccountHistory, { name }: BuiltInInstance, day: Day): Value {
  switch (name) {
    case "account_id":
      return history.identity.id;
    case "account_name":
      return history.identity.name;
    case "account_age_days":
      return day < history.born ? null : day - history.born;
    case "days_since_touch":
      return known(history.touches.daysSince(day, false));
    case "days_since_human_touch":
      return known(history.touches.daysSince(day, true));
    default:
      return null;
  }
}

function known(value: number): Value {
  return Number.isNaN(value) ? null : value;
}
