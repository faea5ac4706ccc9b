import type { EngineContext } from "../context.ts";
import { addressHash } from "../outbox/address-hash.ts";
import type { Outgoing, PersonChange, PersonContact, PersonKey } from "../ports.ts";
import { workspaceMoment } from "./workspace-moment.ts";

/** Why an address is not written to any more. */
export type WhySuppressed = "unsubscribed" | "complained" | "bounced";

/** Who got a message: all contacts with its address are this person (model.md §5). */
export async function personsOf(
  { store }: EngineContext,
  attempt: Pick<Outgoing, "account" | "contact" | "channel" | "receiver">,
): Promise<{ readonly keys: readonly PersonKey[]; readonly contacts: readonly PersonContact[] }> {
  const { account, contact, channel, receiver } = attempt;
  const own = contact === null ? [] : await store.persons.find({ account, contact });
  // the address may be another by now: what its owner wants holds for both
  const emails = new Set([
    ...(channel === "email" && receiver !== null ? [receiver.trim().toLowerCase()] : []),
    ...own.flatMap(({ contact: { email } }) => email ?? []),
  ]);
  const keys: PersonKey[] = [...emails].map((email) => ({ email }));
  if (contact !== null) keys.push({ account, contact });
  const byEmail = await Promise.all([...emails].map((email) => store.persons.find({ email })));
  return { keys, contacts: [...own, ...byEmail.flat()] };
}

const NO_CHANGE: PersonChange = {
  optOut: [],
  optIn: [],
  traits: {},
  suppress: [],
  lift: [],
  audit: null,
};

/** What a person wants from now on, wherever it is a contact; the same again changes nothing. */
export async function changePersons(
  context: EngineContext,
  keys: readonly PersonKey[],
  change: Partial<PersonChange>,
): Promise<void> {
  const moment = await workspaceMoment(context);
  for (const key of keys) {
    await context.store.persons.change(key, { ...NO_CHANGE, ...change }, moment);
  }
}

export function suppressionsOf(
  keys: readonly PersonKey[],
  channels: readonly string[],
  reason: WhySuppressed,
): PersonChange["suppress"] {
  return keys.flatMap((key) =>
    "email" in key
      ? channels.map((channel) => ({ address: addressHash(key.email), channel, reason }))
      : [],
  );
}
