import type { Book } from "../../core/book/book.ts";
import { EARLY_BUILT_INS } from "../../core/facts/index.ts";
import { FactMeanings } from "../../core/model/diff/index.ts";
import type { Model } from "../../core/model/index.ts";
import type { RuleType } from "../../core/rules/types.ts";
import { parseDay } from "../../core/time/day.ts";
import type { BookAccount } from "../ports.ts";
import { decidingRules, stepDates } from "./model-rules.ts";

type Plain = string | number | boolean | null;

/** A column that a stored decision has the values of. */
interface KnownColumn {
  readonly column: string;
  readonly read: (account: BookAccount) => Plain;
}

/**
 * Today's facts of a model as the decisions that the live model left tell them: what is worked
 * out alike in both models, whatever it is called, need not be worked out again. undefined: the
 * model asks for something that they do not tell.
 */
export function knownFacts(model: Model, live: Model): readonly KnownColumn[] | undefined {
  const meanings = new FactMeanings();
  const nameOf = new Map(live.facts.map(({ name }) => [meanings.of(live, name), name]));
  const known: KnownColumn[] = [];
  const missing = new Set<string>();
  for (const { name, type } of model.facts) {
    const source = nameOf.get(meanings.of(model, name));
    if (source === undefined) missing.add(name);
    else {
      const typed = reader(type);
      known.push({ column: name, read: ({ facts }) => typed(facts?.[source] ?? null) });
    }
  }
  if (neededFacts(model).some((name) => missing.has(name))) return undefined;
  const builtIns = EARLY_BUILT_INS.map(({ name }): KnownColumn => ({
    column: name,
    read: ({ builtIns: values }) => values?.[name] ?? null,
  }));
  return [...known, ...builtIns];
}

/** Puts an account's values into a row. */
export function fillRows(
  columns: readonly KnownColumn[],
  book: Book,
  accounts: readonly BookAccount[],
): void {
  for (const { column, read } of columns) {
    const put = book.setter(column);
    for (let row = 0; row < accounts.length; row++) put(row, read(accounts[row] as BookAccount));
  }
}

function neededFacts(model: Model): string[] {
  const { revenue } = model.workspace;
  return [
    ...decidingRules(model).flatMap(({ names }) => names),
    ...stepDates(model),
    ...(revenue === undefined ? [] : [revenue]),
  ];
}

/** A value as columns hold it, from what a decision shows. */
function reader({ kind }: RuleType): (value: Plain) => Plain {
  if (kind === "date") {
    return (value) => (typeof value === "string" ? (parseDay(value) ?? null) : value);
  }
  if (kind === "time") {
    return (value) => (typeof value === "string" ? Date.parse(value) : value);
  }
  return (value) => value;
}
