import { Environment } from "@marcbachmann/cel-js";
import { celEnv, parse, plan } from "@bufbuild/cel";
import type { Book } from "../../src/core/book/book.ts";
import { accountEngine, factsOf, NOT_A_NUMBER, type RuleEngine } from "./engine.ts";
import { FACT_NAMES, FACTS } from "./sixty-rules.ts";
import { type Question, written } from "./two-valued.ts";

/**
 * @marcbachmann/cel-js, parsed once, names declared: its fastest form. An unknown given as a
 * missing name would do as well, but throws, which takes it a hundred times as long.
 */
export function celJs(book: Book, accounts: number, questions: readonly Question[]): RuleEngine {
  const env = new Environment({ unlistedVariablesAreDyn: false });
  env.registerVariable("today", "double");
  for (const name of FACT_NAMES) env.registerVariable(name, celType(FACTS[name].kind));
  const rules = questions.map((question) => env.parse(celText(question)));
  return accountEngine("@marcbachmann/cel-js", factsOf(book, accounts, NOT_A_NUMBER), rules);
}

/** @bufbuild/cel, planned once. */
export function bufbuildCel(
  book: Book,
  accounts: number,
  questions: readonly Question[],
): RuleEngine {
  const env = celEnv();
  const rules = questions.map((question) => plan(env, parse(celText(question))));
  const facts = factsOf(book, accounts, NOT_A_NUMBER);
  return accountEngine(
    "@bufbuild/cel",
    facts,
    rules.map((rule) => (one) => rule(one)),
  );
}

function celType(kind: string): string {
  return kind === "string" ? "string" : kind === "boolean" ? "dyn" : "double";
}

function celText(question: Question): string {
  switch (question.kind) {
    case "all":
    case "any":
      return `(${question.of.map(celText).join(question.kind === "all" ? " && " : " || ")})`;
    case "compare": {
      const guards = question.under.map((fact) => `${fact} != 0.0`);
      const sum = written(question.sum, (fact) => fact);
      const parts = [...guards, `${sum} ${question.sign} ${celNumber(question.number)}`];
      return `(${parts.join(" && ")})`;
    }
    case "flag":
      return `(${question.fact} == ${question.is})`;
    case "text":
      return celTextQuestion(question);
    case "known": {
      const { fact, is } = question;
      if (FACTS[fact].kind === "string") return `(${fact} ${is ? "!=" : "=="} "")`;
      return `(${fact} ${is ? "==" : "!="} ${fact})`;
    }
  }
}

function celTextQuestion({ fact, among, is }: Extract<Question, { kind: "text" }>): string {
  const [only = ""] = among;
  const one = among.length === 1;
  const list = `[${among.map((text) => JSON.stringify(text)).join(", ")}]`;
  if (is) return one ? `(${fact} == ${JSON.stringify(only)})` : `(${fact} in ${list})`;
  const not = one ? `${fact} != ${JSON.stringify(only)}` : `!(${fact} in ${list})`;
  return `(${fact} != "" && ${not})`;
}

function celNumber(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
