import type { Book } from "../../src/core/book/book.ts";
import type { RuleType, Value } from "../../src/core/rules/types.ts";
import { TODAY } from "./sample-facts.ts";
import { FACT_NAMES, type FactName, FACTS } from "./sixty-rules.ts";

/** By rule, then by account: 1 where the rule is known to be true. */
export type Answers = readonly Uint8Array[];

/** One way to answer the sixty rules. */
export interface RuleEngine {
  readonly name: string;
  /** Over columns or rows of a whole book, or one account at a time. */
  readonly over: "book" | "account";
  /** Answers all rules for the first `accounts` and leaves the answers in place. */
  run(accounts: number): void | Promise<void>;
  /** What the last run came to: read after the time is taken. */
  answers(accounts: number): Answers | Promise<Answers>;
  /** Milliseconds of processor time of processes other than this one, since the last call. */
  elsewhere?(): Promise<number>;
  close?(): Promise<void> | void;
}

/** An account as libraries take it. How an unknown is said is up to each. */
export type Facts = { readonly [name in FactName | "today"]?: Value };

export interface Unknowns {
  readonly number: number | null | undefined;
  readonly string: string | null | undefined;
  readonly boolean: null | undefined;
}

/** What JavaScript itself compares as false with everything. */
export const NOT_A_NUMBER: Unknowns = { number: Number.NaN, string: "", boolean: null };
export const LEFT_OUT: Unknowns = { number: undefined, string: undefined, boolean: undefined };

export function factsOf(book: Book, accounts: number, unknowns: Unknowns): Facts[] {
  return Array.from({ length: accounts }, (_, row) => {
    const facts: Record<string, Value> = { today: TODAY };
    for (const name of FACT_NAMES) {
      const value = book.get(name, row) ?? unknownOf(FACTS[name], unknowns);
      if (value !== undefined) facts[name] = value;
    }
    return facts;
  });
}

function unknownOf({ kind }: RuleType, unknowns: Unknowns): Value | undefined {
  return kind === "string" || kind === "boolean" ? unknowns[kind] : unknowns.number;
}

export function emptyAnswers(rules: number, accounts: number): Answers {
  return Array.from({ length: rules }, () => new Uint8Array(accounts));
}

/** An engine that answers one rule for one account at a time. */
export function accountEngine(
  name: string,
  facts: readonly Facts[],
  rules: readonly ((facts: Facts) => unknown)[],
): RuleEngine {
  const answers = emptyAnswers(rules.length, facts.length);
  return {
    name,
    over: "account",
    answers: () => answers,
    run: (accounts) => {
      for (let row = 0; row < accounts; row++) {
        const account = facts[row] as Facts;
        for (let rule = 0; rule < rules.length; rule++) {
          const isTrue = (rules[rule] as (facts: Facts) => unknown)(account) === true;
          (answers[rule] as Uint8Array)[row] = isTrue ? 1 : 0;
        }
      }
    },
  };
}
