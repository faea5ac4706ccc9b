import { finite } from "../three-valued.ts";
import type { NumberFunction } from "./define.ts";

export const MIN: NumberFunction = {
  makes: "number",
  name: "min",
  written: "min(a, b, …)",
  meaning: "the smallest of two or more numbers, or the earliest of dates",
  takes: "alike",
  atLeast: 2,
  atMost: Infinity,
  evaluate: (args) => Math.min(...args),
  emit: (args) => `Math.min(${args.join(", ")})`,
};

export const MAX: NumberFunction = {
  makes: "number",
  name: "max",
  written: "max(a, b, …)",
  meaning: "the largest of two or more numbers, or the latest of dates",
  takes: "alike",
  atLeast: 2,
  atMost: Infinity,
  evaluate: (args) => Math.max(...args),
  emit: (args) => `Math.max(${args.join(", ")})`,
};

export const ABS: NumberFunction = {
  makes: "number",
  name: "abs",
  written: "abs(x)",
  meaning: "x without its sign",
  takes: "numbers",
  atLeast: 1,
  atMost: 1,
  evaluate: ([x = Number.NaN]) => Math.abs(x),
  emit: ([x]) => `Math.abs(${x})`,
};

export const ROUND: NumberFunction = {
  makes: "number",
  name: "round",
  written: "round(x)",
  meaning: "the nearest whole number; halves go away from zero: round(2.5) is 3, round(-2.5) is -3",
  takes: "numbers",
  atLeast: 1,
  atMost: 1,
  evaluate: ([x = Number.NaN]) => round(x),
  emit: ([x]) => `$round(${x})`,
};

export const CLAMP: NumberFunction = {
  makes: "number",
  name: "clamp",
  written: "clamp(x, lo, hi)",
  meaning: "x, but at least lo and at most hi",
  takes: "alike",
  atLeast: 3,
  atMost: 3,
  evaluate: ([x = Number.NaN, lo = Number.NaN, hi = Number.NaN]) => Math.min(Math.max(x, lo), hi),
  emit: ([x, lo, hi]) => `Math.min(Math.max(${x}, ${lo}), ${hi})`,
};

/** Half away from zero. Adding 0.5 first would lift 0.49999999999999994 to 1. */
export function round(x: number): number {
  const whole = Math.trunc(x);
  if (Math.abs(x - whole) < 0.5) return finite(whole);
  return finite(whole + Math.sign(x));
}
