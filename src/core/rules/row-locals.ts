/**
 * Names what several expressions about row `i` have in common, so that a loop works it out once
 * a row: cells first, then what is made of them, from the inside out. A processor can't do it by
 * itself, because each answer that is written might, for all it knows, change a cell.
 *
 * It goes by the written code, which is all of one make (see RuleEmitter): a cell is `$c7[i]`,
 * and whatever is more than a name stands in brackets of its own, with or without a function
 * before them. None of it has an effect. Only for code that writes none of the cells it reads.
 */
export function namedOnce(expressions: readonly string[]): {
  /** Statements that make the names, for the start of the loop. */
  readonly locals: string;
  readonly expressions: readonly string[];
} {
  const locals: string[] = [];
  let rest = expressions;
  const nameAll = (pieces: RegExp, from: number): boolean => {
    const names = new Map<string, string>();
    for (const [piece, times] of counted(rest, pieces)) {
      if (times < from) continue;
      names.set(piece, `$v${locals.length}`);
      locals.push(`const $v${locals.length} = ${piece};`);
    }
    rest = rest.map((code) => code.replace(pieces, (piece) => names.get(piece) ?? piece));
    return names.size > 0;
  };
  nameAll(CELL, 1);
  while (nameAll(INNERMOST, 2));
  return { locals: locals.join("\n"), expressions: rest };
}

const CELL = /\$c\d+\[i\]/g;
/** `(…)` or `$finite(…)`, with no other brackets inside. */
const INNERMOST = /(?:[$\w.]+)?\([^()]*\)/g;

function counted(expressions: readonly string[], pieces: RegExp): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [piece] of expressions.flatMap((code) => [...code.matchAll(pieces)])) {
    counts.set(piece, (counts.get(piece) ?? 0) + 1);
  }
  return counts;
}
