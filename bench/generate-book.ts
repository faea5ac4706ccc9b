import { Book } from "../src/core/book/book.ts";
import { type FactPlan, fillBaseFacts } from "../src/core/facts/index.ts";
import type { EventInput } from "../src/core/facts/types.ts";
import type { Day } from "../src/core/time/day.ts";
import type { AccountRow, ContactRow, EventRow } from "../src/engine/ports/rows.ts";
import { type BookOptions, type SampleAccount, sampleAccount } from "./sample-account.ts";
import { picksOf, SampleHistory } from "./sample-history.ts";
import { dayOfEvent, eventsBy, instantOfEvent, slotOf, userOf } from "./use-stream.ts";

/** Accounts made at once, so that a large book needs little memory beside its columns. */
const CHUNK = 1_000;

/**
 * Fills the columns that a book reads from histories with the first `book.size` accounts of a
 * seed, as of `day` (at most `options.today`).
 */
export function fillBook(plan: FactPlan, book: Book, day: Day, options: BookOptions): void {
  const picks = picksOf(plan);
  const columns = [...plan.base, ...plan.builtIns].map(({ column }) => column);
  const chunk = new Book(book.layout, Math.min(CHUNK, book.size), book.dict);
  for (let start = 0; start < book.size; start += CHUNK) {
    const size = Math.min(CHUNK, book.size - start);
    const histories = Array.from(
      { length: size },
      (_, row) => new SampleHistory(plan, sampleAccount(start + row, options), picks),
    );
    fillBaseFacts(plan, chunk, histories, day);
    for (const name of columns) book.column(name).set(chunk.column(name).subarray(0, size), start);
  }
}

/** Everything that a sample account did by `today`, oldest use first. */
export function eventsOf(
  { use, answers }: SampleAccount,
  { today, zone }: BookOptions,
): EventInput[] {
  const used = Array.from({ length: eventsBy(use, today) }, (_, k): EventInput => {
    const { name, properties } = slotOf(use, k);
    return {
      name,
      at: instantOfEvent(use, k, dayOfEvent(use, k, today), zone),
      user: userOf(use, k),
      properties: { ...properties, feature_adoption_score: use.depth },
      engine: false,
    };
  });
  return [...used, ...answers];
}

export interface SampleRows {
  /** What was said of it at first, then what was stated anew. */
  readonly accounts: readonly AccountRow[];
  readonly contacts: readonly ContactRow[];
  readonly events: readonly EventRow[];
}

/** A sample account as rows for an import; what became of touches is not among its events. */
export function rowsOf(account: SampleAccount, options: BookOptions): SampleRows {
  const { id, name, born, traits, later, contacts } = account;
  const events = eventsOf(account, options).filter(
    ({ name: event }) => !event.startsWith("touch:"),
  );
  return {
    accounts: [
      { asOf: null, traits },
      ...later.map(({ on, traits: anew }) => ({ asOf: on, traits: anew })),
    ].map((said): AccountRow => ({
      accountId: id,
      name,
      owner: undefined,
      parentId: undefined,
      createdAt: born,
      closedAt: undefined,
      timezone: undefined,
      outcome: {},
      ...said,
    })),
    contacts: contacts.map(({ id: contactId, traits: own, ...contact }) => ({
      ...contact,
      createdAt: born,
      asOf: null,
      timezone: undefined,
      contactId,
      accountId: id,
      userId: contactId.split("-").at(-1),
      locale: undefined,
      traits: own,
    })),
    events: events.map(({ name: event, at, user, properties }, index) => ({
      accountId: id,
      event,
      at,
      userId: user,
      messageId: `${id}-${index}`,
      properties: properties as EventRow["properties"],
      outcome: {},
    })),
  };
}
