import type { NameLookup, RuleType } from "../rules/types.ts";
import { ModelScope } from "./model-scope.ts";
import type { Reading } from "./reading.ts";

/**
 * The order of evaluation, as what a rule may name: facts → health → lifecycle → segments →
 * touch → programs. `start` is where a new account gets its first stage, so it has none yet.
 */
export type Place = "facts" | "health" | "start" | "lifecycle" | "segments" | "touch" | "programs";

const ORDER: readonly Place[] = [
  "facts",
  "health",
  "start",
  "lifecycle",
  "segments",
  "touch",
  "programs",
];

const NUMBER: RuleType = { kind: "number" };
const STRING: RuleType = { kind: "string" };
const BOOLEAN: RuleType = { kind: "boolean" };
const DATE: RuleType = { kind: "date" };
const ANY: RuleType = { kind: "any" };

/** Known of every account before anything is worked out. */
export const EARLY_BUILT_INS: ReadonlyMap<string, RuleType> = new Map<string, RuleType>([
  ["today", DATE],
  ["account_age_days", NUMBER],
  ["account_id", STRING],
  ["account_name", STRING],
  ["days_since_touch", NUMBER],
  ["days_since_human_touch", NUMBER],
]);

/** Known after a block: the name, the first place that sees it, the block that gives it. */
interface Later {
  readonly from: Place;
  readonly block: string;
}

const LATER_BUILT_INS: ReadonlyMap<string, Later> = new Map<string, Later>([
  ["health", { from: "start", block: "health" }],
  ["health_band", { from: "start", block: "health" }],
  ["stage", { from: "lifecycle", block: "lifecycle" }],
  ["days_in_stage", { from: "lifecycle", block: "lifecycle" }],
  ["level", { from: "programs", block: "touch" }],
  ["base_level", { from: "programs", block: "touch" }],
  ["held", { from: "programs", block: "touch" }],
  ["days_at_level", { from: "programs", block: "touch" }],
]);

export const BUILT_INS: readonly string[] = [...EARLY_BUILT_INS.keys(), ...LATER_BUILT_INS.keys()];

/** What is known of a contact in every model. */
export const CONTACT_FIELDS: ReadonlyMap<string, RuleType> = new Map<string, RuleType>([
  ["id", STRING],
  ["email", STRING],
  ["name", STRING],
  ["role", STRING],
  ["timezone", STRING],
  ["locale", STRING],
  ["created_at", DATE],
]);

export interface FactInfo {
  /** Undefined when the fact's own entry is in error: rules that name it are not blamed for it. */
  readonly type: RuleType | undefined;
  readonly late: boolean;
}

/** Types of names, filled as the blocks are read in their order. */
export class Scopes {
  readonly facts = new Map<string, FactInfo>();
  readonly contactTraits = new Map<string, RuleType>();
  /** Names under which the facts' traits come in. */
  readonly traits = new Set<string>();
  readonly #reading: Reading;
  /** Segments above the one being read; all of them once the block is done. */
  readonly #segmentsSeen = new Set<string>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  seeSegment(name: string): void {
    this.#segmentsSeen.add(name);
  }

  /** Rules about an account at a place in the order; `contact.*` too where `withContact`. */
  account(place: Place, withContact = false): ModelScope {
    return new ModelScope(
      this.#reading,
      (name) => {
        if (withContact && name.startsWith("contact.")) return this.#contact(name);
        return this.#account(name, place);
      },
      () => this.#visible(place, withContact),
      (name) => this.#whyLater(name, place),
    );
  }

  /** Rules about one contact of the account. */
  contact(): ModelScope {
    return new ModelScope(
      this.#reading,
      (name) => (name.startsWith("contact.") ? this.#contact(name) : undefined),
      () => this.#contactNames(),
    );
  }

  /** Rules about one event: its properties, whose types nobody declares. */
  event(): ModelScope {
    return new ModelScope(
      this.#reading,
      (name) => (name.startsWith("properties.") ? { found: ANY } : undefined),
      () => [],
    );
  }

  #account(name: string, place: Place): NameLookup {
    const early = EARLY_BUILT_INS.get(name);
    if (early) return { found: early };
    const later = LATER_BUILT_INS.get(name);
    if (later) return this.#builtIn(name, later, place);
    if (name.startsWith("segments.")) return this.#segment(name.slice("segments.".length), place);
    if (name.startsWith("experiments.")) {
      const arms = this.#reading.names.experiments.get(name.slice("experiments.".length));
      if (!arms) return undefined;
      if (place !== "programs") return { laterBlock: "experiments" };
      return { found: { kind: "string", values: arms } };
    }
    return this.#fact(name, place);
  }

  #fact(name: string, place: Place): NameLookup {
    if (!this.#reading.names.of("fact").has(name)) return undefined;
    const fact = this.facts.get(name);
    if (!fact?.type) return { found: ANY };
    // A fact made of health's past exists only once there is health.
    if (fact.late && place === "health") return { laterBlock: "lifecycle" };
    return { found: fact.type };
  }

  #builtIn(name: string, later: Later, place: Place): NameLookup {
    const { names } = this.#reading;
    if (!names.hasBlock(later.block)) return undefined;
    if (isBefore(place, later.from)) return { laterBlock: later.block };
    switch (name) {
      case "health_band":
        return { found: { kind: "string", values: [...names.bands, "unknown"] } };
      case "stage":
        return { found: { kind: "string", values: [...names.of("stage").keys()] } };
      case "level":
      case "base_level":
        return { found: { kind: "string", values: [...names.of("level").keys()] } };
      case "held":
        return { found: BOOLEAN };
      default:
        return { found: NUMBER };
    }
  }

  /** Names of the same block: "a later block" would send people looking in the wrong place. */
  #whyLater(name: string, place: Place): string | undefined {
    if (place === "segments" && name.startsWith("segments.")) {
      return `\`${name}\` is not above this segment; a segment sees only those above it.`;
    }
    const block = LATER_BUILT_INS.get(name)?.block;
    if (block !== undefined && (block === place || place === "start")) {
      return `\`${name}\` is what \`${block}\` works out, so it is not known here.`;
    }
    if (place === "health" && this.facts.get(name)?.late === true) {
      return `\`${name}\` looks back at health, so it is known only from the lifecycle on.`;
    }
    return undefined;
  }

  #segment(name: string, place: Place): NameLookup {
    const { segments } = this.#reading.names;
    if (!segments.has(name)) return undefined;
    if (isBefore(place, "segments")) return { laterBlock: "segments" };
    if (place === "segments" && !this.#segmentsSeen.has(name)) return { laterBlock: "segments" };
    const values = segments.get(name);
    return { found: values ? { kind: "string", values } : BOOLEAN };
  }

  /** Every trait that imports bring is a contact's; those nobody declared are text. */
  #contact(name: string): NameLookup {
    const trait = name.slice("contact.".length);
    return { found: this.contactTraits.get(trait) ?? CONTACT_FIELDS.get(trait) ?? STRING };
  }

  #contactNames(): string[] {
    const traits = new Set([...CONTACT_FIELDS.keys(), ...this.contactTraits.keys()]);
    return [...traits].map((trait) => `contact.${trait}`);
  }

  #visible(place: Place, withContact: boolean): readonly string[] {
    const { names } = this.#reading;
    const all = [
      ...names.of("fact").keys(),
      ...BUILT_INS,
      ...[...names.segments.keys()].map((name) => `segments.${name}`),
      ...[...names.experiments.keys()].map((name) => `experiments.${name}`),
    ];
    const seen = all.filter((name) => {
      const meaning = this.#account(name, place);
      return meaning !== undefined && "found" in meaning;
    });
    return withContact ? [...seen, ...this.#contactNames()] : seen;
  }
}

function isBefore(place: Place, other: Place): boolean {
  return ORDER.indexOf(place) < ORDER.indexOf(other);
}
