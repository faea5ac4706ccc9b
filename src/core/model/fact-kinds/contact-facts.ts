import { z } from "zod";
import type { RuleType } from "../../rules/types.ts";
import { freeText, rule } from "../schema-pieces.ts";
import { CONTACT_FIELDS } from "../scopes.ts";
import { textOf } from "../yaml/tree.ts";
import type { FactKind } from "./fact-kind.ts";

const contactsSchema = z.strictObject({
  contacts: rule(
    "Contacts",
    'How many contacts there are for whom this holds: contact.role == "champion".',
  ),
  unit: freeText("Unit", "What the number counts, for people.").optional(),
});

/** `{ contacts: 'contact.role == "champion"' }`: how many there are now. */
export const contactsKind: FactKind = {
  key: "contacts",
  schema: contactsSchema,
  madeOf: () => [],
  read(entry, blocks) {
    const type: RuleType = { kind: "number" };
    const shape = entry.shape(contactsSchema);
    const everyone = textOf(entry.field("contacts")) === "*";
    if (everyone) return { type, source: shape && { kind: "contacts", where: undefined } };
    const where = entry.rule("contacts", blocks.scopes.contact(), "boolean");
    return { type, source: shape && where && { kind: "contacts", where } };
  },
};

const saidSchema = z.strictObject({
  said: freeText("Said", "A contact's trait; of several contacts' values the one stated last."),
  where: rule(
    "Where",
    'Only of contacts for whom this holds: contact.role == "sponsor".',
  ).optional(),
  unit: freeText("Unit", "What the number counts, for people.").optional(),
});

/** `{ said: preferred_touch, where: … }`: a contact trait, the value stated last. */
export const saidKind: FactKind = {
  key: "said",
  schema: saidSchema,
  madeOf: () => [],
  read(entry, blocks) {
    const shape = entry.shape(saidSchema);
    const where = entry.rule("where", blocks.scopes.contact(), "boolean");
    const trait = textOf(entry.field("said")) ?? "";
    const type = blocks.scopes.contactTraits.get(trait) ?? CONTACT_FIELDS.get(trait);
    blocks.scopes.traits.add(trait);
    const inError = !shape || (entry.has("where") && !where);
    return {
      type: type ?? { kind: "string" },
      source: inError ? undefined : { kind: "said", trait, where },
    };
  },
};
