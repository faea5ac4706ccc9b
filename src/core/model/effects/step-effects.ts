import { z } from "zod";
import type { EffectKind } from "./effect-kind.ts";

/** `raise: 1, not_above: high`, `lower: 1, not_below: low`: effects that move by steps. */
export const stepEffects: readonly EffectKind[] = [
  stepEffect("raise", "not_above", "up", "higher"),
  stepEffect("lower", "not_below", "down", "lower"),
];

function stepEffect(
  key: "raise" | "lower",
  boundKey: "not_above" | "not_below",
  way: string,
  beyond: string,
): EffectKind {
  const steps = z
    .int()
    .min(1)
    .meta({
      title: key === "raise" ? "Raise" : "Lower",
      description: `Moves so many levels ${way}; it stops at the end of the ladder.`,
    });
  const bound = z
    .string()
    .optional()
    .meta({
      title: boundKey === "not_above" ? "Not above" : "Not below",
      description: `The level beyond which this does not go; one that is ${beyond} already stays.`,
    });
  const shape = { [key]: steps, [boundKey]: bound };
  return {
    key,
    shape,
    read(entry) {
      const by = entry.field(key);
      const level = entry.reference(boundKey, "level");
      if (by?.kind !== "scalar" || typeof by.value !== "number") return undefined;
      if (entry.has(boundKey) && level === undefined) return undefined;
      return { kind: key, by: by.value, bound: level };
    },
  };
}
