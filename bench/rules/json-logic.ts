import library from "json-logic-js";
import type { Book } from "../../src/core/book/book.ts";
import { accountEngine, factsOf, NOT_A_NUMBER, type RuleEngine } from "./engine.ts";
import { FACTS } from "./sixty-rules.ts";
import type { Question, Sum } from "./two-valued.ts";

export function jsonLogic(
  book: Book,
  accounts: number,
  questions: readonly Question[],
): RuleEngine {
  const rules = questions.map(logicOf);
  return accountEngine(
    "json-logic-js",
    factsOf(book, accounts, NOT_A_NUMBER),
    rules.map((rule) => (facts) => library.apply(rule, facts)),
  );
}

type Logic = unknown;
const fact = (name: string): Logic => ({ var: name });

function logicOf(question: Question): Logic {
  switch (question.kind) {
    case "all":
      return { and: question.of.map(logicOf) };
    case "any":
      return { or: question.of.map(logicOf) };
    case "compare": {
      const guards = question.under.map((name) => ({ "!==": [fact(name), 0] }));
      const comparison = { [question.sign]: [sumLogic(question.sum), question.number] };
      return guards.length === 0 ? comparison : { and: [...guards, comparison] };
    }
    case "flag":
      return { "===": [fact(question.fact), question.is] };
    case "text": {
      const { among, is } = question;
      const one = fact(question.fact);
      const isAmong = among.length === 1 ? { "===": [one, among[0]] } : { in: [one, among] };
      return is ? isAmong : { and: [{ "!==": [one, ""] }, { "!": [isAmong] }] };
    }
    case "known": {
      const one = fact(question.fact);
      const isText = FACTS[question.fact].kind === "string";
      const isKnown = isText ? { "!==": [one, ""] } : { "===": [one, one] };
      return question.is ? isKnown : { "!": [isKnown] };
    }
  }
}

function sumLogic(sum: Sum): Logic {
  if (sum.kind === "of") return { [sum.sign]: [sumLogic(sum.left), sumLogic(sum.right)] };
  return fact(sum.kind === "today" ? "today" : sum.fact);
}
