import { ZenEngine } from "@gorules/zen-engine";
import type { Book } from "../../src/core/book/book.ts";
import { emptyAnswers, factsOf, type RuleEngine, type Unknowns } from "./engine.ts";
import { type Question, written } from "./two-valued.ts";

const UNKNOWNS: Unknowns = { number: null, string: null, boolean: null };

/** @gorules/zen-engine: one decision with an expression for each rule, asked once an account. */
export function zen(book: Book, accounts: number, questions: readonly Question[]): RuleEngine {
  const facts = factsOf(book, accounts, UNKNOWNS);
  const answers = emptyAnswers(questions.length, accounts);
  const engine = new ZenEngine();
  const decision = engine.createDecision(decisionOf(questions));
  return {
    name: "@gorules/zen-engine",
    over: "account",
    answers: () => answers,
    run: async (some) => {
      for (let row = 0; row < some; row++) {
        const { result } = (await decision.evaluate(facts[row])) as { result: ZenResult };
        answers.forEach((list, rule) => {
          list[row] = result[`r${rule}`] === true ? 1 : 0;
        });
      }
    },
    close: () => engine.dispose(),
  };
}

type ZenResult = Readonly<Record<string, unknown>>;

function decisionOf(questions: readonly Question[]): object {
  const expressions = questions.map((question, rule) => ({
    id: `r${rule}`,
    key: `r${rule}`,
    value: zenText(question),
  }));
  const ids = ["in", "rules", "out"];
  return {
    nodes: [
      { id: "in", name: "in", type: "inputNode" },
      { id: "rules", name: "rules", type: "expressionNode", content: { expressions } },
      { id: "out", name: "out", type: "outputNode" },
    ],
    edges: [0, 1].map((at) => ({
      id: `edge${at}`,
      type: "edge",
      sourceId: ids[at],
      targetId: ids[at + 1],
    })),
  };
}

function zenText(question: Question): string {
  switch (question.kind) {
    case "all":
    case "any":
      return `(${question.of.map(zenText).join(question.kind === "all" ? " and " : " or ")})`;
    case "compare": {
      const { sum, sign, number, facts, under } = question;
      const guards = [
        ...facts.map((fact) => `${fact} != null`),
        ...under.map((fact) => `${fact} != 0`),
      ];
      return `(${[...guards, `${written(sum, (fact) => fact)} ${sign} ${number}`].join(" and ")})`;
    }
    case "flag":
      return `(${question.fact} == ${question.is})`;
    case "text": {
      const { fact, among, is } = question;
      const list = `[${among.map((text) => JSON.stringify(text)).join(", ")}]`;
      return is ? `(${fact} in ${list})` : `(${fact} != null and ${fact} not in ${list})`;
    }
    case "known":
      return `(${question.fact} ${question.is ? "!=" : "=="} null)`;
  }
}
