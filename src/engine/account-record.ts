import type { AccountRecord } from "../core/account/record.ts";
import { NEW_ACCOUNT } from "../core/account/state.ts";
import { AccountHistory, type FactPlan, type TraitChange } from "../core/facts/index.ts";
import { formatDay } from "../core/time/day.ts";
import type { StoredAccount } from "./ports.ts";

/** A stored account as the evaluator takes it. */
export function accountRecord(plan: FactPlan, stored: StoredAccount): AccountRecord {
  const { id, name, createdAt, firstSeen, timezone } = stored;
  const history = new AccountHistory(plan, { id, name, createdAt, firstSeen, timezone });
  for (const change of knownTraits(stored)) history.addTrait(change);
  for (const change of stored.traits) history.addTrait(change);
  for (const contact of stored.contacts) history.putContact(contact);
  for (const change of stored.contactTraits) history.addContactTrait(change.contact, change);
  for (const event of stored.events) history.addEvent(event);
  return {
    history,
    isNew: stored.state === null,
    state: stored.state ?? NEW_ACCOUNT,
    touches: new Map(stored.touches.map((touch) => [touch.key, touch])),
    owner: stored.owner,
  };
}

/** Known columns are no traits of their own, but a model may declare them as facts. */
function knownTraits({
  name,
  createdAt,
  timezone,
  firstSeen,
  firstSeenAt,
}: StoredAccount): TraitChange[] {
  const from = createdAt ?? firstSeen;
  const known: readonly (readonly [string, string | null])[] = [
    ["name", name],
    ["created_at", createdAt === null ? null : formatDay(createdAt)],
    ["timezone", timezone],
  ];
  return known.map(([trait, value]) => ({ trait, value, from, arrived: firstSeenAt }));
}
