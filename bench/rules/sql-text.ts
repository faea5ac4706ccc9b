import type { Book } from "../../src/core/book/book.ts";
import type { Expr, Rule, RuleKind } from "../../src/core/rules/types.ts";
import { formatDay } from "../../src/core/time/day.ts";
import { type Answers, emptyAnswers } from "./engine.ts";
import { TODAY } from "./sample-facts.ts";
import { FACT_NAMES, FACTS, RULES } from "./sixty-rules.ts";

const COLUMN_TYPES: Readonly<Record<RuleKind, string>> = {
  any: "json",
  time: "timestamptz",
  number: "double precision",
  string: "text",
  boolean: "boolean",
  date: "date",
};

const SQL_TODAY = `date '${formatDay(TODAY)}'`;

/** The facts as a table, as somebody who decides in SQL would keep them. */
export const CREATE_TABLE = `create table facts (account integer, ${FACT_NAMES.map(
  (name) => `${name} ${COLUMN_TYPES[FACTS[name].kind]}`,
).join(", ")})`;

/** All sixty in one pass, each counted, so that none can be left out and little comes back. */
export const COUNT_ALL = `select ${RULES.map((rule) => `count(*) filter (where ${sqlOf(rule)})`).join(", ")} from facts`;

/** The same in the form that DuckDB is faster at. */
export const SUM_ALL = `select ${RULES.map((rule) => `sum(case when ${sqlOf(rule)} then 1 else 0 end)`).join(", ")} from facts`;

/** The answers themselves: sixty letters an account. */
const LETTERS = RULES.map((rule) => `case when ${sqlOf(rule)} then '1' else '0' end`);
export const ANSWER_ALL = `select ${LETTERS.join(" || ")} as answers from facts order by account`;

export function answersOf(lines: readonly string[]): Answers {
  const answers = emptyAnswers(RULES.length, lines.length);
  lines.forEach((line, row) => {
    answers.forEach((list, rule) => {
      list[row] = line[rule] === "1" ? 1 : 0;
    });
  });
  return answers;
}

/** The table's rows as CSV; an unknown is an empty field. */
export function csvOf(book: Book, accounts: number): string {
  const lines = Array.from({ length: accounts }, (_, row) => {
    const cells = FACT_NAMES.map((name) => {
      const value = book.get(name, row);
      if (value === null) return "";
      return FACTS[name].kind === "date" ? formatDay(Number(value)) : String(value);
    });
    return [row, ...cells].join(",");
  });
  return `${lines.join("\n")}\n`;
}

/** SQL's NULL is the language's unknown, so rules go over word by word. */
function sqlOf({ expr }: Rule): string {
  return condition(expr);
}

function condition(expr: Expr): string {
  switch (expr.op) {
    case "name":
      return expr.name;
    case "not":
      return `(not ${condition(expr.of)})`;
    case "and":
    case "or":
      return `(${condition(expr.left)} ${expr.op} ${condition(expr.right)})`;
    case "known":
      return `(${condition(expr.of)} is not null)`;
    case "in":
      return `(${value(expr.item)} in (${expr.list.map(value).join(", ")}))`;
    case "compare": {
      const sign = { "==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">=" }[expr.sign];
      return `(${value(expr.left)} ${sign} ${value(expr.right)})`;
    }
    default:
      throw new Error(`no condition in SQL is made of ${expr.op}`);
  }
}

function value(expr: Expr): string {
  switch (expr.op) {
    case "name":
      return expr.name;
    case "literal":
      return typeof expr.value === "string" ? `'${expr.value}'` : String(expr.value);
    case "negate":
      return `-${value(expr.of)}`;
    case "arithmetic":
      if (expr.sign === "/") return `${value(expr.left)} / nullif(${value(expr.right)}, 0)`;
      return `(${value(expr.left)} ${expr.sign} ${value(expr.right)})`;
    case "call": {
      const [day] = expr.args;
      if (day && expr.fn === "days_since") return `(${SQL_TODAY} - ${value(day)})`;
      if (day && expr.fn === "days_until") return `(${value(day)} - ${SQL_TODAY})`;
      throw new Error(`no SQL for ${expr.fn}`);
    }
    default:
      throw new Error(`no value in SQL is made of ${expr.op}`);
  }
}
