import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { nearestOrAll } from "./did-you-mean.ts";
import { contactTraitValues, momentFor, presentModel } from "./edit-account.ts";
import { addressHash } from "./outbox/address-hash.ts";
import type { ContactKey, ContactRow, PersonKey, RowScalar } from "./ports.ts";
import { changePersons, suppressionsOf } from "./results/person.ts";
import { runDecisions } from "./run-decisions.ts";

export interface ContactEdit extends ContactKey {
  readonly user?: string | null;
  readonly email?: string | null;
  readonly name?: string | null;
  readonly role?: string | null;
  readonly timezone?: string | null;
  readonly locale?: string | null;
  readonly traits?: Readonly<Record<string, RowScalar | null>>;
  readonly reason: string | null;
}

/** Adds a contact or changes one; what is left out stays as it is. */
export async function putContact(context: EngineContext, edit: ContactEdit): Promise<void> {
  const model = await presentModel(context);
  const moment = momentFor(context, model);
  const { account, id, traits = {}, reason, user, ...known } = edit;
  const values = contactTraitValues(model, traits);
  const row: ContactRow = {
    contactId: id,
    accountId: account,
    userId: user,
    email: known.email,
    name: known.name,
    role: known.role,
    timezone: known.timezone,
    locale: known.locale,
    createdAt: undefined,
    asOf: moment.today,
    traits: values,
  };
  const fields = Object.keys({ ...known, ...(user === undefined ? {} : { user }), ...values });
  // names of fields only: what they held is no business of the log's, and must not outlive the contact
  const audit = {
    by: context.actor,
    what: "contact changed",
    account,
    reason,
    details: { contact: id, fields },
  };
  const refused = await context.store.byHand.contact(row, audit, moment);
  if (refused !== null)
    throw new AppError("unknown-account", `${refused}.`, "`GET /api/accounts` lists them.");
  if (model) await runDecisions(context, { ids: [account], cause: "person" });
}

export const OPT_OUT_CHANNELS = [
  "email",
  "in_app",
  "call",
  "video",
  "in_person",
  "webinar",
] as const;

/**
 * By which channels a person (all contacts with their address) does not want to hear from us (`all`: by none); an empty list lets
 * all of them be used again.
 */
export async function setOptOuts(
  context: EngineContext,
  key: ContactKey,
  channels: readonly string[],
  reason: string,
): Promise<void> {
  const model = await presentModel(context);
  const moment = momentFor(context, model);
  const named = channels.includes("all") ? OPT_OUT_CHANNELS : channels;
  const wrong = named.find((one) => !OPT_OUT_CHANNELS.some((known) => known === one));
  if (wrong !== undefined)
    throw new AppError(
      "bad-value",
      `channels: there is no channel \`${wrong}\`.`,
      nearestOrAll(wrong, [...OPT_OUT_CHANNELS, "all"]),
    );
  const sorted = [...new Set(named)].toSorted();
  const audit = {
    by: context.actor,
    what: sorted.length === 0 ? "opt-outs cleared" : `opted out of ${sorted.join(", ")}`,
    account: key.account,
    reason,
    details: { contact: key.id, channels: sorted },
  };
  const contact = await context.store.reading.contact(key, moment.today);
  if (!contact) throw noSuchContact(key);
  const person: PersonKey =
    contact.email === null ? { account: key.account, contact: key.id } : { email: contact.email };
  const wanted = OPT_OUT_CHANNELS.filter((one) => !sorted.includes(one));
  await changePersons(context, [person], {
    optOut: sorted,
    optIn: wanted,
    suppress: suppressionsOf([person], sorted, "unsubscribed"),
    lift: await liftable(context, contact.email, wanted),
    audit,
  });
  if (model) await runDecisions(context, { ids: [key.account], cause: "person" });
}

/** An address that mail came back from does not work again because its owner wants it to. */
async function liftable(
  { store }: EngineContext,
  email: string | null,
  channels: readonly string[],
) {
  const found = email === null ? [] : await store.persons.suppressions([addressHash(email)]);
  return found.filter(
    ({ channel, reason }) => reason !== "bounced" && channels.some((one) => one === channel),
  );
}

export function noSuchContact({ account, id }: ContactKey): AppError {
  return new AppError(
    "unknown-contact",
    `${account} has no contact \`${id}\`.`,
    `\`GET /api/contacts?account=${encodeURIComponent(account)}\` lists those it has.`,
  );
}
