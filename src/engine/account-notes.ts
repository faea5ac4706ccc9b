import { AppError } from "./app-error.ts";
import type { Page } from "./account-page.ts";
import type { EngineContext } from "./context.ts";
import { momentFor, presentModel } from "./edit-account.ts";
import type { FreeNote, ListedNote, NoteAfter } from "./ports.ts";

/** What people have written down about an account, newest first: notes of its touches, and free ones. */
export async function accountNotes(
  { store }: EngineContext,
  account: string,
  after: NoteAfter | null,
  limit: number,
): Promise<Page<ListedNote, NoteAfter>> {
  const found = await store.notes.list(account, after, limit + 1);
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, next: last ? { at: last.at, id: last.id } : null };
}

/** Writes a note down. The same id again is the same note: a request that comes twice adds one. */
export async function addNote(
  context: EngineContext,
  account: string,
  { id, by, note }: { readonly id: string; readonly by: string | null; readonly note: string },
): Promise<FreeNote> {
  const known = await context.store.notes.one(account, id);
  if (known) return known;
  const moment = momentFor(context, await presentModel(context));
  const { actor } = context;
  const made: FreeNote = { account, id, at: moment.now, by, author: actor, note, changedAt: null };
  const audit = { by: actor, what: "note", account, reason: note, details: { note: id } };
  await context.store.notes.put(made, audit, moment);
  return made;
}

/** Another text for a note. What it said before stays in the audit log. */
export async function changeNote(
  context: EngineContext,
  known: FreeNote,
  note: string,
): Promise<FreeNote> {
  if (note === known.note) return known;
  const { account, id } = known;
  const moment = momentFor(context, await presentModel(context));
  const changed = { ...known, note, changedAt: moment.now };
  const audit = {
    by: context.actor,
    what: "note changed",
    account,
    reason: note,
    details: { note: id },
  };
  await context.store.notes.put(changed, audit, moment);
  return changed;
}

export async function removeNote(
  context: EngineContext,
  { account, id }: FreeNote,
  reason: string | null,
): Promise<void> {
  const moment = momentFor(context, await presentModel(context));
  const audit = {
    by: context.actor,
    what: "note removed",
    account,
    reason,
    details: { note: id },
  };
  const isGone = await context.store.notes.remove(account, id, audit, moment);
  if (!isGone) throw noSuchNote(account, id);
}

export async function exactNote(
  { store }: EngineContext,
  account: string,
  id: string,
): Promise<FreeNote> {
  const found = await store.notes.one(account, id);
  if (found) return found;
  throw noSuchNote(account, id);
}

function noSuchNote(account: string, id: string): AppError {
  return new AppError(
    "unknown-note",
    `${account} has no note \`${id}\`.`,
    `\`GET /api/accounts/${encodeURIComponent(account)}/notes\` lists those it has.`,
  );
}
