import { z } from "zod";
import type { Blocks, Entry } from "../entry.ts";
import { duration, freeText, nameText } from "../schema-pieces.ts";
import { EARLY_BUILT_INS } from "../scopes.ts";
import { textOf } from "../yaml/tree.ts";
import type { FactKind } from "./fact-kind.ts";

/** `{ ratio: logins_28d, over: 28d }`: now / as of 28 days ago. */
export const ratioKind = pastKind(
  "ratio",
  "Its value now divided by its value that many days ago.",
);

/** `{ change: arr, over: 90d }`: now - as of 90 days ago. */
export const changeKind = pastKind("change", "Its value now less its value that many days ago.");

function pastKind(key: "ratio" | "change", says: string): FactKind {
  const schema = z.strictObject({
    [key]: nameText(key).meta({ description: `A fact that is a number, or health. ${says}` }),
    over: duration(1, "Over", "How far to look back."),
    unit: freeText("Unit", "What the number counts, for people.").optional(),
  });
  return {
    key,
    schema,
    madeOf: (entry) => [textOf(entry.field(key)) ?? ""],
    read(entry, blocks) {
      const shape = entry.shape(schema);
      const of = readOf(entry, key, blocks);
      const type = { kind: "number" } as const;
      if (!shape || of === undefined) return { type, source: undefined };
      return { type, source: { kind: key, of, over: Number(shape["over"]) } };
    },
  };
}

function readOf(entry: Entry, key: string, { reading, scopes }: Blocks): string | undefined {
  const name = textOf(entry.field(key));
  if (name === undefined) return undefined;
  if (name === "health") {
    if (reading.names.hasBlock("health")) return name;
    const message = "This looks back at health, and the model has no health block.";
    entry.report("missing-block", message, undefined, entry.spanOf(key));
    return undefined;
  }
  const type = EARLY_BUILT_INS.get(name) ?? factType(name, key, entry, scopes);
  if (!type || type.kind === "number") return type && name;
  const message = `${key} needs a number to look back at, and ${name} is a ${type.kind}.`;
  entry.report("fact-type", message, undefined, entry.spanOf(key));
  return undefined;
}

function factType(name: string, key: string, entry: Entry, scopes: Blocks["scopes"]) {
  if (entry.reference(key, "fact") === undefined) return undefined;
  return scopes.facts.get(name)?.type;
}
