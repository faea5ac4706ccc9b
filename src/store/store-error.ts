/**
 * A request that the store cannot serve, for a reason a person can do something about.
 * `code` is stable; `hint` is the next step, in the imperative.
 */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;
  readonly hint: string;

  constructor(code: StoreErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}

export type StoreErrorCode =
  | "data-folder-in-use"
  | "data-folder-not-usable"
  | "data-folder-other-version"
  | "data-folder-damaged"
  | "database-unreachable"
  | "database-too-old"
  | "database-not-utf8"
  | "database-newer"
  | "database-not-ours"
  | "database-not-empty"
  | "migration-changed"
  | "migration-failed"
  | "citus-missing"
  | "not-the-coordinator"
  | "spread-otherwise"
  | "spread-failed"
  | "backup-missing"
  | "backup-damaged"
  | "backup-newer"
  | "folder-not-empty";
