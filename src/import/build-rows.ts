import type { RuleType } from "../core/rules/types.ts";
import { type Day, type Instant, parseDay } from "../core/time/day.ts";
import type { Cells, Reader } from "./cells.ts";
import type { Column } from "./columns.ts";
import type {
  Access,
  AccountRow,
  ContactRow,
  EventRow,
  RowScalar,
  RowValues,
  TeamRow,
} from "../engine/ports.ts";
import type { Numbered } from "./types.ts";

/** Makes one row of a statement from the cells; what it makes counts only if they have no problem. */
export type RowBuilder<T> = (index: number, row: number) => T;

type Types = ReadonlyMap<string, RuleType> | undefined;
const NONE: RowValues = Object.freeze({});

export function accountRows(
  cells: Cells,
  columns: readonly Column[],
  types: Types,
): RowBuilder<Numbered<AccountRow>> {
  const accountId = cells.key("account_id");
  const name = optional(cells, "account_name");
  const owner = optional(cells, "owner");
  const parentId = optional(cells, "parent_id");
  const createdAt = optionalDay(cells, "created_at");
  const closedAt = optionalDay(cells, "closed_at");
  const timezone = optional(cells, "timezone");
  const asOf = cells.day("as_of");
  const traits = values(cells, columns, "trait", types);
  const outcome = values(cells, columns, "outcome", undefined);
  return (i, row) => ({
    row,
    accountId: accountId(i) ?? "",
    name: name(i),
    owner: owner(i),
    parentId: parentId(i),
    createdAt: createdAt(i),
    closedAt: closedAt(i),
    timezone: timezone(i),
    asOf: asOf(i),
    traits: traits(i),
    outcome: outcome(i),
  });
}

export function contactRows(
  cells: Cells,
  columns: readonly Column[],
  types: Types,
): RowBuilder<Numbered<ContactRow>> {
  const contactId = cells.key("contact_id");
  const accountId = cells.key("account_id");
  const userId = optional(cells, "user_id");
  const email = optional(cells, "email");
  const name = optional(cells, "name");
  const role = optional(cells, "role");
  const timezone = optional(cells, "timezone");
  const locale = optional(cells, "locale");
  const createdAt = optionalDay(cells, "created_at");
  const asOf = cells.day("as_of");
  const traits = values(cells, columns, "trait", types);
  return (i, row) => ({
    row,
    contactId: contactId(i) ?? "",
    accountId: accountId(i) ?? "",
    userId: userId(i),
    email: email(i),
    name: name(i),
    role: role(i),
    timezone: timezone(i),
    locale: locale(i),
    createdAt: createdAt(i),
    asOf: asOf(i),
    traits: traits(i),
  });
}

const AHEAD = 24 * 3_600_000;

/** The message id is the first column after the planned ones. */
export function eventRows(
  cells: Cells,
  columns: readonly Column[],
  now: Instant | undefined,
): RowBuilder<Numbered<EventRow>> {
  const accountId = cells.key("account_id");
  const event = cells.key("event");
  const at = cells.instant("at");
  const userId = cells.text("user_id");
  const properties = presentValues(cells, columns);
  const outcome = values(cells, columns, "outcome", undefined);
  return (i, row) => {
    const instant = at(i);
    if (instant === null) cells.refuse("at is missing");
    else if (now !== undefined && instant > now + AHEAD)
      cells.refuse("at lies more than 24 hours in the future");
    return {
      row,
      accountId: accountId(i) ?? "",
      event: event(i) ?? "",
      at: instant ?? 0,
      userId: userId(i),
      messageId: String(cells.raw(1, i)),
      properties: properties(i),
      outcome: outcome(i),
    };
  };
}

export function teamRows(cells: Cells): RowBuilder<Numbered<TeamRow>> {
  const id = cells.key("id");
  const name = cells.text("name");
  const email = cells.text("email");
  const role = cells.text("role");
  const access = cells.text("access");
  const hoursPerWeek = cells.number("hours_per_week");
  const pod = cells.text("pod");
  const timezone = cells.text("timezone");
  const region = cells.text("region");
  const languages = cells.text("languages");
  const skills = cells.text("skills");
  const startsOn = cells.day("starts_on");
  const leave = cells.text("leave");
  return (i, row) => ({
    row,
    id: id(i) ?? "",
    name: name(i),
    email: email(i),
    role: role(i),
    access: readAccess(cells, access(i)),
    hoursPerWeek: hoursPerWeek(i),
    pod: pod(i),
    timezone: timezone(i),
    region: region(i),
    languages: splitList(languages(i)),
    skills: splitList(skills(i)),
    startsOn: startsOn(i),
    leave: readLeave(cells, leave(i)),
  });
}

/** Undefined, not null, where the statement says nothing about it. */
function optional(cells: Cells, name: string): (row: number) => string | null | undefined {
  return cells.has(name) ? cells.text(name) : () => undefined;
}

function optionalDay(cells: Cells, name: string): (row: number) => Day | null | undefined {
  return cells.has(name) ? cells.day(name) : () => undefined;
}

type Named = readonly (readonly [string, Reader<RowScalar>])[];

function readersOf(
  cells: Cells,
  columns: readonly Column[],
  becomes: Column["becomes"],
  types: Types,
): Named {
  return columns
    .filter((column) => column.becomes === becomes)
    .map((column) => [column.name, cells.value(column, types?.get(column.name))] as const);
}

function values(
  cells: Cells,
  columns: readonly Column[],
  becomes: Column["becomes"],
  types: Types,
): (row: number) => RowValues {
  const readers = readersOf(cells, columns, becomes, types);
  if (readers.length === 0) return () => NONE;
  return (row) => {
    const made = emptyValues();
    for (const [name, read] of readers) made[name] = read(row);
    return made;
  };
}

function presentValues(cells: Cells, columns: readonly Column[]): (row: number) => RowValues {
  const readers = readersOf(cells, columns, "property", undefined);
  if (readers.length === 0) return () => NONE;
  return (row) => {
    const made = emptyValues();
    for (const [name, read] of readers) {
      const value = read(row);
      if (value !== null) made[name] = value;
    }
    return made;
  };
}

function emptyValues(): Record<string, RowScalar | null> {
  return {};
}

const ACCESS: readonly Access[] = ["csm", "leader", "ops", "admin"];

function readAccess(cells: Cells, text: string | null): Access | null {
  if (text === null) return null;
  const found = ACCESS.find((access) => access === text.toLowerCase());
  return found ?? cells.refuse(`access: ${JSON.stringify(text)} is none of ${ACCESS.join(", ")}`);
}

/** `en, de`, `en; de`, or a list. */
function splitList(text: string | null): readonly string[] {
  if (text === null) return [];
  const bare = text.replace(/^\[|\]$/g, "");
  return bare
    .split(/[,;]/)
    .map((part) => part.trim().replace(/^["']|["']$/g, ""))
    .filter((part) => part !== "");
}

/** `2026-03-02..2026-03-13, 2026-05-04`: days off, both ends included. */
function readLeave(cells: Cells, text: string | null): TeamRow["leave"] {
  return splitList(text).flatMap((part) => {
    const [from, to = from] = part.split("..").map((day) => parseDay(day.trim()));
    if (from === undefined || to === undefined || to < from) {
      cells.refuse(
        `leave: ${JSON.stringify(part)} is no span of days (write 2026-03-02..2026-03-13)`,
      );
      return [];
    }
    const shift = cells.shift;
    return [{ from: from + shift, to: to + shift }];
  });
}
