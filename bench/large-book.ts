import type { Book } from "../src/core/book/book.ts";
import type { ColumnData } from "../src/core/rules/columns.ts";
import { BookDecider, type CompiledModel } from "../src/core/decide/index.ts";
import type { FactPlan } from "../src/core/facts/index.ts";
import type { Day } from "../src/core/time/day.ts";
import { fillBook } from "./generate-book.ts";

/** Accounts that are made up one by one; a larger book repeats them. */
export const DIFFERENT = 100_000;

/** What is known of the accounts of a book on some days, made up once and put into books of any size. */
export class SampleFacts {
  readonly compiled: CompiledModel;
  readonly #days: readonly Book[];

  constructor(compiled: CompiledModel, accounts: number, seed: number, days: readonly Day[]) {
    this.compiled = compiled;
    const size = Math.min(accounts, DIFFERENT);
    const zone = compiled.model.workspace.timezone;
    const options = { seed, today: Math.max(...days), zone };
    let shared: BookDecider | undefined;
    this.#days = days.map((day) => {
      shared = new BookDecider(compiled, size, shared?.book.dict);
      fillBook(compiled.plan, shared.book, day, options);
      return shared.book;
    });
  }

  /** A decider of so many accounts whose texts have the same codes. */
  decider(accounts: number): BookDecider {
    return new BookDecider(this.compiled, accounts, this.#days[0]?.dict);
  }

  /** Writes what is known on a day (by its place in `days`) into a decider's book. */
  put(day: number, { book }: BookDecider): void {
    for (const { column } of columnsOf(this.compiled.plan)) {
      const from = this.#days[day]?.column(column);
      if (from) repeat(from, book.column(column));
    }
  }
}

function columnsOf({ base, builtIns }: FactPlan): readonly { readonly column: string }[] {
  return [...base, ...builtIns];
}

function repeat(from: ColumnData, into: ColumnData): void {
  for (let start = 0; start < into.length; start += from.length) {
    const rest = into.length - start;
    into.set(rest < from.length ? from.subarray(0, rest) : from, start);
  }
}
