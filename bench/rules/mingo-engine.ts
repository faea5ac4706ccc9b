import { Query } from "mingo";
import type { Book } from "../../src/core/book/book.ts";
import { accountEngine, factsOf, LEFT_OUT, type RuleEngine } from "./engine.ts";
import type { Question, Sum } from "./two-valued.ts";

type Criteria = Record<string, unknown>;

/** mingo, compiled once: MongoDB's queries, to which what is unknown is a field that is missing. */
export function mingo(book: Book, accounts: number, questions: readonly Question[]): RuleEngine {
  const queries = questions.map((question) => new Query(criteriaOf(question)));
  return accountEngine(
    "mingo",
    factsOf(book, accounts, LEFT_OUT),
    queries.map((query) => (facts) => query.test(facts)),
  );
}

const SIGNS = { "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte", "==": "$eq", "!=": "$ne" };
const SUMS = { "+": "$add", "-": "$subtract", "*": "$multiply", "/": "$divide" };

function criteriaOf(question: Question): Criteria {
  switch (question.kind) {
    case "all":
      return { $and: question.of.map(criteriaOf) };
    case "any":
      return { $or: question.of.map(criteriaOf) };
    case "compare": {
      const { sum, number, facts, under } = question;
      const sign = SIGNS[question.sign];
      if (sum.kind === "fact") return { [sum.fact]: { [sign]: number } };
      const guards = facts.map((name) =>
        under.includes(name) ? { [name]: { $nin: [null, 0] } } : { [name]: { $ne: null } },
      );
      return { $and: [...guards, { $expr: { [sign]: [sumOf(sum), number] } }] };
    }
    case "flag":
      return { [question.fact]: question.is };
    case "text": {
      const { fact, among, is } = question;
      if (is) return { [fact]: among.length === 1 ? among[0] : { $in: among } };
      return { [fact]: { $nin: [null, ...among] } };
    }
    case "known":
      return { [question.fact]: question.is ? { $ne: null } : null };
  }
}

function sumOf(sum: Sum): unknown {
  if (sum.kind === "of") return { [SUMS[sum.sign]]: [sumOf(sum.left), sumOf(sum.right)] };
  return `$${sum.kind === "today" ? "today" : sum.fact}`;
}
