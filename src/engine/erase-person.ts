import { randomBytes } from "node:crypto";
import type { EngineContext } from "./context.ts";
import { noSuchContact } from "./contact-by-hand.ts";
import { momentFor, presentModel } from "./edit-account.ts";
import { addressHash } from "./outbox/address-hash.ts";
import type { ContactKey, Erasure, PersonRecords } from "./ports.ts";
import { runDecisions } from "./run-decisions.ts";

/** All that is kept about the person that a contact is. */
export async function exportPerson(
  { store }: EngineContext,
  key: ContactKey,
): Promise<PersonRecords> {
  const found = await store.privacy.gather(key);
  if (!found) throw noSuchContact(key);
  return found;
}

/**
 * Removes a person for good: contacts and their traits go; in what stays (events, touches,
 * decisions, the record of what was sent) a name that says nothing takes the place of its ids,
 * so that counts stay right. What it had opted out of holds on as hashes of its addresses.
 */
export async function erasePerson(
  context: EngineContext,
  key: ContactKey,
  { reason, suppressAll }: { readonly reason: string; readonly suppressAll: boolean },
): Promise<Erasure> {
  const model = await presentModel(context);
  const moment = momentFor(context, model);
  const audit = {
    by: context.actor,
    what: "contact erased",
    account: key.account,
    reason,
    details: {},
  };
  const pseudonym = (): string => `erased-${randomBytes(8).toString("hex")}`;
  const order = { hash: addressHash, pseudonym, suppressAll, audit };
  const erased = await context.store.privacy.erase(key, order, moment);
  if (!erased) throw noSuchContact(key);
  const ids = [...new Set(erased.contacts.map(({ account }) => account))];
  if (model) await runDecisions(context, { ids, cause: "person" });
  return erased;
}
