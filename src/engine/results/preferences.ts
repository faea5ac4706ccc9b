import type { Json } from "../../core/facts/types.ts";
import type { EngineContext } from "../context.ts";
import { addressHash } from "../outbox/address-hash.ts";
import type { Outgoing, PersonContact } from "../ports.ts";
import { changePersons, personsOf, suppressionsOf } from "./person.ts";
import { recordAttemptResult } from "./record-result.ts";

/** How often a contact wants to hear from us: the trait `preferred_frequency`. */
export const FREQUENCIES = ["weekly", "monthly", "quarterly", "only_when_needed"] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** By what it likes to be reached best: the trait `preferred_channel`. */
export const PREFERRED_CHANNELS = ["email", "in_app", "call", "video"] as const;
export type PreferredChannel = (typeof PREFERRED_CHANNELS)[number];

/** On what automated messages reach a contact, and so what it can do without. */
export const REFUSABLE_CHANNELS = ["email", "in_app", "webinar"] as const;
export type RefusableChannel = (typeof REFUSABLE_CHANNELS)[number];

export interface Preferences {
  readonly frequency: Frequency | null;
  readonly channel: PreferredChannel | null;
  /** What it wants to get. */
  readonly wants: Readonly<Record<RefusableChannel, boolean>>;
}

export interface PreferenceView extends Preferences {
  readonly name: string | null;
  readonly email: string | null;
  readonly role: string | null;
  readonly timezone: string | null;
  readonly locale: string | null;
  /** The address is not written to, since mail to it came back. */
  readonly isBounced: boolean;
}

/** What the receiver of a message wants; null: there is no such contact any more. */
export async function preferencesOf(
  context: EngineContext,
  attempt: Outgoing,
): Promise<PreferenceView | null> {
  const { contacts } = await personsOf(context, attempt);
  const [first] = contacts;
  if (!first) return null;
  const { contact } = first;
  const found =
    contact.email === null
      ? []
      : await context.store.persons.suppressions([addressHash(contact.email)]);
  const refused = new Set([
    ...contacts.flatMap(({ contact: { optOuts } }) => optOuts),
    ...found.flatMap(({ channel, reason }) => (isBounce(reason) ? [] : channelsOf(channel))),
  ]);
  return {
    frequency: oneOf(FREQUENCIES, newest(contacts, "preferred_frequency")),
    channel: oneOf(PREFERRED_CHANNELS, newest(contacts, "preferred_channel")),
    wants: {
      email: !refused.has("email"),
      in_app: !refused.has("in_app"),
      webinar: !refused.has("webinar"),
    },
    name: contact.name,
    email: contact.email,
    role: contact.role,
    timezone: contact.timezone,
    locale: contact.locale,
    isBounced: found.some(({ reason }) => isBounce(reason)),
  };
}

/** `bounced`, or with what the mail server said: `bounced: 550 no such user`. */
function isBounce(reason: string): boolean {
  return reason.startsWith("bounced");
}

function channelsOf(channel: string): readonly string[] {
  return channel === "all" ? REFUSABLE_CHANNELS : [channel];
}

function newest(contacts: readonly PersonContact[], trait: string): Json {
  return (
    contacts.map(({ traits }) => traits[trait] ?? null).find((value) => value !== null) ?? null
  );
}

function oneOf<T extends string>(values: readonly T[], value: Json): T | null {
  return values.find((one) => one === value) ?? null;
}

/** Keeps what the receiver of a message wants from now on. */
export async function savePreferences(
  context: EngineContext,
  attempt: Outgoing,
  { frequency, channel, wants }: Preferences,
): Promise<void> {
  const { keys } = await personsOf(context, attempt);
  const optOut = REFUSABLE_CHANNELS.filter((one) => !wants[one]);
  const optIn = REFUSABLE_CHANNELS.filter((one) => wants[one]);
  await changePersons(context, keys, {
    optOut,
    optIn,
    traits: { preferred_frequency: frequency, preferred_channel: channel },
    suppress: suppressionsOf(keys, optOut, "unsubscribed"),
    lift: await liftable(context, keys, optIn),
  });
  if (!wants[attempt.channel as RefusableChannel]) await recordUnsubscribed(context, attempt);
}

/** An address that mail came back from does not work again because its owner wants it to. */
async function liftable(
  { store }: EngineContext,
  keys: Awaited<ReturnType<typeof personsOf>>["keys"],
  channels: readonly string[],
) {
  const addresses = keys.flatMap((key) => ("email" in key ? [addressHash(key.email)] : []));
  const found = await store.persons.suppressions(addresses);
  return found.filter(({ channel, reason }) => channels.includes(channel) && !isBounce(reason));
}

/** The receiver of a message wants no more of its kind. The same again changes nothing. */
export async function unsubscribe(context: EngineContext, attempt: Outgoing): Promise<void> {
  const { keys } = await personsOf(context, attempt);
  const channels = [attempt.channel];
  await changePersons(context, keys, {
    optOut: channels,
    suppress: suppressionsOf(keys, channels, "unsubscribed"),
  });
  await recordUnsubscribed(context, attempt);
}

async function recordUnsubscribed(context: EngineContext, attempt: Outgoing): Promise<void> {
  await recordAttemptResult(context, attempt, { result: "unsubscribed", at: context.clock() });
}
