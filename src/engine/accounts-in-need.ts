import type { Decision } from "../core/decide/index.ts";
import { decisionEnv } from "../core/explain/index.ts";
import type { Model } from "../core/model/index.ts";
import type { CurrentDecision } from "./ports.ts";

/** An account that somebody should look at, worst reason first. */
export interface AccountInNeed {
  readonly id: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly level: string | null;
  readonly stage: string | null;
  readonly revenue: number | null;
  readonly reasons: readonly string[];
  /** For the order only. */
  readonly weight: number;
}

interface Reason {
  readonly text: string;
  readonly weight: number;
}

/** How near a renewal has to be for a bad state to be urgent, in days. */
export const RENEWAL_NEAR = 90;

/** How much each reason weighs. */
export const NEED_WEIGHTS = {
  health: 4,
  overdue: 3,
  renewal: 2,
  silent: 1,
  untouched: 0.5,
} as const;

/** What is wrong with an account, by what the model itself says is bad; undefined: nothing. */
export function needOf(
  model: Model,
  one: CurrentDecision,
  revenue: number | null,
): AccountInNeed | undefined {
  const { decision } = one;
  const env = decisionEnv(model, decision);
  const renewal = model.workspace.renewal === undefined ? null : env.get(model.workspace.renewal);
  const daysToRenewal = typeof renewal === "number" ? renewal - env.today : null;
  const reasons = [
    ...healthReasons(model, decision),
    ...stageReasons(decision),
    ...silence(model, decision, env.get("days_since_touch"), env.get("account_age_days")),
  ];
  if (reasons.length === 0) return undefined;
  if (daysToRenewal !== null && daysToRenewal >= 0 && daysToRenewal <= RENEWAL_NEAR) {
    reasons.push({ text: `renews in ${daysToRenewal} days`, weight: NEED_WEIGHTS.renewal });
  }
  const sum = reasons.reduce((total, { weight }) => total + weight, 0);
  return {
    id: one.id,
    name: one.name,
    owner: one.owner,
    level: decision.level?.name ?? null,
    stage: decision.stage?.name ?? null,
    revenue,
    reasons: reasons.toSorted((a, b) => b.weight - a.weight).map(({ text }) => text),
    weight: needWeight(sum, revenue),
  };
}

/** What is lost counts by its size, but ten times the money is not ten times the need. */
export function needWeight(sum: number, revenue: number | null): number {
  return sum * Math.log10(10 + (revenue ?? 0));
}

export function worstFirst(list: readonly AccountInNeed[]): AccountInNeed[] {
  return list.toSorted((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
}

function healthReasons(model: Model, { health }: Decision): Reason[] {
  const worst = model.health?.bands[0]?.name;
  if (health.score === null || health.band !== worst) return [];
  const weakest = Object.entries(health.measures)
    .filter(([, { score }]) => score !== null)
    .toSorted(([, a], [, b]) => (a.score ?? 0) - (b.score ?? 0))[0];
  const part = weakest
    ? `, weakest in ${weakest[0].replaceAll("_", " ")} (${Math.round(weakest[1].score ?? 0)})`
    : "";
  return [
    {
      text: `health is ${health.band} at ${Math.round(health.score)}${part}`,
      weight: NEED_WEIGHTS.health,
    },
  ];
}

function stageReasons({ stage }: Decision): Reason[] {
  if (stage?.status !== "overdue") return [];
  const open = Object.entries(stage.exit)
    .filter(([, { met }]) => met !== true)
    .map(([name]) => name);
  const missing = open.length === 0 ? "" : `; still open: ${open.join(", ")}`;
  return [
    {
      text: `overdue in ${stage.name} since ${stage.since}${missing}`,
      weight: NEED_WEIGHTS.overdue,
    },
  ];
}

/** An account without a touch for longer than its level allows is silent. */
function silence(model: Model, decision: Decision, since: unknown, age: unknown): Reason[] {
  const often = model.levels.find(({ name }) => name === decision.level?.name)?.often;
  if (often === undefined) return [];
  if (typeof since === "number" && since > often) {
    return [
      {
        text: `no touch for ${since} days (its level says every ${often})`,
        weight: NEED_WEIGHTS.silent,
      },
    ];
  }
  if (since === null && typeof age === "number" && age > often)
    return [{ text: "no touch on record", weight: NEED_WEIGHTS.untouched }];
  return [];
}
