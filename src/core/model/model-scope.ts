import type { NameLookup, Scope } from "../rules/types.ts";
import type { Reading } from "./reading.ts";

/** One place's names. It remembers what the rule looked up, so that a fault is told once. */
export class ModelScope implements Scope {
  readonly #reading: Reading;
  readonly #lookup: (name: string) => NameLookup;
  readonly #names: () => readonly string[];
  readonly #why: (name: string) => string | undefined;
  #faulty = false;

  constructor(
    reading: Reading,
    lookup: (name: string) => NameLookup,
    names: () => readonly string[],
    why: (name: string) => string | undefined = () => undefined,
  ) {
    this.#reading = reading;
    this.#lookup = lookup;
    this.#names = names;
    this.#why = why;
  }

  lookup(name: string): NameLookup {
    const meaning = this.#lookup(name);
    const any = meaning !== undefined && "found" in meaning && meaning.found.kind === "any";
    if (any && !name.startsWith("properties.")) this.#faulty = true;
    return meaning;
  }

  names(): readonly string[] {
    return this.#reading.mayOffer(this.#reading.names.size) ? this.#names() : [];
  }

  /** Before each rule that is read here. */
  begin(): void {
    this.#faulty = false;
  }

  /** Why a name is not known yet, where "it comes in a later block" is not the whole truth. */
  whyLater(name: string): string | undefined {
    return this.#why(name);
  }

  /** Whether the rule named a fact whose own entry is in error, so its type is anybody's guess. */
  get namedFaulty(): boolean {
    return this.#faulty;
  }
}
