import { z } from "zod";
import { entriesIn, isBlockOfEntries, type Blocks } from "../entry.ts";
import { readTrait, traitSchema } from "../fact-kinds/trait.ts";
import { checkName } from "../names.ts";
import { CONTACT_FIELDS } from "../scopes.ts";
import { nameText } from "../schema-pieces.ts";
import type { TraitDef } from "../types.ts";
import type { YamlNode } from "../yaml/tree.ts";

export const contactsSchema = z
  .record(nameText("Contact trait"), traitSchema)
  .meta({ title: "Contacts", description: "Traits of contacts that are more than text." });

/** Traits of contacts with their types; those that nobody declares are text. */
export function readContacts(node: YamlNode | undefined, blocks: Blocks): readonly TraitDef[] {
  const { reading, scopes } = blocks;
  if (!isBlockOfEntries(reading, "contacts", node)) return [];
  return entriesIn(reading, node, "a contact's trait").flatMap((entry) => {
    const named = checkName(entry);
    const { type, trait, fallback } = readTrait(entry);
    const known = CONTACT_FIELDS.get(entry.name);
    if (known && type && known.kind !== type.kind) {
      const message = `contact.${entry.name} is always a ${known.kind}, and cannot be a ${type.kind}.`;
      entry.report("reserved-name", message, "Give the trait another name.");
    }
    if (type) scopes.contactTraits.set(entry.name, type);
    if (!named || !type || trait === undefined) return [];
    return [{ name: entry.name, type, trait, default: fallback }];
  });
}
