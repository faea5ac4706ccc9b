import type { FunctionName } from "../types.ts";
import { DAYS_SINCE, DAYS_UNTIL } from "./days.ts";
import type { FunctionDef } from "./define.ts";
import { ABS, CLAMP, MAX, MIN, ROUND } from "./numbers.ts";
import { CONTAINS, ENDS_WITH, LOWER_ASCII, MATCHES, STARTS_WITH } from "./texts.ts";

/** Every function of rules but `known` and `date`, which are no functions of values. */
export const FUNCTIONS = {
  days_since: DAYS_SINCE,
  days_until: DAYS_UNTIL,
  min: MIN,
  max: MAX,
  abs: ABS,
  round: ROUND,
  clamp: CLAMP,
  startsWith: STARTS_WITH,
  endsWith: ENDS_WITH,
  contains: CONTAINS,
  matches: MATCHES,
  lowerAscii: LOWER_ASCII,
} as const satisfies Record<FunctionName, FunctionDef>;

const BY_NAME: ReadonlyMap<string, FunctionDef> = new Map(Object.entries(FUNCTIONS));

/** Of a name as somebody wrote it, so possibly `constructor`. */
export function findFunction(name: string): FunctionDef | undefined {
  return BY_NAME.get(name);
}

/** Of a checked call. */
export function functionOf(name: FunctionName): FunctionDef {
  return FUNCTIONS[name];
}

/** Written `name(x)`, the others `x.name(…)`. */
export const CALLS: readonly string[] = [
  "known",
  "date",
  ...[...BY_NAME.values()].filter(({ makes }) => makes === "number").map(({ name }) => name),
];

export const METHODS: readonly string[] = [...BY_NAME.values()]
  .filter(({ makes }) => makes !== "number")
  .map(({ name }) => name);

/** No fact may take one of these names: `min` and `min(a, b)` side by side would mislead. */
export const FUNCTION_NAMES: ReadonlySet<string> = new Set([...CALLS, ...METHODS]);
