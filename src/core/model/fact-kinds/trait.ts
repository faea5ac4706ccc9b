import { z } from "zod";
import type { RuleType, Scalar } from "../../rules/types.ts";
import { parseDay } from "../../time/day.ts";
import { parseInstant } from "../../time/zone.ts";
import type { Entry } from "../entry.ts";
import { freeText } from "../schema-pieces.ts";
import { textOf } from "../yaml/tree.ts";
import type { FactKind } from "./fact-kind.ts";

const TYPES = ["number", "string", "boolean", "date", "time"] as const;

export const traitSchema = z.strictObject({
  type: z.enum(TYPES).meta({
    title: "Type",
    description: "number, string, boolean, date (a calendar day) or time (an instant).",
  }),
  unit: freeText("Unit", "What the number counts, for people: USD, calls per 30 days.").optional(),
  values: z.array(z.string()).min(1).optional().meta({
    title: "Values",
    description: "All texts that the trait can have; rules are checked against them.",
  }),
  from: freeText("From", "The trait's own name where it differs from the fact's.").optional(),
  default: z
    .union([z.string(), z.number(), z.boolean()])
    .optional()
    .meta({ title: "Default", description: "Stands in wherever the value is missing." }),
});

/** `{ type: number }`: what imports, `group` calls, the API or a person say of an account. */
export const traitKind: FactKind = {
  key: "type",
  schema: traitSchema,
  madeOf: () => [],
  read(entry) {
    const { type, trait, fallback } = readTrait(entry);
    if (!type || trait === undefined) return { type, source: undefined };
    return { type, source: { kind: "trait", trait, default: fallback } };
  },
};

/** A trait of an account or a contact; `trait` is undefined when the entry is in error. */
export function readTrait(entry: Entry): {
  readonly type: RuleType | undefined;
  readonly trait: string | undefined;
  readonly fallback: Scalar | undefined;
} {
  const shape = entry.shape(traitSchema);
  const type = typeOf(entry);
  if (!shape || !type) return { type, trait: undefined, fallback: undefined };
  if (shape.values && shape.type !== "string") {
    const message = `Only a string has a list of values, and this is a ${shape.type}.`;
    entry.report("wrong-type", message, undefined, entry.spanOf("values"));
  }
  const fallback =
    shape.default === undefined ? undefined : readDefault(entry, type, shape.default);
  return { type, trait: shape.from ?? entry.name, fallback };
}

function typeOf(entry: Entry): RuleType | undefined {
  const type = TYPES.find((name) => name === textOf(entry.field("type")));
  if (type === undefined) return undefined;
  if (type !== "string") return { kind: type };
  const values = entry.field("values");
  if (values?.kind !== "list") return { kind: type };
  const texts = values.items.map(textOf).filter((text) => text !== undefined);
  return texts.length === values.items.length ? { kind: type, values: texts } : { kind: type };
}

function readDefault(entry: Entry, type: RuleType, value: Scalar): Scalar | undefined {
  const found = fitted(type, value);
  if (found !== undefined) return found;
  const what = inList(type) ? "none of the trait's values" : `no ${type.kind}`;
  const message = `The default "${String(value)}" is ${what}.`;
  entry.report("wrong-default", message, HINTS[type.kind], entry.spanOf("default"));
  return undefined;
}

const HINTS: Readonly<Partial<Record<RuleType["kind"], string>>> = {
  date: "A date is written 2026-03-01.",
  time: "A time is written 2026-03-01T09:00:00Z.",
  boolean: "A boolean is true or false.",
};

function fitted(type: RuleType, value: Scalar): Scalar | undefined {
  switch (type.kind) {
    case "number":
      return typeof value === "number" ? value : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "string": {
      if (typeof value !== "string") return undefined;
      return type.values && !type.values.includes(value) ? undefined : value;
    }
    case "date":
      return typeof value === "string" ? parseDay(value) : undefined;
    case "time":
      return typeof value === "string" ? parseInstant(value) : undefined;
    case "any":
      return undefined;
  }
}

function inList(type: RuleType): boolean {
  return type.kind === "string" && type.values !== undefined;
}
