/** One thing that is not as expected. */
export interface Mismatch {
  /** `facts.nps`, `level`, `touches[0]`. */
  readonly what: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/**
 * Whether a value is what a scenario wrote: null and `unknown` are one, numbers match within
 * the given distance, instants by the moment they mean, `{ value, within }` brings its own.
 */
export function same(wanted: unknown, actual: unknown, within: number): boolean {
  if (isUnknown(wanted)) return isUnknown(actual);
  if (
    typeof wanted === "object" &&
    wanted !== null &&
    !Array.isArray(wanted) &&
    "within" in wanted
  ) {
    const { value, within: own } = wanted as { value?: unknown; within: unknown };
    return same(value, actual, typeof own === "number" ? own : within);
  }
  if (typeof wanted === "number" && typeof actual === "number") {
    return Math.abs(wanted - actual) <= within;
  }
  if (Array.isArray(wanted) && Array.isArray(actual)) {
    return (
      wanted.length === actual.length &&
      wanted.every((one, index) => same(one, actual[index], within))
    );
  }
  if (typeof wanted === "string" && typeof actual === "string")
    return wanted === actual || sameInstant(wanted, actual);
  return wanted === actual;
}

function isUnknown(value: unknown): boolean {
  return value === null || value === undefined || value === "unknown";
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

function sameInstant(a: string, b: string): boolean {
  return INSTANT.test(a) && INSTANT.test(b) && Date.parse(a) === Date.parse(b);
}
