import type { RuleProblem } from "./types.ts";
import type { Token } from "./scan.ts";

/** Longest rule, in characters. Real ones stay under a few hundred. */
export const MAX_LENGTH = 10_000;
/** Brackets, `? :` and prefix signs inside one another. */
export const MAX_NESTING = 100;
/** Parts inside one another after parsing: also long chains such as `a + b + c + …` nest. */
export const MAX_DEPTH = 500;

/** Refused before anything reads the text, so that its size can cost nothing. */
export function tooLong(text: string): RuleProblem | undefined {
  if (text.length <= MAX_LENGTH) return undefined;
  return {
    code: "rule-too-long",
    message: `This rule has ${text.length} characters; a rule may have ${MAX_LENGTH}.`,
    start: 0,
    end: MAX_LENGTH,
    hint: "split it into facts with `is:` and name those here",
  };
}

/**
 * Refused before the parser, which calls itself for every level of nesting. `? :` nests to the
 * right, so each `?` counts until its bracket closes or a comma comes; so do `!!!x` and `--x`.
 */
export function tooDeep(tokens: readonly Token[]): RuleProblem | undefined {
  const levels: number[] = [];
  let depth = 0;
  let prefix = 0;
  for (const { kind, text, start, end } of tokens) {
    prefix = kind === "sign" && (text === "!" || text === "-") ? prefix + 1 : 0;
    if (kind === "sign" && "([{".includes(text)) {
      levels.push(depth);
      depth += 1;
    } else if (kind === "sign" && ")]}".includes(text)) {
      depth = levels.pop() ?? 0;
    } else if (kind === "sign" && text === ",") {
      depth = levels.length > 0 ? (levels.at(-1) ?? 0) + 1 : 0;
    } else if (kind === "sign" && text === "?") {
      depth += 1;
    }
    if (depth + prefix > MAX_NESTING) return deep(`more than ${MAX_NESTING} deep`, start, end);
  }
  return undefined;
}

export function deep(what: string, start: number, end: number): RuleProblem {
  return {
    code: "rule-too-deep",
    message: `This rule nests or chains its parts ${what}.`,
    start,
    end,
    hint: "split it into facts with `is:` and name those here",
  };
}
