import type { TraitDef } from "../model/types.ts";
import type { RuleType, Value } from "../rules/types.ts";
import type { Day } from "../time/day.ts";
import { readTyped } from "./read-typed.ts";
import { TraitSeries } from "./trait-series.ts";
import type { ContactInput, TraitChange } from "./types.ts";

const TEXT: RuleType = { kind: "string" };
const KNOWN_FIELDS = ["id", "email", "name", "role", "timezone", "locale"] as const;

interface Latest {
  readonly from: Day;
  readonly until: Day;
  readonly was: ContactInput;
}

/** One contact with the history of what was said of it. */
export class ContactHistory {
  readonly input: ContactInput;
  readonly #traits = new Map<string, TraitSeries>();
  readonly #declared: ReadonlyMap<string, TraitDef>;
  readonly #zone: string;
  /** The last answer of `at`, and the days for which it holds. */
  #latest: Latest | undefined;

  /** @param declared traits by the name that rules use, which may differ from the trait's own */
  constructor(input: ContactInput, declared: ReadonlyMap<string, TraitDef>, zone: string) {
    this.input = input;
    this.#declared = declared;
    this.#zone = zone;
  }

  /** False when the value does not fit the trait's declared type and was refused. */
  add(change: TraitChange): boolean {
    const value = readTyped(this.#typeOf(change.trait), change.value, this.#zone);
    if (value === undefined) return false;
    this.#latest = undefined;
    let series = this.#traits.get(change.trait);
    if (!series) this.#traits.set(change.trait, (series = new TraitSeries()));
    series.add({ from: change.from, arrived: change.arrived, value });
    return true;
  }

  /** The same contact with new known fields (a later `identify`), its history kept. */
  withInput(input: ContactInput): ContactHistory {
    const next = new ContactHistory(input, this.#declared, this.#zone);
    for (const [trait, series] of this.#traits) next.#traits.set(trait, series);
    return next;
  }

  /** `contact.<name>` as of the end of a day, else its default. Known fields keep history too. */
  value(name: string, day: Day): Value {
    const said = this.#traits.get(this.#traitOf(name))?.at(day);
    return (
      (said === undefined ? this.#known(name) : said) ?? this.#declared.get(name)?.default ?? null
    );
  }

  #known(name: string): Value {
    if (name === "created_at") return this.input.createdAt;
    const known = KNOWN_FIELDS.find((field) => field === name);
    return known ? this.input[known] : null;
  }

  #traitOf(name: string): string {
    return this.#declared.get(name)?.trait ?? name;
  }

  #typeOf(trait: string): RuleType {
    for (const declared of this.#declared.values())
      if (declared.trait === trait) return declared.type;
    return TEXT;
  }

  /** When the trait's present value was stated: later is newer; undefined when never. */
  statedAt(name: string, day: Day): { readonly from: Day; readonly arrived: number } | undefined {
    const step = this.#traits.get(this.#traitOf(name))?.stepAt(day);
    return step && step.value !== null ? step : undefined;
  }

  /** The contact as it was at the end of a day: the same object while nothing in it changes. */
  at(day: Day): ContactInput {
    return this.#asOf(day).was;
  }

  /** The first later day on which something in it changes. */
  until(day: Day): Day {
    return this.#asOf(day).until;
  }

  #asOf(day: Day): Latest {
    if (!this.#latest || day < this.#latest.from || day >= this.#latest.until) {
      let until = Number.POSITIVE_INFINITY;
      for (const series of this.#traits.values()) until = Math.min(until, series.until(day));
      this.#latest = { from: day, until, was: this.#madeAt(day) };
    }
    return this.#latest;
  }

  #madeAt(day: Day): ContactInput {
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
