import type { Rule, RuleType, Scalar } from "../rules/types.ts";

/**
 * A touch model after reading and checking: every name resolved, every rule typed, every
 * duration in whole days. Nothing here can be wrong; what could is a Diagnostic.
 * Lists keep the order of the file unless said otherwise.
 */
export interface Model {
  readonly language: 1;
  readonly name: string;
  /** `sha256:…` of the file's text: the version's identity. */
  readonly hash: string;
  readonly source: string;
  readonly workspace: Workspace;
  /** In an order in which each fact stands after all that it is made of. */
  readonly facts: readonly FactDef[];
  /** Declared under top-level `contacts:`; other contact traits are strings. */
  readonly contactTraits: readonly TraitDef[];
  readonly health: HealthDef | undefined;
  readonly lifecycle: LifecycleDef | undefined;
  readonly segments: readonly SegmentDef[];
  /** Highest first. */
  readonly levels: readonly LevelDef[];
  readonly touch: TouchDef | undefined;
  readonly touchpoints: readonly TouchpointDef[];
  readonly programs: readonly ProgramDef[];
  readonly caps: CapsDef;
  readonly benchmarks: readonly BenchmarkDef[];
  readonly experiments: readonly ExperimentDef[];
}

export interface Workspace {
  readonly timezone: string;
  readonly currency: string;
  /** `MY`, `DE-BY`, … as written; undefined: no holidays. */
  readonly holidays: string | undefined;
  /** Minutes after local midnight. Default 09:00 to 17:00. */
  readonly workingHours: MinuteSpan;
  /** 1 (Monday) to 7. Default Monday to Friday. */
  readonly workingDays: readonly number[];
  /** Days; default 60. */
  readonly planAhead: number;
  /** Names of the facts shown as money and renewal; undefined where the model has no such fact. */
  readonly revenue: string | undefined;
  readonly renewal: string | undefined;
}

export interface MinuteSpan {
  readonly from: number;
  readonly to: number;
}

// ---- facts

export interface TraitDef {
  readonly name: string;
  readonly type: RuleType;
  /** The trait's own name where it differs (`from`). */
  readonly trait: string;
  readonly default: Scalar | undefined;
}

export interface EventAggregate {
  readonly kind:
    | "count"
    | "users"
    | "days"
    | "sum"
    | "avg"
    | "latest"
    | "max"
    | "min"
    | "nps"
    | "first"
    | "last";
  readonly pattern: EventPattern;
  /** The summed, averaged, … property; only for sum, avg, latest, max, min, nps. */
  readonly property: string | undefined;
  /** Over `properties.*`; undefined: every event of the pattern. */
  readonly where: Rule | undefined;
  /** Days, today included; undefined: all history. */
  readonly over: number | undefined;
}

/** `Logged In` exactly; `Report *` by prefix; `*`: every tracked event, none of the engine's own. */
export type EventPattern =
  | { readonly kind: "exact"; readonly name: string }
  | { readonly kind: "prefix"; readonly prefix: string }
  | { readonly kind: "tracked" };

export interface FactDef {
  readonly name: string;
  readonly type: RuleType;
  readonly unit: string | undefined;
  /** Reads health's past, so it exists only from lifecycle on. */
  readonly late: boolean;
  readonly source: FactSource;
}

export type FactSource =
  | ({ readonly kind: "trait" } & Pick<TraitDef, "trait" | "default">)
  | { readonly kind: "event"; readonly aggregate: EventAggregate }
  /** How many contacts there are for whom it holds (unknown is not true). */
  | { readonly kind: "contacts"; readonly where: Rule | undefined }
  /** A contact trait, the value stated last. */
  | { readonly kind: "said"; readonly trait: string; readonly where: Rule | undefined }
  /** now / as of `over` days ago; now - as of `over` days ago. `of` is a fact, a built-in or `health`. */
  | { readonly kind: "ratio" | "change"; readonly of: string; readonly over: number }
  | { readonly kind: "is"; readonly rule: Rule };

// ---- health, lifecycle, segments

export interface HealthDef {
  readonly measures: readonly {
    readonly name: string;
    readonly score: Rule;
    readonly weight: number;
  }[];
  readonly caps: readonly { readonly name: string; readonly when: Rule; readonly atMost: number }[];
  /** Lowest first; the first starts at 0. */
  readonly bands: readonly { readonly name: string; readonly from: number }[];
  /** 0 to 1; default 0. */
  readonly minCoverage: number;
}

export interface LifecycleDef {
  readonly start: readonly { readonly when: Rule; readonly stage: string }[];
  readonly stages: readonly StageDef[];
}

export interface StageDef {
  readonly name: string;
  /** Days; longer is overdue. */
  readonly expect: number | undefined;
  readonly enter: Rule | undefined;
  /** Stages that may be left for this one (resolved: the default is every earlier stage). */
  readonly from: readonly string[];
  readonly exit: readonly { readonly name: string; readonly rule: Rule }[];
  /** Where `exit` leads; undefined when there is no exit. */
  readonly next: string | undefined;
}

export type SegmentDef =
  | {
      readonly kind: "one";
      readonly name: string;
      readonly entries: readonly { readonly name: string; readonly rule: Rule }[];
    }
  | {
      readonly kind: "flag";
      readonly name: string;
      readonly when: Rule;
      /** Days on which `when` must have held in a row; 1 when not given. */
      readonly for: number;
      readonly until: Rule | undefined;
    };

// ---- levels and touch

export type OwnerKind = "csm" | "pod" | "pool" | "automation";
export type Channel =
  | "email"
  | "in_app"
  | "slack"
  | "webhook"
  | "task"
  | "call"
  | "video"
  | "in_person"
  | "webinar";
/** `owner` is the account's CSM, pod or pool; every one but `automation` is a person. */
export type Doer =
  | "owner"
  | "csm"
  | "sales"
  | "support"
  | "marketing"
  | "cs_ops"
  | "product"
  | "automation";
export type Drive = "adoption" | "expansion" | "renewal" | "advocacy" | "activation";

export interface LevelDef {
  readonly name: string;
  /** Days: the longest silence. */
  readonly often: number | undefined;
  readonly channels: readonly Channel[];
  readonly kinds: readonly string[];
  readonly by: OwnerKind;
  readonly drives: readonly Drive[];
  readonly accountsPerOwner: number | undefined;
  /** Days. */
  readonly respond: number | undefined;
  readonly share: readonly [number, number] | undefined;
}

export interface TouchDef {
  readonly base: readonly { readonly when: Rule; readonly level: string }[];
  readonly otherwise: string;
  readonly adjust: readonly AdjustmentDef[];
  /** Days; 0 when not given: lowered at once. */
  readonly hold: number;
}

export interface AdjustmentDef {
  readonly name: string;
  readonly when: Rule;
  readonly effect: Effect;
  /** Days; undefined: applies only while `when` is true. */
  readonly keep: number | undefined;
  readonly handOver: boolean;
}

export type Effect =
  | { readonly kind: "at_least" | "at_most" | "set"; readonly level: string }
  | { readonly kind: "raise" | "lower"; readonly by: number; readonly bound: string | undefined };

// ---- touchpoints and programs

export interface TouchpointDef {
  readonly name: string;
  readonly title: string;
  readonly purpose: "proactive" | "reactive" | "educational" | "transactional";
  readonly channel: Channel;
  readonly by: Doer;
  /** Who answers for it, when that is another than who does it. */
  readonly accountable: Doer | undefined;
  /** Done by a person (`by` is not automation). */
  readonly human: boolean;
  readonly minutes: number;
  readonly drives: Drive | undefined;
  readonly succeeds: string | undefined;
  readonly to: Rule | undefined;
  readonly template: string | undefined;
  readonly deck: string | undefined;
  readonly must: boolean;
  readonly priority: string | undefined;
  /** Traits that closing the touch asks for. */
  readonly asks: readonly string[];
}

export interface ProgramDef {
  readonly name: string;
  readonly forContact: boolean;
  readonly when: Rule | undefined;
  readonly on: { readonly pattern: EventPattern; readonly where: Rule | undefined } | undefined;
  readonly steps: readonly StepDef[];
  readonly again:
    | { readonly kind: "never" }
    | { readonly kind: "after_leaving" }
    | { readonly kind: "after"; readonly days: number };
  /** When `when` stops holding, what is planned is let run out instead of cancelled. */
  readonly finish: boolean;
  /** `when` names `level`: no new run of a program without `on` while a level is held. */
  readonly usesLevel: boolean;
}

export interface StepDef {
  readonly touchpoint: string;
  /** Which of the program's steps with this touchpoint it is, from 1: the step's identity across model versions. */
  readonly ordinal: number;
  /** Overrides the touchpoint's. */
  readonly minutes: number;
  readonly timing:
    | { readonly kind: "after"; readonly days: number }
    | { readonly kind: "every"; readonly period: number; readonly first: number }
    | { readonly kind: "before"; readonly date: string; readonly days: readonly number[] };
}

// ---- caps

export interface Cap {
  /** `email`, `in_app`, …, `any`, `human`. */
  readonly key: string;
  readonly count: number;
  readonly days: number;
  /** As written, to name it in deferrals: `email: 1 per 1d`. */
  readonly text: string;
}

export interface CapsDef {
  readonly contact: readonly Cap[];
  readonly account: readonly Cap[];
  /** Days; 0 when not given. */
  readonly quietAfterHuman: number;
  /** Default 08:00 to 18:00. */
  readonly sendBetween: MinuteSpan;
  /** Days; default 7. */
  readonly giveUpAfter: number;
  /** First comes first; a touch without one comes last. */
  readonly priority: readonly string[];
}

// ---- benchmarks and experiments (checked here, used by the measurement work)

export interface BenchmarkDef {
  readonly name: string;
  readonly metric: string;
  readonly touch: string | undefined;
  readonly channel: string | undefined;
  readonly when: Rule | undefined;
  readonly compare: { readonly of: Rule; readonly with: Rule } | undefined;
  readonly atLeast: number | undefined;
  readonly atMost: number | undefined;
}

export interface ExperimentDef {
  readonly name: string;
  readonly unit: "account" | "contact";
  readonly among: Rule | undefined;
  readonly metric: string;
  readonly arms: readonly { readonly name: string; readonly weight: number }[];
}
