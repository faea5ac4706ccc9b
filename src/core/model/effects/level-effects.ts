import { z } from "zod";
import type { EffectKind } from "./effect-kind.ts";

/** `at_least: high`, `at_most: low`, `set: tech`: effects that name a level. */
export const levelEffects: readonly EffectKind[] = [
  levelEffect("at_least", "At least", "Raises a lower level to this one."),
  levelEffect("at_most", "At most", "Lowers a higher level to this one."),
  levelEffect("set", "Set", "Makes it this level, whatever it was."),
];

function levelEffect(
  key: "at_least" | "at_most" | "set",
  title: string,
  description: string,
): EffectKind {
  return {
    key,
    shape: { [key]: z.string().meta({ title, description }) },
    read(entry) {
      const level = entry.reference(key, "level");
      return level === undefined ? undefined : { kind: key, level };
    },
  };
}
