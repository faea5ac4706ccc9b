import { FALSE, TRUE, UNKNOWN } from "./columns.ts";

/**
 * The semantics of "unknown is a third value", written once: the closures of single evaluations
 * and the generated code over columns both call these (the generated code by name, see link.ts).
 * Numbers, dates and times are doubles with NaN for unknown; truths are FALSE, TRUE, UNKNOWN.
 */
export type Truth = typeof FALSE | typeof TRUE | typeof UNKNOWN;

/**
 * Infinity is unknown too: it is what x / 0 and overflow give. Also makes -0 a plain 0.
 * `x - x` is 0 of every finite x, and NaN of the others: no branch to guess wrong.
 */
export function finite(x: number): number {
  return x + (x - x);
}

export function isKnown(x: number): boolean {
  return !Number.isNaN(x);
}

/** Both known, and not equal. (`x !== y` alone would be true of unknowns.) */
export function differ(x: number, y: number): boolean {
  // oxlint-disable-next-line oxc/double-comparisons -- of NaN, `!=` is true and both of these are not
  return x < y || x > y;
}

export function not3(a: Truth): Truth {
  return a === UNKNOWN ? UNKNOWN : a === TRUE ? FALSE : TRUE;
}

export function and3(a: Truth, b: Truth): Truth {
  if (a === FALSE || b === FALSE) return FALSE;
  return a === TRUE && b === TRUE ? TRUE : UNKNOWN;
}

export function or3(a: Truth, b: Truth): Truth {
  if (a === TRUE || b === TRUE) return TRUE;
  return a === FALSE && b === FALSE ? FALSE : UNKNOWN;
}

/** Are two truths the same? */
export function same3(a: Truth, b: Truth): Truth {
  if (a === UNKNOWN || b === UNKNOWN) return UNKNOWN;
  return a === b ? TRUE : FALSE;
}

export function truth(holds: boolean, fails: boolean): Truth {
  return holds ? TRUE : fails ? FALSE : UNKNOWN;
}
