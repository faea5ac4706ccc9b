import type { AccountRow, ContactRow, TeamRow } from "./rows.ts";
import type { AuditEntry, Moment } from "./store.ts";

/** What people change of the data itself: each with its audit entry, in one transaction. */
export interface ByHandStore {
  /**
   * False: `factsRev` was given and the account's is another by now, so that somebody else's
   * change would be lost; nothing is stored. The account has to exist.
   */
  account(row: AccountRow, audit: AuditEntry, moment: Moment, factsRev?: number): Promise<boolean>;
  /** Answers why the row was refused (`null`: it was not). */
  contact(row: ContactRow, audit: AuditEntry, moment: Moment): Promise<string | null>;
  member(row: TeamRow, audit: AuditEntry, moment: Moment): Promise<void>;
}
