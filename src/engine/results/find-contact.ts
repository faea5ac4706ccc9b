import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import { findTouch } from "../find-touch.ts";
import type { PersonContact } from "../ports.ts";

/** How others name somebody: as much of it as they know. */
export interface ContactRef {
  readonly account?: string | undefined;
  readonly contact?: string | undefined;
  /** The product's user id. */
  readonly user?: string | undefined;
  readonly email?: string | undefined;
  /** A touch's id: its account and receiver. */
  readonly touch?: string | undefined;
}

export interface FoundContact {
  readonly account: string;
  readonly contact: string | null;
  readonly user: string | null;
  readonly touchId: string | null;
}

/** Whom somebody means; AppError where that is nobody, or more than one. */
export async function findContact(context: EngineContext, ref: ContactRef): Promise<FoundContact> {
  if (ref.touch !== undefined) {
    const { touch } = await findTouch(context, ref.touch);
    const contact = ref.contact ?? touch.contact;
    const found = contact === null ? undefined : await one(context, touch.account, contact);
    const user = ref.user ?? found?.contact.user ?? contact;
    return { account: touch.account, contact, user, touchId: touch.id };
  }
  if (ref.email !== undefined) return byEmail(context, ref.email, ref.account);
  if (ref.account === undefined) {
    throw new AppError(
      "bad-value",
      "It is not said whose it is.",
      "Give `touch`, `email`, or `account` with `contact` or `user`.",
    );
  }
  await refuseUnknown(context, ref.account);
  const contact = ref.contact ?? null;
  const found = contact === null ? undefined : await one(context, ref.account, contact);
  if (contact !== null && !found) {
    throw new AppError("unknown-contact", `${ref.account} has no contact \`${contact}\`.`);
  }
  const user = ref.user ?? found?.contact.user ?? contact;
  return { account: ref.account, contact, user, touchId: null };
}

async function one(
  { store }: EngineContext,
  account: string,
  contact: string,
): Promise<PersonContact | undefined> {
  const [found] = await store.persons.find({ account, contact });
  return found;
}

async function refuseUnknown({ store }: EngineContext, account: string): Promise<void> {
  const known = await store.accounts.ids({ ids: [account] });
  if (known.length === 0)
    throw new AppError("unknown-account", `There is no account \`${account}\`.`);
}

async function byEmail(
  { store }: EngineContext,
  email: string,
  account: string | undefined,
): Promise<FoundContact> {
  const all = await store.persons.find({ email: email.trim().toLowerCase() });
  const found = account === undefined ? all : all.filter((contact) => contact.account === account);
  const accounts = [...new Set(found.map((contact) => contact.account))];
  const [first] = found;
  if (!first) throw new AppError("unknown-contact", "Nobody has this mail address.");
  if (accounts.length > 1) {
    throw new AppError(
      "bad-value",
      `The mail address belongs to contacts of ${accounts.length} accounts.`,
      "Say which is meant by `account`.",
    );
  }
  const { contact } = first;
  return {
    account: first.account,
    contact: contact.id,
    user: contact.user ?? contact.id,
    touchId: null,
  };
}
