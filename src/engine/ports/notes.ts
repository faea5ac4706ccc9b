import type { Instant } from "../../core/time/day.ts";
import type { AuditEntry, Moment } from "./store.ts";

/** What people write down about accounts: free notes, and those of their touches. */
export interface NoteStore {
  /** Of an account, newest first. */
  list(account: string, after: NoteAfter | null, limit: number): Promise<ListedNote[]>;
  /** A free note; null: there is none of that id. */
  one(account: string, id: string): Promise<FreeNote | null>;
  /** A new one, or another text for one there is. The account has to exist. */
  put(note: FreeNote, audit: AuditEntry, moment: Moment): Promise<void>;
  /** False: it was not there. */
  remove(account: string, id: string, audit: AuditEntry, moment: Moment): Promise<boolean>;
}

export interface FreeNote {
  readonly account: string;
  readonly id: string;
  readonly at: Instant;
  /** Member of the team; null: somebody without a name of their own. */
  readonly by: string | null;
  /** As the audit log names whoever wrote it. */
  readonly author: string | null;
  readonly note: string;
  /** When it was written anew; null: it stands as it was. */
  readonly changedAt: Instant | null;
}

export interface ListedNote extends FreeNote {
  /** The touch that it belongs to; null: to none. Then `id` is the note's own. */
  readonly touch: { readonly id: string; readonly title: string } | null;
}

export interface NoteAfter {
  readonly at: Instant;
  readonly id: string;
}
