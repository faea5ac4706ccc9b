import type { Instant } from "../../core/time/day.ts";
import type { AuditEntry } from "./store.ts";

/** A model's files as somebody edits them. */
export interface DraftFiles {
  readonly source: string;
  /** `welcome.en` → text of `messages/welcome.en.liquid`. */
  readonly messages: Readonly<Record<string, string>>;
  /** `scenarios.yaml` → its text. */
  readonly scenarios: Readonly<Record<string, string>>;
}

export interface StoredDraft extends DraftFiles {
  /** Goes up with each saving. */
  readonly rev: number;
  /** The version it was made from; null: no model was live. */
  readonly base: number | null;
  readonly madeAt: Instant;
  readonly changedAt: Instant;
}

/** What people edit before it goes live, one draft each, and the tests of the workspace's model. */
export interface DraftStore {
  /** @param owner who edits it: a member's id, or the actor where there is none */
  get(owner: string): Promise<StoredDraft | null>;
  /**
   * Keeps the whole draft; answers its new `rev`. null: `basedOn` is not what is kept (null: there
   * is none yet), and nothing was stored.
   */
  save(
    owner: string,
    draft: DraftFiles & { readonly base: number | null },
    basedOn: number | null,
    now: Instant,
  ): Promise<number | null>;
  /** False: there was none. */
  remove(owner: string): Promise<boolean>;
  /** Scenario files by name. */
  scenarios(): Promise<Readonly<Record<string, string>>>;
  /** In place of those there are; the audit log says so. Alike to those there are: nothing happens. */
  writeScenarios(
    files: Readonly<Record<string, string>>,
    audit: AuditEntry,
    now: Instant,
  ): Promise<boolean>;
}
