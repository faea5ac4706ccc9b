import type { NearestChange } from "../../core/explain/index.ts";
import { showTyped } from "../../core/facts/index.ts";
import type { AccountExplanation } from "../../engine/explain-account.ts";
import { section, shown } from "./words.ts";

/** What would have to be different for the next level up and down. */
export function tellChanges({ changes, explanation, model }: AccountExplanation): string {
  const { level } = explanation;
  if (!changes || !level) return "";
  const tell = (change: NearestChange | undefined, way: "more" | "less"): string =>
    change ? sentence(change, model) : `No single fact would give it ${way} touch.`;
  const isHighest = model.levels[0]?.name === level.name && !changes.up;
  const isLowest = model.levels.at(-1)?.name === level.name && !changes.down;
  return section("What would have to be different", [
    isHighest ? "There is no higher level." : tell(changes.up, "more"),
    isLowest ? "There is no lower level." : tell(changes.down, "less"),
  ]);
}

function sentence(
  { fact, from, to, level }: NearestChange,
  model: AccountExplanation["model"],
): string {
  const type = model.facts.find(({ name }) => name === fact)?.type ?? { kind: "number" };
  const now = from === null ? "it is not known now" : `it is ${shown(showTyped(type, from))} now`;
  return `If ${fact} were ${shown(showTyped(type, to))} (${now}), the rules would ask for ${level} touch.`;
}
