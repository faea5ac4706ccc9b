import type { RuleType, Value } from "../rules/types.ts";
import type { Day } from "../time/day.ts";
import { readTyped } from "./read-typed.ts";
import { TraitSeries } from "./trait-series.ts";
import type { ContactInput, TraitChange } from "./types.ts";

const TEXT: RuleType = { kind: "string" };
const KNOWN_FIELDS = ["id", "email", "name", "role", "timezone", "locale"] as const;

/** One contact with the history of what was said of it. */
export class ContactHistory {
  readonly input: ContactInput;
  readonly #traits = new Map<string, TraitSeries>();
  readonly #types: ReadonlyMap<string, RuleType>;
  readonly #zone: string;

  constructor(input: ContactInput, types: ReadonlyMap<string, RuleType>, zone: string) {
    this.input = input;
    this.#types = types;
    this.#zone = zone;
  }

  /** False when the value does not fit the trait's declared type and was refused. */
  add(change: TraitChange): boolean {
    const value = readTyped(this.#types.get(change.trait) ?? TEXT, change.value, this.#zone);
    if (value === undefined) return false;
    let series = this.#traits.get(change.trait);
    if (!series) this.#traits.set(change.trait, (series = new TraitSeries()));
    series.add({ from: change.from, arrived: change.arrived, value });
    return true;
  }

  /** The same contact with new known fields (a later `identify`), its history kept. */
  withInput(input: ContactInput): ContactHistory {
    const next = new ContactHistory(input, this.#types, this.#zone);
    for (const [trait, series] of this.#traits) next.#traits.set(trait, series);
    return next;
  }

  /** `contact.<name>` as of the end of a day. Known fields keep history as traits do. */
  value(name: string, day: Day): Value {
    const said = this.#traits.get(name)?.at(day);
    if (said !== undefined) return said;
    if (name === "created_at") return this.input.createdAt;
    const known = KNOWN_FIELDS.find((field) => field === name);
    return known ? this.input[known] : null;
  }

  /** When the trait's present value was stated: later is newer; undefined when never. */
  statedAt(name: string, day: Day): { readonly from: Day; readonly arrived: number } | undefined {
    const step = this.#traits.get(name)?.stepAt(day);
    return step && step.value !== null ? step : undefined;
  }

  /** The contact as it was at the end of a day. */
  at(day: Day): ContactInput {
    const text = (name: string): string | null => {
      const value = this.value(name, day);
      return value === null ? null : String(value);
    };
    return {
      ...this.input,
      email: text("email"),
      name: text("name"),
      role: text("role"),
      timezone: text("timezone"),
      locale: text("locale"),
    };
  }

  /** Contacts of one account with one mail address are one person. */
  get person(): string {
    return this.input.email ?? `id:${this.input.id}`;
  }
}
