import type { Model } from "../../core/model/types.ts";
import type { Json } from "../../core/facts/types.ts";
import type { Touch } from "../../core/schedule/index.ts";
import type { Appointment, ListedContact, StoredAccount } from "../ports.ts";

/** Somebody of the account, with how they want to be served. */
export interface BriefContact {
  readonly contact: ListedContact;
  /** The touch, or its appointment, is with them. */
  readonly isMeant: boolean;
  /** Traits that the model reads as wishes of contacts (`said`): name → what they said last. */
  readonly preferences: Readonly<Record<string, Json>>;
}

const MOST = 12;

/** Whom it is with, then the roles that few have (sponsors before users), then by name. */
export function briefContacts(
  model: Model,
  contacts: readonly ListedContact[],
  { contactTraits }: Pick<StoredAccount, "contactTraits">,
  touch: Touch,
  appointment: Appointment | null,
): BriefContact[] {
  const wishes = new Set(
    model.facts.flatMap(({ source }) => (source.kind === "said" ? [source.trait] : [])),
  );
  const meant = new Set([
    touch.contact,
    ...(appointment?.attendees ?? []).map((one) => one.contact),
  ]);
  const sameRole = new Map<string | null, number>();
  for (const { role } of contacts) sameRole.set(role, (sameRole.get(role) ?? 0) + 1);
  const rank = ({ contact: { role }, isMeant }: BriefContact): number => {
    if (isMeant) return 0;
    return role === null ? contacts.length + 1 : (sameRole.get(role) ?? 1);
  };
  return contacts
    .map((contact): BriefContact => {
      const said: Record<string, Json> = {};
      // by day: the last one said stays
      for (const { contact: id, trait, value } of contactTraits) {
        if (id === contact.id && wishes.has(trait)) said[trait] = value;
      }
      return { contact, isMeant: meant.has(contact.id), preferences: said };
    })
    .toSorted((a, b) => rank(a) - rank(b) || nameOf(a).localeCompare(nameOf(b), "en"))
    .slice(0, MOST);
}

function nameOf({ contact }: BriefContact): string {
  return contact.name ?? contact.email ?? contact.id;
}
