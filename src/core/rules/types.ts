import type { Day, Instant } from "../time/day.ts";

/**
 * What a rule can be about. `any` is only for event properties, whose type nobody declares:
 * compared with a value of another kind it is unknown.
 */
export type RuleType =
  | { readonly kind: "number" }
  | { readonly kind: "string"; readonly values?: readonly string[] }
  | { readonly kind: "boolean" }
  | { readonly kind: "date" }
  | { readonly kind: "time" }
  | { readonly kind: "any" };

export type RuleKind = RuleType["kind"];

/**
 * A known value: numbers, strings and booleans as themselves, a `date` as its Day, a `time`
 * as its Instant. Unknown is null, never NaN, undefined or "".
 */
export type Scalar = number | string | boolean;
export type Value = Scalar | null;

export type CompareOp = "==" | "!=" | "<" | "<=" | ">" | ">=";
export type ArithmeticOp = "+" | "-" | "*" | "/";
export type FunctionName =
  | "days_since"
  | "days_until"
  | "min"
  | "max"
  | "abs"
  | "round"
  | "clamp"
  | "startsWith"
  | "endsWith"
  | "contains"
  | "matches"
  | "lowerAscii";

interface Part {
  readonly type: RuleType;
  /** Offsets into the rule's text, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** A rule after parsing and typing: nothing in it needs checking again. */
export type Expr =
  | (Part & { readonly op: "literal"; readonly value: Scalar })
  /** A fact, built-in, `segments.x`, `contact.x`, `properties.x`, `experiments.x`: dots included. */
  | (Part & { readonly op: "name"; readonly name: string })
  | (Part & { readonly op: "known"; readonly of: Expr })
  | (Part & { readonly op: "not"; readonly of: Expr })
  | (Part & { readonly op: "and" | "or"; readonly left: Expr; readonly right: Expr })
  | (Part & { readonly op: "choose"; readonly test: Expr; readonly yes: Expr; readonly no: Expr })
  | (Part & {
      readonly op: "compare";
      readonly sign: CompareOp;
      readonly left: Expr;
      readonly right: Expr;
    })
  | (Part & { readonly op: "in"; readonly item: Expr; readonly list: readonly Expr[] })
  | (Part & {
      readonly op: "arithmetic";
      readonly sign: ArithmeticOp;
      readonly left: Expr;
      readonly right: Expr;
    })
  | (Part & { readonly op: "negate"; readonly of: Expr })
  /** For string methods the receiver is the first argument. */
  | (Part & { readonly op: "call"; readonly fn: FunctionName; readonly args: readonly Expr[] });

/** A rule as a model holds it. */
export interface Rule {
  /** As written in the file. */
  readonly text: string;
  readonly expr: Expr;
  /** Names it reads, each once, in order of appearance. */
  readonly names: readonly string[];
}

/** What a name means where the rule stands. */
export type NameLookup =
  | { readonly found: RuleType }
  /** It exists, but only in a later block, which may not be referred to. */
  | { readonly laterBlock: string }
  | undefined;

export interface Scope {
  lookup(name: string): NameLookup;
  /** All names visible here, for "did you mean". */
  names(): readonly string[];
}

/** Something wrong in a rule's text; the model reader turns offsets into lines and columns. */
export interface RuleProblem {
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly hint?: string;
}

export type ParsedRule =
  | { readonly rule: Rule; readonly problems: readonly [] }
  | { readonly rule?: undefined; readonly problems: readonly RuleProblem[] };

/** Where a rule evaluated for one account, event or contact finds its values. */
export interface Env {
  get(name: string): Value;
  readonly today: Day;
  /** The workspace's local day of an instant. */
  localDay(at: Instant): Day;
}

/** One part of a rule with what it came to: the "why" shown to people. */
export interface Trace {
  readonly text: string;
  readonly result: Value;
  /** The names read in this part with their values; only on parts that are more than a name. */
  readonly actual: Readonly<Record<string, Value>>;
  readonly children: readonly Trace[];
}
