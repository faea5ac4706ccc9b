import type { Effect } from "./types.ts";

/** An effect in words: `at least high`, `raise by 1, not above high`, `set low`. */
export function describeEffect(effect: Effect): string {
  switch (effect.kind) {
    case "at_least":
      return `at least ${effect.level}`;
    case "at_most":
      return `at most ${effect.level}`;
    case "set":
      return `set ${effect.level}`;
    case "raise":
      return `raise by ${effect.by}${effect.bound === undefined ? "" : `, not above ${effect.bound}`}`;
    case "lower":
      return `lower by ${effect.by}${effect.bound === undefined ? "" : `, not below ${effect.bound}`}`;
  }
}
