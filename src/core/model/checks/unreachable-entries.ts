import type { Rule } from "../../rules/types.ts";
import type { Reading } from "../reading.ts";
import type { Span } from "../yaml/tree.ts";
import { implies } from "./implies.ts";

/** One entry of a list in which the first that is true wins. */
export interface Condition {
  readonly name: string;
  /** Undefined when it is in error itself. */
  readonly rule: Rule | undefined;
  readonly at: Span;
}

/** More entries than this are compared with the first so many only: pairs grow with the square. */
const MAX_COMPARED = 60;

/** Reports every entry that can never win, because an earlier one is true whenever it is. */
export function checkUnreachable(
  reading: Reading,
  conditions: readonly Condition[],
  list: string,
): void {
  const earlier: Condition[] = [];
  for (const condition of conditions) {
    const { rule } = condition;
    if (!rule) continue;
    const winner = earlier.find((before) => before.rule && implies(rule.expr, before.rule.expr));
    if (winner?.rule) {
      const always =
        winner.rule.text.trim() === "true" ? "is always true" : "is true whenever this is";
      const message = `This entry of ${list} never wins: ${shown(winner)} before it ${always}.`;
      reading.report("unreachable-entry", condition.at, message, "Put the narrower rule first.");
    } else if (earlier.length < MAX_COMPARED) {
      earlier.push(condition);
    }
  }
}

function shown({ name, rule }: Condition): string {
  const text = rule?.text ?? "";
  const short = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return name === "" ? `\`${short}\`` : `${name} (\`${short}\`)`;
}
