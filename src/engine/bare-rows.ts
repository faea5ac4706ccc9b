import type { AccountRow, ContactRow, TeamRow } from "./ports.ts";
import type { ContactFields } from "./ports/ingest.ts";

/** Rows that name somebody and say nothing of them: whoever has something to say adds it. */
export function bareAccount(accountId: string): AccountRow {
  return {
    accountId,
    name: undefined,
    owner: undefined,
    parentId: undefined,
    createdAt: undefined,
    closedAt: undefined,
    timezone: undefined,
    asOf: null,
    traits: {},
    outcome: {},
  };
}

export const NOTHING_SAID: ContactFields = {
  email: undefined,
  name: undefined,
  role: undefined,
  timezone: undefined,
  locale: undefined,
  createdAt: undefined,
  traits: {},
};

export function bareContact(accountId: string, contactId: string): ContactRow {
  return { ...NOTHING_SAID, accountId, contactId, userId: undefined, asOf: null };
}

export function bareMember(id: string): TeamRow {
  return {
    id,
    name: null,
    email: null,
    role: null,
    access: null,
    hoursPerWeek: null,
    pod: null,
    timezone: null,
    region: null,
    languages: [],
    skills: [],
    startsOn: null,
    leave: [],
  };
}
