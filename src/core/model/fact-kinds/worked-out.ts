import { z } from "zod";
import { namesIn } from "../entry.ts";
import { freeText, rule } from "../schema-pieces.ts";
import { textOf } from "../yaml/tree.ts";
import type { FactKind } from "./fact-kind.ts";

const workedOutSchema = z.strictObject({
  is: rule("Is", "What the fact is, worked out from others: active_users_28d / seats."),
  unit: freeText("Unit", "What the number counts, for people.").optional(),
});

/** `{ is: active_users_28d / seats }`: worked out from other facts, of whatever type that gives. */
export const workedOutKind: FactKind = {
  key: "is",
  schema: workedOutSchema,
  madeOf: (entry) => namesIn(textOf(entry.field("is")) ?? ""),
  read(entry, blocks) {
    const shape = entry.shape(workedOutSchema);
    const scope = blocks.scopes.account("facts");
    const found = entry.rule("is", scope, ["number", "string", "boolean", "date", "time"]);
    return { type: found?.expr.type, source: shape && found && { kind: "is", rule: found } };
  },
};
