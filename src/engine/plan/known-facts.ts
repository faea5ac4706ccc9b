import type { Book } from "../../core/book/book.ts";
import { factPlace } from "../../core/decide/index.ts";
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
  /** What it is read from, and as what: alike in two models, it is read once. */
  readonly source: string;
  readonly read: (account: Pick<BookAccount, "facts">) => Plain;
}

export type KnownColumns = readonly KnownColumn[];

/**
 * Today's facts of a model as the decisions that the live model left tell them: what is worked
 * out alike in both models, whatever it is called, need not be worked out again. Only what deciding
 * reads, and what else is asked for. undefined: the model reads something that they do not tell.
 */
export function knownFacts(
  model: Model,
  live: Model,
  others: readonly string[] = [],
): KnownColumns | undefined {
  const meanings = new FactMeanings();
  const nameOf = new Map(live.facts.map(({ name }) => [meanings.of(live, name), name]));
  const needed = neededFacts(model);
  const asked = new Set([...needed, ...others]);
  const known: KnownColumn[] = [];
  for (const { name, type } of model.facts) {
    if (!asked.has(name)) continue;
    const source = nameOf.get(meanings.of(model, name));
    if (source !== undefined) {
      const typed = reader(type);
      const place = factPlace(live, source);
      const read = ({ facts }: Pick<BookAccount, "facts">): Plain => typed(facts?.[place] ?? null);
      known.push({ column: name, source: `${type.kind} ${source}`, read });
    } else if (needed.includes(name)) return undefined;
  }
  const builtIns = EARLY_BUILT_INS.filter(({ name }) => asked.has(name)).map(
    ({ name }): KnownColumn => {
      const place = factPlace(live, name);
      return {
        column: name,
        source: `built-in ${name}`,
        read: ({ facts }) => facts?.[place] ?? null,
      };
    },
  );
  return [...known, ...builtIns];
}

/** Puts accounts' values into rows. */
export function fillRows(
  columns: KnownColumns,
  book: Book,
  accounts: readonly BookAccount[],
): void {
  for (const { column, read } of columns) {
    const put = book.setter(column);
    for (let row = 0; row < accounts.length; row++) put(row, read(accounts[row] as BookAccount));
  }
}

/** The same where another book, with the same texts, has most of them in its rows. */
export function fillRowsFrom(
  [known, filled]: readonly [KnownColumns, Book],
  columns: KnownColumns,
  book: Book,
  accounts: readonly BookAccount[],
): void {
  const others: KnownColumn[] = [];
  for (const one of columns) {
    const same = known.find(({ source }) => source === one.source);
    if (same) book.column(one.column).set(filled.column(same.column));
    else others.push(one);
  }
  fillRows(others, book, accounts);
}

function neededFacts(model: Model): string[] {
  const { revenue } = model.workspace;
  return [
    ...decidingRules(model).flatMap(({ names }) => names),
    ...stepDates(model),
    ...(revenue === undefined ? [] : [revenue]),
    // arms are told by it
    ...(model.experiments.length > 0 ? ["account_id"] : []),
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
