import type { PlanProblem } from "../../../engine/plan/types.ts";
import { paint } from "../../output.ts";
import { wrap } from "../columns.ts";
import { COLUMNS, type PlanPage } from "./page.ts";

/** What speaks against going live, what blocks first, each with what to do about it. */
export function tellProblems({ plan: { problems } }: PlanPage): string[] {
  return problems.flatMap((problem) => {
    const lines = wrap(`${problem.message} [${problem.code}]`, COLUMNS - LABEL);
    return [
      ...lines.map(
        (line, index) => `  ${index === 0 ? label(problem) : " ".repeat(LABEL - 2)}${line}`,
      ),
      // what has been accepted needs no advice
      ...(problem.allowed ? [] : wrap(problem.hint, COLUMNS - LABEL)).map(
        (line) => `${" ".repeat(LABEL)}${paint("dim", line)}`,
      ),
    ];
  });
}

const LABEL = 11;

function label({ severity, allowed }: PlanProblem): string {
  if (allowed) return paint("dim", "allowed".padEnd(LABEL - 2));
  return severity === "blocking"
    ? paint("red", "blocks".padEnd(LABEL - 2))
    : paint("yellow", "warning".padEnd(LABEL - 2));
}

/** What blocks and nobody has allowed. */
export function blocking(problems: readonly PlanProblem[]): readonly PlanProblem[] {
  return problems.filter(({ severity, allowed }) => severity === "blocking" && !allowed);
}
