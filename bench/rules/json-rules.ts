import { Engine, type TopLevelCondition } from "json-rules-engine";
import type { Book } from "../../src/core/book/book.ts";
import { emptyAnswers, type Facts, factsOf, NOT_A_NUMBER, type RuleEngine } from "./engine.ts";
import { FACTS } from "./sixty-rules.ts";
import { type Question, type Sum, written } from "./two-valued.ts";

type Condition = TopLevelCondition | { fact: string; operator: string; value: unknown };

/**
 * json-rules-engine: all sixty in one engine, run once an account. It has no sums, so ratios and
 * days since are facts of their own, worked out once a run in JavaScript, as its pages advise.
 */
export function jsonRules(
  book: Book,
  accounts: number,
  questions: readonly Question[],
): RuleEngine {
  const facts = factsOf(book, accounts, NOT_A_NUMBER);
  const answers = emptyAnswers(questions.length, accounts);
  const engine = new Engine([], { allowUndefinedFacts: true });
  const sums = new Map<string, Sum>();
  questions.forEach((question, rule) => {
    engine.addRule({
      conditions: topLevel(conditionOf(question, sums)),
      event: { type: String(rule) },
    });
  });
  for (const [id, sum] of sums) {
    engine.addFact<Promise<number>>(id, async (_params, almanac) =>
      finite(await valueOf(sum, (name) => almanac.factValue<number>(name))),
    );
  }
  return {
    name: "json-rules-engine",
    over: "account",
    answers: () => answers,
    run: async (some) => {
      for (const list of answers) list.fill(0, 0, some);
      for (let row = 0; row < some; row++) {
        const { events } = await engine.run(facts[row] as Facts as Record<string, unknown>);
        for (const { type } of events) (answers[Number(type)] as Uint8Array)[row] = 1;
      }
    },
  };
}

function topLevel(condition: Condition): TopLevelCondition {
  return "fact" in condition ? { all: [condition] } : condition;
}

const SIGNS = {
  "<": "lessThan",
  "<=": "lessThanInclusive",
  ">": "greaterThan",
  ">=": "greaterThanInclusive",
  "==": "equal",
  "!=": "notEqual",
};

function conditionOf(question: Question, sums: Map<string, Sum>): Condition {
  switch (question.kind) {
    case "all":
    case "any": {
      const of = question.of.map((one) => conditionOf(one, sums));
      return { [question.kind]: of } as unknown as TopLevelCondition;
    }
    case "compare": {
      const id = written(question.sum, (fact) => fact);
      if (question.sum.kind === "of") sums.set(id, question.sum);
      return { fact: id, operator: SIGNS[question.sign], value: question.number };
    }
    case "flag":
      return { fact: question.fact, operator: "equal", value: question.is };
    case "text": {
      const { fact, among, is } = question;
      if (is) return { fact, operator: "in", value: among };
      return { fact, operator: "notIn", value: ["", ...among] };
    }
    case "known": {
      const { fact, is } = question;
      if (FACTS[fact].kind === "string") {
        return { fact, operator: is ? "notEqual" : "equal", value: "" };
      }
      // its comparisons are true of numbers only
      const isNumber: Condition = { fact, operator: "greaterThan", value: -Infinity };
      return is ? isNumber : { not: isNumber };
    }
  }
}

async function valueOf(sum: Sum, of: (name: string) => Promise<number>): Promise<number> {
  if (sum.kind === "fact") return of(sum.fact);
  if (sum.kind === "today") return of("today");
  const [x, y] = [await valueOf(sum.left, of), await valueOf(sum.right, of)];
  switch (sum.sign) {
    case "+":
      return x + y;
    case "-":
      return x - y;
    case "*":
      return x * y;
    case "/":
      return x / y;
  }
}

function finite(x: number): number {
  return Number.isFinite(x) ? x : Number.NaN;
}
