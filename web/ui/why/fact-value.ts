import type { AboutModel } from "../../../src/core/explain/index.ts";
import type { Value } from "../../../src/core/rules/types.ts";
import type { Format } from "../../lib/format.ts";

/** Values of facts in their units, as far as the model says which. */
export interface FactValues {
  /** What a fact or built-in is. */
  value(name: string, value: Value): string;
  /** A difference of two values, without its sign. */
  difference(name: string, by: number): string;
}

interface Words {
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
}

export function factValues(about: AboutModel, format: Format, words: Words): FactValues {
  const number = (name: string, value: number): string => {
    const unit = about.facts[name]?.unit ?? null;
    if (name === about.revenue || unit === about.currency) return format.money(value);
    const text = format.number(value, 2);
    if (unit === null) return text;
    return unit === "%" ? `${text}%` : `${text} ${unit}`;
  };
  return {
    value: (name, value) => {
      if (value === null) return words.unknown;
      if (typeof value === "boolean") return value ? words.yes : words.no;
      if (typeof value === "number") return number(name, value);
      return /^\d{4}-\d{2}-\d{2}T/.test(value) ? format.instant(value) : format.value(value);
    },
    difference: (name, by) => number(name, Math.abs(by)),
  };
}
