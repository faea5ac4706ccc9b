import type { RuleType } from "../../core/rules/types.ts";
import { type Day, parseDay } from "../../core/time/day.ts";
import { isTimeZone, localDay } from "../../core/time/zone.ts";
import type { AccountFields, ContactFields } from "../ports/ingest.ts";
import { readTime } from "./event-time.ts";
import { type Fields, isTooLong, quote, readTraits, textOf } from "./plain-values.ts";

/** What traits are read with: the live model's types, the workspace's zone. */
export interface TraitReading {
  readonly zone: string;
  readonly accountTypes: ReadonlyMap<string, RuleType>;
  readonly contactTypes: ReadonlyMap<string, RuleType>;
}

export interface FieldsRead<T> {
  readonly fields: T;
  /** What was left out, and why. */
  readonly warnings: string[];
}

/** Traits of a `group` call: those that an import has columns for fill these, all others are traits. */
export function readAccountFields(
  traits: Fields,
  reading: TraitReading,
): FieldsRead<AccountFields> {
  const known = new KnownFields(traits, reading.zone);
  const fields = {
    name: known.text("name"),
    owner: known.id("owner"),
    parentId: known.id("parentId", "parent_id"),
    createdAt: known.day("createdAt", "created_at"),
    closedAt: known.day("closedAt", "closed_at"),
    timezone: known.timezone(traits["timezone"]),
  };
  const { values, warnings } = readTraits(known.rest(), reading.accountTypes, reading.zone);
  return { fields: { ...fields, traits: values }, warnings: [...known.warnings, ...warnings] };
}

/** Traits of an `identify` call. `title` is the role where no `role` is given. */
export function readContactFields(
  traits: Fields,
  context: Fields,
  reading: TraitReading,
): FieldsRead<ContactFields> {
  const known = new KnownFields(traits, reading.zone);
  const role = known.text("role");
  const fields = {
    email: known.email(),
    name: known.text("name") ?? nameOf(traits),
    role: role === undefined ? known.text("title") : role,
    timezone: known.timezone(traits["timezone"] ?? context["timezone"]),
    locale: known.locale(traits["locale"] ?? context["locale"]),
    createdAt: known.day("createdAt", "created_at"),
  };
  const { values, warnings } = readTraits(known.rest(), reading.contactTypes, reading.zone);
  return { fields: { ...fields, traits: values }, warnings: [...known.warnings, ...warnings] };
}

/** `firstName` and `lastName` stay traits beside, for greetings. */
function nameOf(traits: Fields): string | undefined {
  const parts = [
    textOf(traits["firstName"] ?? traits["first_name"]),
    textOf(traits["lastName"] ?? traits["last_name"]),
  ];
  const name = parts.filter((part) => part !== null).join(" ");
  return name === "" || isTooLong(name, LONGEST_TEXT) ? undefined : name;
}

const LONGEST_TEXT = 1_000;
const LONGEST_EMAIL = 320;
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** Takes known fields out of traits, one after the other; undefined: nothing is said about it. */
class KnownFields {
  readonly warnings: string[] = [];
  readonly #traits: Fields;
  readonly #zone: string;
  readonly #taken = new Set<string>();

  constructor(traits: Fields, zone: string) {
    this.#traits = traits;
    this.#zone = zone;
  }

  rest(): (readonly [string, unknown])[] {
    return Object.entries(this.#traits).filter(([name]) => !this.#taken.has(name));
  }

  text(...names: string[]): string | null | undefined {
    return this.#read(names, (value) => this.#short(value, names[0] ?? "", LONGEST_TEXT));
  }

  id(...names: string[]): string | null | undefined {
    return this.#read(names, (value) => this.#short(value, names[0] ?? "", undefined));
  }

  day(...names: string[]): Day | null | undefined {
    return this.#read(names, (value) => {
      const day = readDay(value, this.#zone);
      return day ?? this.#leaveOut(`${names[0]}: ${quote(value)} is no day (write 2026-03-01)`);
    });
  }

  email(): string | null | undefined {
    return this.#read(["email"], (value) => {
      const text = textOf(value);
      if (text !== null && EMAIL.test(text) && !isTooLong(text, LONGEST_EMAIL)) return text;
      return this.#leaveOut(`email: ${quote(value)} is no address`);
    });
  }

  timezone(value: unknown): string | null | undefined {
    this.#taken.add("timezone");
    if (value === undefined || isNothing(value)) return value === undefined ? undefined : null;
    const text = textOf(value);
    if (text !== null && text.length < 100 && isTimeZone(text)) return text;
    return this.#leaveOut(`timezone: ${quote(value)} is no time zone (write Europe/Berlin)`);
  }

  locale(value: unknown): string | null | undefined {
    this.#taken.add("locale");
    if (value === undefined || isNothing(value)) return value === undefined ? undefined : null;
    const text = textOf(value);
    if (text !== null && /^[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*$/.test(text)) return text;
    return this.#leaveOut(`locale: ${quote(value)} is no locale (write de-AT)`);
  }

  /** The first of the names that is there; all of them are used up. */
  #read<T>(names: string[], read: (value: unknown) => T | undefined): T | null | undefined {
    const there = names.filter((name) => Object.hasOwn(this.#traits, name));
    for (const name of there) this.#taken.add(name);
    const [first] = there;
    if (first === undefined) return undefined;
    const value = this.#traits[first];
    return isNothing(value) ? null : read(value);
  }

  #short(value: unknown, name: string, most: number | undefined): string | undefined {
    const text = textOf(value);
    if (text === null) return this.#leaveOut(`${name}: ${quote(value)} is no text`);
    return isTooLong(text, most) ? this.#leaveOut(`${name}: ${quote(text)} is too long`) : text;
  }

  #leaveOut(warning: string): undefined {
    this.warnings.push(warning);
    return undefined;
  }
}

function isNothing(value: unknown): boolean {
  return value === null || (typeof value === "string" && value.trim() === "");
}

/** A day of the years 1970 to 2100; an instant is its day in the workspace's zone. */
function readDay(value: unknown, zone: string): Day | undefined {
  const bare = typeof value === "string" ? parseDay(value.trim()) : undefined;
  const at = bare === undefined ? readTime(value) : undefined;
  const day = bare ?? (at === undefined || Math.abs(at) > 8e15 ? undefined : localDay(at, zone));
  return day !== undefined && day >= 0 && day < 47_847 ? day : undefined;
}
