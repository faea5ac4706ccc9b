import type { Model } from "../../../../src/core/model/index.ts";
import type { YamlPath } from "../edit-yaml.ts";

/** What makes an account of a level: a rule, and where it is written. */
export interface WhoRule {
  /** `tier: top`; empty: the rule says it all. */
  readonly name: string;
  /** null: everybody else. */
  readonly rule: string | null;
  readonly path: YamlPath;
}

/** Rules of the base level that lead to a level; of a segment's entry its own rule. */
export function whoIsThere(model: Model, level: string): readonly WhoRule[] {
  const base = model.touch?.base ?? [];
  const others: WhoRule[] =
    model.touch?.otherwise === level
      ? [{ name: "", rule: null, path: ["touch", "base", base.length, "otherwise"] }]
      : [];
  const named = base.flatMap((entry, index): WhoRule[] => {
    if (entry.level !== level) return [];
    const path = ["touch", "base", index, "when"] as const;
    const { text } = entry.when;
    const [, dimension, name] = /^segments\.(\w+) == "(\w+)"$/.exec(text) ?? [];
    const segment = model.segments.find((one) => one.name === dimension);
    if (segment?.kind !== "one" || name === undefined) return [{ name: "", rule: text, path }];
    const of = segment.entries.find((one) => one.name === name);
    const rule = of?.rule.text ?? text;
    return [
      {
        name: `${segment.name}: ${name}`,
        rule: rule === "true" ? null : rule,
        path: ["segments", segment.name, "one", name],
      },
    ];
  });
  return [...named, ...others];
}
