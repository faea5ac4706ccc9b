import type { ContactInput } from "../facts/types.ts";

/** One human being among an account's contacts: contacts with one mail address are the same. */
export interface Person {
  /** By this contact's id runs and touches name the person. */
  readonly id: string;
  readonly email: string | null;
  /** The product's user id, for in-app messages. */
  readonly user: string | null;
  readonly timezone: string | null;
  readonly optOuts: ReadonlySet<string>;
  readonly members: readonly ContactInput[];
}

/**
 * The persons among an account's contacts, in order of id. A person goes by the contact that
 * runs and touches already name (`inUse`), else by the one known longest, so that a second
 * contact with the same address never makes anybody receive something twice.
 */
export function contactsAsPersons(
  contacts: readonly ContactInput[],
  inUse: ReadonlySet<string> = new Set(),
): Person[] {
  const groups = new Map<string, ContactInput[]>();
  for (const contact of contacts) {
    const email = foldEmail(contact.email);
    const key = email === null ? `id:${contact.id}` : `mail:${email}`;
    const group = groups.get(key);
    if (group) group.push(contact);
    else groups.set(key, [contact]);
  }
  return [...groups.values()]
    .map((group) => asPerson(group, inUse))
    .toSorted((a, b) => compareText(a.id, b.id));
}

const alone = new WeakMap<readonly ContactInput[], ReadonlyMap<string, Person>>();

/**
 * The same by id. A list of contacts in which nobody is there twice is looked through once: whom
 * runs and touches name makes no difference to it.
 */
export function personsById(
  contacts: readonly ContactInput[],
  inUse: () => ReadonlySet<string>,
): ReadonlyMap<string, Person> {
  const known = alone.get(contacts);
  if (known) return known;
  const persons = contactsAsPersons(contacts, inUse());
  const byId = new Map(persons.map((person) => [person.id, person]));
  if (persons.length === contacts.length) alone.set(contacts, byId);
  return byId;
}

function asPerson(group: readonly ContactInput[], inUse: ReadonlySet<string>): Person {
  const [only] = group;
  if (only && group.length === 1) {
    const { id, user, timezone, optOuts } = only;
    return {
      id,
      email: foldEmail(only.email),
      user,
      timezone,
      optOuts: new Set(optOuts),
      members: group,
    };
  }
  const members = group.toSorted(
    (a, b) =>
      Number(inUse.has(b.id)) - Number(inUse.has(a.id)) ||
      a.from - b.from ||
      compareText(a.id, b.id),
  );
  const first = <T>(pick: (contact: ContactInput) => T | null): T | null =>
    members.reduce<T | null>((found, contact) => found ?? pick(contact), null);
  return {
    id: members[0]?.id ?? "",
    email: first(({ email }) => foldEmail(email)),
    user: first(({ user }) => user),
    timezone: first(({ timezone }) => timezone),
    optOuts: new Set(members.flatMap(({ optOuts }) => optOuts)),
    members,
  };
}

export function foldEmail(email: string | null): string | null {
  const folded = email?.trim().toLowerCase();
  return folded === undefined || folded === "" ? null : folded;
}

/** By code units, so that the order is the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
