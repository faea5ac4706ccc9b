/** What may be missing about accounts and people whatever the touch model asks for. */
export type DataGap = "owner" | "contacts" | "email";

export interface GapCounts {
  /** Accounts that are not closed. */
  readonly accounts: number;
  readonly withoutOwner: number;
  readonly withoutContacts: number;
  /** Contacts of accounts that are not closed. */
  readonly contacts: number;
  readonly withoutEmail: number;
}

/** An account, or with `contact` one of its people, about whom something is missing. */
export interface GapRow {
  readonly account: string;
  readonly accountName: string | null;
  readonly owner: string | null;
  readonly contact: string | null;
  readonly contactName: string | null;
}
export interface GapPlace {
  readonly account: string;
  readonly contact: string | null;
}

/** How complete the data is. */
export interface QualityStore {
  gaps(): Promise<GapCounts>;
  /** By account, then contact. */
  rows(gap: DataGap, limit: number, after?: GapPlace): Promise<GapRow[]>;
}
