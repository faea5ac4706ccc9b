import { Book, BookLayout } from "../../src/core/book/book.ts";
import { compileSignals } from "../../src/core/decide/signals.ts";
import { emptyAnswers, factsOf, LEFT_OUT, type RuleEngine } from "./engine.ts";
import { byHandLoop } from "./by-hand-loop.ts";
import { TODAY } from "./sample-facts.ts";
import { FACT_NAMES, FACT_SPECS, RULES } from "./sixty-rules.ts";

/** As many rows as deciding takes at once (see decide-book.ts of the core). */
const ROWS_AT_ONCE = 1024;
const noTimes = (): never => {
  throw new Error("none of the sixty rules asks for a time's day");
};

/** The rules as segments and programs of a model run over a book. */
export function columnar(book: Book): RuleEngine {
  const signals = compileSignals(RULES, book.layout).bind(book, noTimes);
  return {
    name: "Touchstone, a book",
    over: "book",
    answers: () => signals.of,
    run: (accounts) => {
      for (let from = 0; from < accounts; from += ROWS_AT_ONCE) {
        signals.evaluate(from, Math.min(from + ROWS_AT_ONCE, accounts), TODAY);
      }
    },
  };
}

/** The same over a book of one, into which each account's facts are put first. */
export function oneByOne(whole: Book, accounts: number): RuleEngine {
  const book = new Book(new BookLayout(FACT_SPECS), 1);
  const signals = compileSignals(RULES, book.layout).bind(book, noTimes);
  const setters = FACT_NAMES.map((name) => ({ name, set: book.setter(name) }));
  const facts = factsOf(whole, accounts, LEFT_OUT);
  const answers = emptyAnswers(RULES.length, accounts);
  return {
    name: "Touchstone, one account",
    over: "account",
    answers: () => answers,
    run: (some) => {
      for (let row = 0; row < some; row++) {
        const account = facts[row] ?? {};
        for (const { name, set } of setters) set(0, account[name] ?? null);
        signals.evaluate(0, 1, TODAY);
        for (let rule = 0; rule < answers.length; rule++) {
          (answers[rule] as Uint8Array)[row] = signals.of[rule]?.[0] ?? 0;
        }
      }
    },
  };
}

/** The limit. */
export function handLoop(book: Book): RuleEngine {
  const answers = emptyAnswers(RULES.length, book.size);
  const run = byHandLoop(book, answers);
  return {
    name: "loop by hand, all rules in one pass",
    over: "book",
    answers: () => answers,
    run: (accounts) => run(0, accounts, TODAY),
  };
}
