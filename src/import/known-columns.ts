import type { StatementName } from "../engine/ports.ts";

/** How a known column is read. `key`: a row without it is rejected. */
export interface KnownColumn {
  readonly name: string;
  readonly kind: "text" | "day" | "instant" | "number" | "list" | "leave";
  readonly key?: true;
}

const text = (name: string): KnownColumn => ({ name, kind: "text" });
const day = (name: string): KnownColumn => ({ name, kind: "day" });
const list = (name: string): KnownColumn => ({ name, kind: "list" });
const key = (name: string): KnownColumn => ({ name, kind: "text", key: true });

export interface StatementShape {
  readonly known: readonly KnownColumn[];
  /** What every other column becomes. */
  readonly others: "trait" | "property" | "ignored";
}

/** The columns that mean something of their own in each statement (contracts.md §3). */
export const SHAPES: Readonly<Record<StatementName, StatementShape>> = {
  accounts: {
    known: [
      key("account_id"),
      text("account_name"),
      text("owner"),
      text("parent_id"),
      day("created_at"),
      day("closed_at"),
      text("timezone"),
      day("as_of"),
    ],
    others: "trait",
  },
  contacts: {
    known: [
      key("contact_id"),
      key("account_id"),
      text("user_id"),
      text("email"),
      text("name"),
      text("role"),
      text("timezone"),
      text("locale"),
      day("created_at"),
      day("as_of"),
    ],
    others: "trait",
  },
  events: {
    known: [
      key("account_id"),
      key("event"),
      { name: "at", kind: "instant", key: true },
      text("user_id"),
      text("message_id"),
    ],
    others: "property",
  },
  team: {
    known: [
      key("id"),
      text("name"),
      text("email"),
      text("role"),
      text("access"),
      { name: "hours_per_week", kind: "number" },
      text("pod"),
      text("timezone"),
      text("region"),
      list("languages"),
      list("skills"),
      day("starts_on"),
      { name: "leave", kind: "leave" },
    ],
    others: "ignored",
  },
};
