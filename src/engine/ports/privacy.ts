import type { Json } from "../../core/facts/types.ts";
import type { ContactKey } from "./reading.ts";
import type { AuditEntry, Moment } from "./store.ts";

/** All that is kept about a person, and its removal. */
export interface PrivacyStore {
  /** null: there is no such contact. */
  gather(key: ContactKey): Promise<PersonRecords | null>;
  /** null: there is no such contact. */
  erase(key: ContactKey, order: ErasureOrder, moment: Moment): Promise<Erasure | null>;
}

/** A person is all contacts with the same address or user id, in whichever accounts. */
export interface PersonRecords {
  readonly contacts: readonly ContactKey[];
  /** By table: the rows that are about the person, or in which it is named. */
  readonly records: Readonly<Record<string, readonly Json[]>>;
}

export interface ErasureOrder {
  /** Hash of a mail address, as suppressions are kept. */
  readonly hash: (address: string) => string;
  /** A name for an id of the person from now on. */
  readonly pseudonym: () => string;
  /** Its addresses are to be written to by no channel any more, should they ever come back. */
  readonly suppressAll: boolean;
  readonly audit: AuditEntry;
}

export interface Erasure {
  readonly contacts: readonly ContactKey[];
  /** By table: rows that were removed or changed. */
  readonly rows: Readonly<Record<string, number>>;
}
