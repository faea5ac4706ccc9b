import { fileURLToPath } from "node:url";
import type { CompiledModel } from "../../src/core/decide/index.ts";
import { AccountHistory, type ContactInput, isEngineName } from "../../src/core/facts/index.ts";
import { type Day, formatDay } from "../../src/core/time/day.ts";
import type { AccountRow, ContactRow, EventRow } from "../../src/engine/ports.ts";
import { openImport } from "../../src/import/index.ts";

/** What an import file hands to the store, held in memory. */
export interface ImportRows {
  readonly today: Day;
  readonly accounts: readonly AccountRow[];
  readonly contacts: readonly ContactRow[];
  readonly events: readonly EventRow[];
  readonly rejected: number;
}

/** Reads an import file of `examples/` as on `today`. */
export async function readRows(example: string, today: Day): Promise<ImportRows> {
  const file = fileURLToPath(new URL(`../../examples/${example}`, import.meta.url));
  const source = await openImport(file, { today });
  try {
    return {
      today,
      accounts: await all(source.accounts()),
      contacts: await all(source.contacts()),
      events: await all(source.events()),
      rejected: [...source.rejected.values()].reduce((sum, n) => sum + n, 0),
    };
  } finally {
    await source.close();
  }
}

async function all<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const rows: T[] = [];
  for await (const batch of batches) rows.push(...batch);
  return rows;
}

/** Each account's history as a model's facts read it, by account id. */
export function historiesOf(
  { plan }: CompiledModel,
  { today, accounts, contacts, events }: ImportRows,
): Map<string, AccountHistory> {
  const found = new Map<string, AccountHistory>();
  for (const row of accounts) {
    let history = found.get(row.accountId);
    if (!history) found.set(row.accountId, (history = newHistory(plan, row, today)));
    addTraits(history, row, today);
  }
  for (const row of contacts) addContact(found.get(row.accountId), row, today);
  for (const { accountId, event, at, userId, properties } of events) {
    const engine = isEngineName(event);
    found.get(accountId)?.addEvent({ name: event, at, user: userId, properties, engine });
  }
  return found;
}

function newHistory(plan: CompiledModel["plan"], row: AccountRow, today: Day): AccountHistory {
  return new AccountHistory(plan, {
    id: row.accountId,
    name: row.name ?? null,
    createdAt: row.createdAt ?? null,
    firstSeen: today,
    timezone: row.timezone ?? null,
  });
}

function addTraits(history: AccountHistory, row: AccountRow, today: Day): void {
  const from = row.asOf ?? row.createdAt ?? today;
  for (const [trait, value] of Object.entries(row.traits)) {
    history.addTrait({ trait, value, from, arrived: today });
  }
  if (row.closedAt === undefined) return;
  const value = row.closedAt === null ? null : formatDay(row.closedAt);
  history.addTrait({ trait: "closed_at", value, from, arrived: today });
}

function addContact(history: AccountHistory | undefined, row: ContactRow, today: Day): void {
  if (!history) return;
  const from = row.createdAt ?? history.identity.createdAt ?? today;
  const contact: ContactInput = {
    id: row.contactId,
    email: row.email ?? null,
    name: row.name ?? null,
    role: row.role ?? null,
    timezone: row.timezone ?? null,
    locale: row.locale ?? null,
    createdAt: row.createdAt ?? null,
    from,
    user: row.userId ?? row.contactId,
    optOuts: [],
  };
  history.putContact(contact);
  for (const [trait, value] of Object.entries(row.traits)) {
    history.addContactTrait(row.contactId, {
      trait,
      value,
      from: row.asOf ?? from,
      arrived: today,
    });
  }
}
