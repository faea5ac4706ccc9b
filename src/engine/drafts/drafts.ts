import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import type { DraftFiles, StoredDraft } from "../ports.ts";

export interface DraftState extends StoredDraft {
  /** The version that is live; another than `base`: somebody went live since the draft was begun. */
  readonly live: number | null;
}

/** What a person was editing; null: nothing. */
export async function readDraft(
  { store }: EngineContext,
  owner: string,
): Promise<DraftState | null> {
  const draft = await store.drafts.get(owner);
  return draft && { ...draft, live: await store.models.liveVersion() };
}

/**
 * Keeps what a person edits, also while it has errors. Throws `changed-by-other` where it was
 * kept from elsewhere (another tab) since `rev`.
 */
export async function keepDraft(
  { store, clock }: EngineContext,
  owner: string,
  draft: DraftFiles & { readonly base: number | null },
  rev: number | null,
): Promise<{ readonly rev: number; readonly live: number | null }> {
  const kept = await store.drafts.save(owner, draft, rev, clock());
  if (kept === null) {
    throw new AppError(
      "changed-by-other",
      "Your draft was changed in another window meanwhile, so it was not kept over that.",
      "Read it again with GET /api/models/draft, then keep the one you want.",
    );
  }
  return { rev: kept, live: await store.models.liveVersion() };
}

export async function dropDraft({ store }: EngineContext, owner: string): Promise<boolean> {
  return store.drafts.remove(owner);
}
