import type { Day, Instant } from "../time/day.ts";
import { type Dictionary, FALSE, TRUE, UNKNOWN } from "./columns.ts";
import { COMPARISONS } from "./comparisons.ts";
import { round } from "./functions/numbers.ts";
import { functionOf } from "./functions/registry.ts";
import {
  and3,
  differ,
  finite,
  isKnown,
  not3,
  or3,
  same3,
  truth,
  type Truth,
} from "./three-valued.ts";
import type { CompareOp, FunctionName } from "./types.ts";

/** What generated code needs from outside. */
export interface RuleHelpers {
  /** The workspace's local day of an instant; never called with NaN. */
  localDay(at: Instant): Day;
}

/** Functions that generated code calls by these very names. */
const PLAIN = {
  $finite: finite,
  $known: isKnown,
  $differ: differ,
  $not3: not3,
  $and3: and3,
  $or3: or3,
  $same3: same3,
  $less: three("<"),
  $atMost: three("<="),
  $more: three(">"),
  $atLeast: three(">="),
  $same: three("=="),
  $other: three("!="),
  $round: round,
  /** Of dictionary codes, -1 being unknown. */
  $sameCode: (a: number, b: number) => a === b && a >= 0,
  $differCode: (a: number, b: number) => a !== b && a >= 0 && b >= 0,
  $sameCode3: (a: number, b: number) => truth(a === b && a >= 0, a !== b && a >= 0 && b >= 0),
};

function three(sign: CompareOp): (x: number, y: number) => Truth {
  const comparison = COMPARISONS[sign];
  return (x, y) => truth(comparison.holds(x, y), comparison.fails(x, y));
}

/** For one book: the plain functions, and those that know its dictionary and its time zone. */
export function createRuntime(dict: Dictionary, helpers: RuleHelpers) {
  return {
    ...PLAIN,
    $day: (at: Instant): Day => (isKnown(at) ? helpers.localDay(at) : Number.NaN),
    /** A text's code → is `wanted` so of the text? Each distinct text is tested once. */
    $test: (name: FunctionName, wanted: string) => {
      const test = testOf(name)(wanted);
      return memo(dict, UNKNOWN, (text) => (test(text) ? TRUE : FALSE));
    },
    $testPair: (name: FunctionName) => (code: number, wantedCode: number) => {
      const [text, wanted] = [dict.text(code), dict.text(wantedCode)];
      if (text === null || wanted === null) return UNKNOWN;
      return testOf(name)(wanted)(text) ? TRUE : FALSE;
    },
    /** A text's code → the code of what the function makes of it. */
    $map: (name: FunctionName) => {
      const def = functionOf(name);
      if (def.makes !== "text") throw new Error(`${name} makes no text`);
      return memo(dict, -1, (text) => dict.code(def.evaluate(text)));
    },
  };
}

export const RUNTIME_NAMES: readonly string[] = [
  ...Object.keys(PLAIN),
  "$day",
  "$test",
  "$testPair",
  "$map",
];

function testOf(name: FunctionName): (wanted: string) => (text: string) => boolean {
  const def = functionOf(name);
  if (def.makes !== "truth") throw new Error(`${name} tests no text`);
  return (wanted) => def.prepare(wanted);
}

function memo<T extends number>(
  dict: Dictionary,
  unknown: T,
  of: (text: string) => T,
): (code: number) => T {
  const found: (T | undefined)[] = [];
  return (code) => {
    if (code < 0) return unknown;
    const before = found[code];
    if (before !== undefined) return before;
    const text = dict.text(code);
    const result = text === null ? unknown : of(text);
    // Filled without holes, which would make every later look-up slow.
    while (found.length < code) found.push(undefined);
    found[code] = result;
    return result;
  };
}
