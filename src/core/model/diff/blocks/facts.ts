import type { EventPattern, FactDef, TraitDef } from "../../types.ts";
import { AS_WRITTEN, type Naming } from "../canonical-rule.ts";
import { allParts, daysPart, formulaPart, rulePart, valuePart } from "../parts.ts";
import { typeText } from "../same-facts.ts";
import type { Part, Thing } from "../thing.ts";
import type { BlockThings } from "./block-things.ts";

export const factThings: BlockThings = ({ facts }, naming) => [
  {
    path: "facts",
    block: "facts",
    word: "fact",
    lead: "fact ",
    things: facts.map((fact) => thingOf(fact, naming)),
  },
];

export const contactTraitThings: BlockThings = ({ contactTraits }) => [
  {
    path: "contacts",
    block: "contacts",
    word: "contact trait",
    lead: "contact trait ",
    fixed: true,
    things: contactTraits.map((trait) => ({
      name: trait.name,
      summary: typeText(trait.type),
      parts: traitParts(trait),
      lists: [],
    })),
  },
];

function thingOf(fact: FactDef, naming: Naming): Thing {
  const source = sourceParts(fact, naming);
  return {
    name: fact.name,
    summary: source
      .map(({ key, shown }) => (key === "made by" ? shown : `${key} ${shown}`))
      .join(" "),
    parts: [
      ...source,
      ...allParts(
        valuePart("type", "its type", typeText(fact.type)),
        valuePart("unit", "the unit", fact.unit, { decides: false }),
      ),
    ],
    lists: [],
  };
}

const MAKING = { weight: 4 };

function traitParts({ trait, type, default: value }: TraitDef): readonly Part[] {
  return allParts(
    valuePart("trait", "the trait read", trait, { weight: 4 }),
    valuePart("type", "its type", typeText(type)),
    valuePart("default", "the default", value),
  );
}

function sourceParts({ source }: FactDef, naming: Naming): readonly Part[] {
  switch (source.kind) {
    case "trait":
      return allParts(
        valuePart("trait", "the trait read", source.trait, { weight: 4 }),
        valuePart("default", "the default", source.default),
      );
    case "event": {
      const { kind, pattern, property, where, over } = source.aggregate;
      return allParts(
        valuePart("made by", "how it is worked out", kind, MAKING),
        valuePart("of", "the events counted", patternText(pattern), { weight: 5 }),
        valuePart("property", "the property read", property),
        rulePart("where", "an event", where, AS_WRITTEN),
        daysPart("over", "the window", over),
      );
    }
    case "contacts":
      return allParts(
        valuePart("made by", "how it is worked out", "contacts", MAKING),
        rulePart("where", "a contact", source.where, naming),
      );
    case "said":
      return allParts(
        valuePart("made by", "how it is worked out", "said", MAKING),
        valuePart("trait", "the contact trait read", source.trait, { weight: 2 }),
        rulePart("where", "a contact", source.where, naming),
      );
    case "ratio":
    case "change":
      return allParts(
        valuePart("made by", "how it is worked out", source.kind, MAKING),
        valuePart("of", "what it compares", naming.name(source.of), { weight: 2 }),
        daysPart("over", "the window", source.over),
      );
    case "is":
      return allParts(
        formulaPart("is", "how it is worked out", source.rule, naming, { weight: 3 }),
      );
  }
}

export function patternText(pattern: EventPattern): string {
  if (pattern.kind === "exact") return pattern.name;
  return pattern.kind === "prefix" ? `${pattern.prefix}*` : "*";
}
