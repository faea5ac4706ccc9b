export const OPERATORS = [
  "==",
  "!=",
  ">=",
  ">",
  "<=",
  "<",
  "in",
  "contains",
  "is",
  "isNot",
  "known",
  "unknown",
  "within",
  "before",
] as const;
export type Operator = (typeof OPERATORS)[number];

/** One part of a rule that can be clicked together: `arr >= 1000`, `plan in ["free"]`. */
export interface Condition {
  readonly name: string;
  readonly operator: Operator;
  /** `within`: days ahead; `before`: days ago at least. */
  readonly value: string | number | readonly string[] | null;
}

export function writeCondition({ name, operator, value }: Condition): string {
  switch (operator) {
    case "is":
      return name;
    case "isNot":
      return `!${name}`;
    case "known":
      return `known(${name})`;
    case "unknown":
      return `!known(${name})`;
    case "within":
      return `days_until(${name}) <= ${String(value)}`;
    case "before":
      return `days_since(${name}) >= ${String(value)}`;
    case "contains":
      return `${name}.contains(${quoted(String(value))})`;
    case "in":
      return `${name} in [${(Array.isArray(value) ? value : [value]).map((one) => quoted(String(one))).join(", ")}]`;
    default:
      return `${name} ${operator} ${typeof value === "number" ? value : quoted(String(value))}`;
  }
}

export function writeConditions(conditions: readonly Condition[]): string {
  return conditions.map(writeCondition).join(" && ");
}

/** The rule with one more condition that has to hold as well. */
export function alsoHolds(rule: string | undefined, condition: Condition): string {
  const more = writeCondition(condition);
  if (rule === undefined || rule.trim() === "") return more;
  const before = /\|\||\?/.test(rule) ? `(${rule})` : rule;
  return `${before} && ${more}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
