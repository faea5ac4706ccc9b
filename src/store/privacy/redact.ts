import type { Json } from "../../core/facts/types.ts";
import { EMPTY_MESSAGE } from "../../engine/outbox/empty-message.ts";
import type { KnownPerson } from "./person.ts";

const ERASED = "[erased]";
/** Keys under which the engine's own JSON names a contact or user. */
const ID_KEYS = new Set(["contact", "user", "user_id", "userId", "contacts", "attendees", "with"]);

/** What takes the place of a person wherever it was named. */
export class Redaction {
  readonly #person: KnownPerson;
  readonly #pseudonym: () => string;
  readonly #names = new Map<string, string>();
  readonly #texts: RegExp | null;

  constructor(person: KnownPerson, pseudonym: () => string) {
    this.#person = person;
    this.#pseudonym = pseudonym;
    const longestFirst = [...person.texts].toSorted((a, b) => b.length - a.length);
    const words = longestFirst.map((text) =>
      text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`),
    );
    // a name is a name only where no letter or number goes on
    this.#texts =
      words.length === 0
        ? null
        : new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`, "giu");
  }

  isId(text: unknown): text is string {
    return typeof text === "string" && this.#person.ids.has(text);
  }

  /** The same id has the same name everywhere, so that counts of people stay as they were. */
  id(id: string): string {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const name = this.#pseudonym();
    this.#names.set(id, name);
    return name;
  }

  /** The id of a person, or its address. */
  idOrAddress(value: string): string {
    if (this.isId(value)) return this.id(value);
    return this.#person.receivers.has(value) ? ERASED : this.text(value);
  }

  /** Names and addresses in a text, and the contact of a touch's key. */
  text(text: string): string {
    const keyed = text.replaceAll(/(?<=\/for:)[^/]+/g, (part) => {
      const id = part.replaceAll("%2F", "/").replaceAll("%25", "%");
      return this.isId(id) ? this.id(id) : part;
    });
    return this.#texts === null ? keyed : keyed.replace(this.#texts, ERASED);
  }

  /** `isState`: ids stand only under the engine's own keys. */
  json(value: Json, isState: boolean, isIdPlace = !isState): Json {
    if (typeof value === "string")
      return isIdPlace && this.isId(value) ? this.id(value) : this.text(value);
    if (Array.isArray(value))
      return (value as readonly Json[]).map((one) => this.json(one, isState, isIdPlace));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        this.#key(key),
        this.json(one, isState, !isState || ID_KEYS.has(key)),
      ]),
    );
  }

  /** `welcome/ann`: a run's key in the memory of programs. */
  #key(key: string): string {
    const slash = key.indexOf("/");
    const rest = key.slice(slash + 1);
    return slash > 0 && this.isId(rest)
      ? `${key.slice(0, slash)}/${this.id(rest)}`
      : this.text(key);
  }

  /** An emptied message: that there was one is all that is left. */
  message(): Json {
    return { ...EMPTY_MESSAGE, subject: ERASED };
  }
}
