import { differ } from "./three-valued.ts";
import type { CompareOp } from "./types.ts";

/**
 * How two doubles compare. `holds` and `fails` are both false when a side is unknown, because
 * every comparison with NaN is: that is what lets generated code be as fast as hand-written.
 */
export interface Comparison {
  readonly sign: CompareOp;
  holds(x: number, y: number): boolean;
  fails(x: number, y: number): boolean;
  /** The same two as JavaScript about the expressions `x` and `y`. */
  emitHolds(x: string, y: string): string;
  emitFails(x: string, y: string): string;
  /** FALSE, TRUE or UNKNOWN at once, for places that need all three. */
  emitTruth(x: string, y: string): string;
}

export const COMPARISONS: Readonly<Record<CompareOp, Comparison>> = {
  "<": {
    sign: "<",
    holds: (x, y) => x < y,
    fails: (x, y) => x >= y,
    emitHolds: (x, y) => `(${x} < ${y})`,
    emitFails: (x, y) => `(${x} >= ${y})`,
    emitTruth: (x, y) => `$less(${x}, ${y})`,
  },
  "<=": {
    sign: "<=",
    holds: (x, y) => x <= y,
    fails: (x, y) => x > y,
    emitHolds: (x, y) => `(${x} <= ${y})`,
    emitFails: (x, y) => `(${x} > ${y})`,
    emitTruth: (x, y) => `$atMost(${x}, ${y})`,
  },
  ">": {
    sign: ">",
    holds: (x, y) => x > y,
    fails: (x, y) => x <= y,
    emitHolds: (x, y) => `(${x} > ${y})`,
    emitFails: (x, y) => `(${x} <= ${y})`,
    emitTruth: (x, y) => `$more(${x}, ${y})`,
  },
  ">=": {
    sign: ">=",
    holds: (x, y) => x >= y,
    fails: (x, y) => x < y,
    emitHolds: (x, y) => `(${x} >= ${y})`,
    emitFails: (x, y) => `(${x} < ${y})`,
    emitTruth: (x, y) => `$atLeast(${x}, ${y})`,
  },
  "==": {
    sign: "==",
    holds: (x, y) => x === y,
    fails: differ,
    emitHolds: (x, y) => `(${x} === ${y})`,
    emitFails: (x, y) => `$differ(${x}, ${y})`,
    emitTruth: (x, y) => `$same(${x}, ${y})`,
  },
  "!=": {
    sign: "!=",
    holds: differ,
    fails: (x, y) => x === y,
    emitHolds: (x, y) => `$differ(${x}, ${y})`,
    emitFails: (x, y) => `(${x} === ${y})`,
    emitTruth: (x, y) => `$other(${x}, ${y})`,
  },
};

/** Has the sign an order, rather than only same or not? */
export function isOrder(sign: CompareOp): boolean {
  return sign !== "==" && sign !== "!=";
}
