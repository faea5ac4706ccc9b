import type { Json } from "../../core/facts/types.ts";
import type { Day, Instant } from "../../core/time/day.ts";

/** Traits and properties as they come in: scalars; a date is `2026-03-01`, an instant ISO 8601 in UTC. */
export type RowScalar = string | number | boolean;
export type RowValues = Readonly<Record<string, RowScalar | null>>;

interface Row {
  /** Which row of its source it is, from 1, where that is known. */
  readonly row?: number | undefined;
}

/**
 * Rows on their way in. Known columns: undefined says nothing about it, null says that it is
 * not so (any more). A null trait is cleared.
 */
export interface AccountRow extends Row {
  readonly accountId: string;
  readonly name: string | null | undefined;
  readonly owner: string | null | undefined;
  readonly parentId: string | null | undefined;
  readonly createdAt: Day | null | undefined;
  readonly closedAt: Day | null | undefined;
  readonly timezone: string | null | undefined;
  /** The day from which this row's traits count; null: from arrival. */
  readonly asOf: Day | null;
  readonly traits: RowValues;
  readonly outcome: RowValues;
}

export interface ContactRow extends Row {
  readonly contactId: string;
  readonly accountId: string;
  /** The product's user id, where it is another than the contact's. */
  readonly userId: string | null | undefined;
  readonly email: string | null | undefined;
  readonly name: string | null | undefined;
  readonly role: string | null | undefined;
  readonly timezone: string | null | undefined;
  readonly locale: string | null | undefined;
  readonly createdAt: Day | null | undefined;
  readonly asOf: Day | null;
  readonly traits: RowValues;
}

export interface EventRow extends Row {
  readonly accountId: string;
  readonly event: string;
  readonly at: Instant;
  readonly userId: string | null;
  /** The same row has the same id for ever. */
  readonly messageId: string;
  /** Clients may send nested ones. */
  readonly properties: Readonly<Record<string, Json>>;
  readonly outcome: RowValues;
}

export type Access = "csm" | "leader" | "ops" | "admin";

export interface TeamRow extends Row {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly role: string | null;
  readonly access: Access | null;
  readonly hoursPerWeek: number | null;
  readonly pod: string | null;
  readonly timezone: string | null;
  readonly region: string | null;
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  readonly startsOn: Day | null;
  /** The last day; only said by hand, so that no import takes it back. */
  readonly endsOn?: Day | null;
  /** Both ends included. */
  readonly leave: readonly { readonly from: Day; readonly to: Day }[];
}

/** What writing a batch came to. */
export interface WriteCounts {
  readonly written: number;
  /** There already, the same. */
  readonly unchanged: number;
  /** Rows that could not be taken, by their index in the batch. */
  readonly refused: readonly { readonly index: number; readonly reason: string }[];
}
