import type { DuckDBDataChunk, DuckDBValue } from "@duckdb/node-api";
import type { RuleType } from "../core/rules/types.ts";
import { DAY_MS, type Day, dayOf, formatDay, type Instant } from "../core/time/day.ts";
import {
  formatInstant,
  instantAt,
  localDay,
  parseDayOrInstant,
  startOfDay,
} from "../core/time/zone.ts";
import type { Column } from "./columns.ts";
import type { RowScalar } from "../engine/ports.ts";

const LAST_DAY: Day = dayOf(2100, 12, 31);
const LONGEST_KEY = 255;

/** Which zone dates and times without one are in, and by how many days all of them are moved. */
export interface Clock {
  readonly zone: string;
  readonly shift: number;
}

/** Reads one column in the row asked for. A value that cannot be makes `problem` of its Cells. */
export type Reader<T> = (row: number) => T | null;

/**
 * One chunk of a result after another, read by column and row. Whoever reads a row looks at
 * `problem` afterwards: the first thing that was wrong in it.
 */
export class Cells {
  problem: string | undefined;
  readonly #clock: Clock;
  readonly #columns: readonly Column[];
  #values: readonly (readonly DuckDBValue[])[] = [];
  readonly #dayTexts = new Map<Day, string>();

  constructor(columns: readonly Column[], clock: Clock) {
    this.#columns = columns;
    this.#clock = clock;
  }

  /** Days by which dates inside a text are to be moved by whoever reads them. */
  get shift(): number {
    return this.#clock.shift;
  }

  load(chunk: DuckDBDataChunk): void {
    this.#values = chunk.getColumns();
  }

  /** Extra columns selected after the planned ones. */
  raw(offset: number, row: number): DuckDBValue {
    return this.#values[this.#columns.length + offset]?.[row] ?? null;
  }

  has(name: string): boolean {
    return this.#columns.some((column) => column.known?.name === name);
  }

  refuse(reason: string): null {
    this.problem ??= reason;
    return null;
  }

  /** Trimmed; empty is null. */
  text(name: string): Reader<string> {
    const { index, column } = this.#known(name);
    if (!column) return () => null;
    const show = this.#show(column);
    return (row) => {
      const raw = this.#values[index]?.[row] ?? null;
      if (raw === null) return null;
      const text = (typeof raw === "string" ? raw : String(show(raw))).trim();
      return text === "" ? null : text;
    };
  }

  key(name: string): Reader<string> {
    const read = this.text(name);
    return (row) => {
      const text = read(row);
      if (text === null) return this.refuse(`${name} is missing`);
      return text.length > LONGEST_KEY
        ? this.refuse(`${name} is longer than ${LONGEST_KEY} characters`)
        : text;
    };
  }

  day(name: string): Reader<Day> {
    const { index, column } = this.#known(name);
    if (!column) return () => null;
    const { kind } = column;
    return (row) => {
      const raw = this.#values[index]?.[row] ?? null;
      if (raw === null) return null;
      if (kind === "date") return this.#dayIn(Number(raw), name);
      if (kind === "local") return this.#dayIn(Math.floor(Number(raw) / DAY_MS), name);
      if (kind === "instant") return this.#dayOfInstant(Number(raw), name);
      return this.#dayFromText(String(raw), name);
    };
  }

  instant(name: string): Reader<Instant> {
    const { index, column } = this.#known(name);
    if (!column) return () => null;
    const { kind } = column;
    return (row) => {
      const raw = this.#values[index]?.[row] ?? null;
      if (raw === null) return null;
      if (kind === "date") return this.#atLocal(Number(raw) * DAY_MS, name);
      if (kind === "local") return this.#atLocal(Number(raw), name);
      if (kind === "instant") return this.#shifted(Number(raw), name);
      return this.#instantFromText(String(raw), name);
    };
  }

  number(name: string): Reader<number> {
    const { index, column } = this.#known(name);
    if (!column) return () => null;
    return (row) => {
      const raw = this.#values[index]?.[row] ?? null;
      if (raw === null || raw === "") return null;
      return typeof raw === "number" ? raw : this.#asNumber(String(raw), name);
    };
  }

  /** A trait's or property's value, of its declared type where one is declared. */
  value(column: Column, declared: RuleType | undefined): Reader<RowScalar> {
    const index = this.#columns.indexOf(column);
    const read = this.#scalar(column);
    const fit =
      declared === undefined || declared.kind === "any" ? undefined : this.#fit(column, declared);
    return (row) => {
      const raw = this.#values[index]?.[row] ?? null;
      if (raw === null) return null;
      if (fit) return fit(raw);
      return read(raw);
    };
  }

  /** The row as it was read: for people who look at why it was rejected. */
  content(row: number): Record<string, RowScalar | null> {
    const entries = this.#columns.map((column, index) => {
      const raw = this.#values[index]?.[row] ?? null;
      return [column.name, raw === null ? null : this.#show(column)(raw)] as const;
    });
    return Object.fromEntries(entries);
  }

  #known(name: string): { index: number; column: Column | undefined } {
    const index = this.#columns.findIndex((column) => column.known?.name === name);
    return { index, column: this.#columns[index] };
  }

  #scalar(column: Column): (raw: DuckDBValue) => RowScalar | null {
    const { name, kind } = column;
    switch (kind) {
      case "number":
        // Infinity and NaN are no JSON: nothing is known.
        return (raw) => (typeof raw === "number" && Number.isFinite(raw) ? raw : null);
      case "big":
        return (raw) => {
          const number = Number(raw);
          return Number.isSafeInteger(Math.trunc(number)) ? number : String(raw);
        };
      case "boolean":
        return (raw) => raw === true;
      case "date":
        return (raw) => this.#dayText(this.#dayIn(Number(raw), name));
      case "local":
        return (raw) => instantText(this.#atLocal(Number(raw), name));
      case "instant":
        return (raw) => instantText(this.#shifted(Number(raw), name));
      case "text":
      case "nested":
        return (raw) => {
          const text = String(raw);
          return text.trim() === "" ? null : text;
        };
    }
  }

  /** A declared type: what does not fit is refused, numbers and booleans as text are read. */
  #fit(column: Column, declared: RuleType): (raw: DuckDBValue) => RowScalar | null {
    const { name, kind } = column;
    const scalar = this.#scalar(column);
    const dated = kind === "date" || kind === "local" || kind === "instant";
    return (raw) => {
      if (typeof raw === "string" && raw.trim() === "") return null;
      const wrong = (): null =>
        this.refuse(`${name}: ${JSON.stringify(this.#show(column)(raw))} is no ${declared.kind}`);
      switch (declared.kind) {
        case "number":
          if (kind === "number") return scalar(raw);
          return kind === "text" || kind === "big" ? this.#asNumber(String(raw), name) : wrong();
        case "boolean":
          if (kind === "boolean") return scalar(raw);
          return kind === "text" ? (asBoolean(String(raw)) ?? wrong()) : wrong();
        case "date":
          if (kind === "text") return this.#dayText(this.#dayFromText(String(raw), name));
          if (kind === "date") return scalar(raw);
          if (kind === "local")
            return this.#dayText(this.#dayIn(Math.floor(Number(raw) / DAY_MS), name));
          return kind === "instant"
            ? this.#dayText(this.#dayOfInstant(Number(raw), name))
            : wrong();
        case "time":
          if (kind === "text") return instantText(this.#instantFromText(String(raw), name));
          if (kind === "date") return instantText(this.#atLocal(Number(raw) * DAY_MS, name));
          return dated ? scalar(raw) : wrong();
        case "string":
        case "any": {
          const value = scalar(raw);
          return value === null ? null : String(value);
        }
      }
    };
  }

  #asNumber(text: string, name: string): number | null {
    const trimmed = text.trim();
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) {
      const number = Number(trimmed);
      if (Number.isFinite(number)) return number;
    }
    return this.refuse(`${name}: ${JSON.stringify(text)} is no number`);
  }

  #dayFromText(text: string, name: string): Day | null {
    if (text.trim() === "") return null;
    const read = parseDayOrInstant(text, this.#clock.zone);
    if (!read) return this.refuse(`${name}: ${JSON.stringify(text)} is no date (write 2026-03-01)`);
    return "day" in read ? this.#dayIn(read.day, name) : this.#dayOfInstant(read.at, name);
  }

  #instantFromText(text: string, name: string): Instant | null {
    if (text.trim() === "") return null;
    const read = parseDayOrInstant(text, this.#clock.zone);
    if (!read) {
      return this.refuse(
        `${name}: ${JSON.stringify(text)} is no time (write 2026-03-01T09:30:00Z)`,
      );
    }
    return "day" in read ? this.#atLocal(read.day * DAY_MS, name) : this.#shifted(read.at, name);
  }

  #dayIn(day: Day, name: string): Day | null {
    const moved = day + this.#clock.shift;
    return moved >= 0 && moved <= LAST_DAY ? moved : this.#outside(name);
  }

  #dayOfInstant(at: Instant, name: string): Day | null {
    return inReach(at) ? this.#dayIn(localDay(at, this.#clock.zone), name) : this.#outside(name);
  }

  /** Milliseconds on the zone's clock → instant, moved by whole days of that clock. */
  #atLocal(local: number, name: string): Instant | null {
    const day = Math.floor(local / DAY_MS);
    const moved = this.#dayIn(day, name);
    if (moved === null) return null;
    const within = local - day * DAY_MS;
    if (this.#clock.zone === "UTC") return Math.round(moved * DAY_MS + within);
    return Math.round(instantAt(moved, within / 60_000, this.#clock.zone));
  }

  #shifted(at: Instant, name: string): Instant | null {
    if (!inReach(at)) return this.#outside(name);
    const { zone, shift } = this.#clock;
    const day = localDay(at, zone);
    if (this.#dayIn(day, name) === null) return null;
    if (shift === 0) return Math.round(at);
    if (zone === "UTC") return Math.round(at + shift * DAY_MS);
    return this.#atLocal(day * DAY_MS + (at - startOfDay(day, zone)), name);
  }

  #outside(name: string): null {
    return this.refuse(`${name} lies outside the years 1970 to 2100`);
  }

  #dayText(day: Day | null): string | null {
    if (day === null) return null;
    let text = this.#dayTexts.get(day);
    if (text === undefined) {
      text = formatDay(day);
      this.#dayTexts.set(day, text);
    }
    return text;
  }

  #show(column: Column): (raw: DuckDBValue) => RowScalar {
    return (raw) => {
      if (typeof raw === "boolean") return raw;
      if (typeof raw !== "number") return String(raw);
      if (column.kind === "date") return inReach(raw * DAY_MS) ? formatDay(raw) : "infinity";
      if (column.kind === "local")
        return inReach(raw) ? formatInstant(raw).replace("Z", "") : "infinity";
      if (column.kind === "instant") return inReach(raw) ? formatInstant(raw) : "infinity";
      return Number.isFinite(raw) ? raw : String(raw);
    };
  }
}

/** What a JavaScript date can hold, with room for a shift. */
function inReach(at: number): boolean {
  return Math.abs(at) < 8e15;
}

function instantText(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at);
}

function asBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (word === "true" || word === "yes") return true;
  return word === "false" || word === "no" ? false : undefined;
}
