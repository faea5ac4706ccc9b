import { decisionEnv } from "../../core/explain/index.ts";
import type { Decision } from "../../core/decide/index.ts";
import { showTyped } from "../../core/facts/index.ts";
import type { Model } from "../../core/model/index.ts";
import type { Env, Rule } from "../../core/rules/types.ts";
import { formatDay } from "../../core/time/day.ts";
import { movesOf } from "../movers.ts";
import { membership, movedSegments } from "./count-moves.ts";
import type { EvaluatedChange } from "./evaluate-change.ts";
import type { PlanAccount } from "./plan-account.ts";
import { whyRulesDiffer } from "./rule-difference.ts";
import type { AccountMove, MoveReason } from "./types.ts";

export interface Models {
  /** null: none is live. */
  readonly live: Model | null;
  readonly target: Model;
}

/** Where a moving account goes, and for each of it which rule said so before and says so now. */
export function accountMove(
  { before, decided }: EvaluatedChange,
  { id, name, owner, after, before: was }: PlanAccount,
  models: Models,
): AccountMove {
  const from = before?.decision ?? null;
  const to = decided.result.decision;
  const teller = new ReasonTeller(models, from, to);
  const segments = movedSegments(was?.decided ?? null, after.decided).map((segment) =>
    teller.segment(
      segment,
      membership(was?.decided ?? null, segment),
      membership(after.decided, segment),
    ),
  );
  const reasons = [...teller.levels(segments), ...teller.stage(), ...segments];
  return { account: id, name, owner, revenue: after.revenue ?? was?.revenue ?? null, reasons };
}

class ReasonTeller {
  readonly #models: Models;
  readonly #from: Decision | null;
  readonly #to: Decision | null;
  /** What rules read of the two, put together once. */
  readonly #envs: { readonly from: Env | null; readonly to: Env | null };

  constructor(models: Models, from: Decision | null, to: Decision | null) {
    this.#models = models;
    this.#from = from;
    this.#to = to;
    const { live, target } = models;
    this.#envs = {
      from: live && from ? decisionEnv(live, from) : null,
      to: to ? decisionEnv(target, to) : null,
    };
  }

  segment(name: string, from: string | null, to: string | null): MoveReason {
    const old = ruleOf(this.#models.live, name, from);
    const now = ruleOf(this.#models.target, name, to);
    // the rule of where it goes, as it was, and of where it comes from, as it is now
    const pairs = [
      { what: to, old: ruleOf(this.#models.live, name, to), now },
      { what: from, old, now: ruleOf(this.#models.target, name, from) },
    ];
    const why = pairs
      .map(({ what, ...rules }) => this.#difference(what === "in" ? name : what, rules))
      .find((found) => found !== null);
    return {
      ...this.#reason(`segments.${name}`, from, to, old, now),
      why: why ?? plainly(name, from, to, now?.text ?? null),
    };
  }

  levels(segments: readonly MoveReason[]): MoveReason[] {
    const [from, to] = [this.#from?.level ?? null, this.#to?.level ?? null];
    const reasons: MoveReason[] = [];
    const isLevel = (from?.name ?? null) !== (to?.name ?? null);
    const isBase = (from?.base ?? null) !== (to?.base ?? null);
    const [old, now] = [
      this.#baseRule(this.#models.live, this.#from),
      this.#baseRule(this.#models.target, this.#to),
    ];
    if (isLevel) {
      const reason = this.#reason("level", from?.name ?? null, to?.name ?? null, old, now);
      reasons.push({ ...reason, why: this.#whyLevel(isBase, segments, old, now) });
    }
    if (isBase) {
      const reason = this.#reason("base_level", from?.base ?? null, to?.base ?? null, old, now);
      reasons.push({ ...reason, why: this.#whyBase(segments, old, now) });
    }
    return reasons;
  }

  stage(): MoveReason[] {
    const [from, to] = [this.#from?.stage?.name ?? null, this.#to?.stage?.name ?? null];
    if (from === to) return [];
    const [old, now] = [enterOf(this.#models.live, to), enterOf(this.#models.target, to)];
    const why = this.#difference(to, { old, now }) ?? this.#moved("stage");
    return [{ ...this.#reason("stage", from, to, old, now), why }];
  }

  #whyLevel(
    isBase: boolean,
    segments: readonly MoveReason[],
    old: Rule | null,
    now: Rule | null,
  ): string {
    return isBase ? this.#whyBase(segments, old, now) : this.#moved("level");
  }

  /** What moved the base level: a segment that its rule names, a number in it, or the rule itself. */
  #whyBase(segments: readonly MoveReason[], old: Rule | null, now: Rule | null): string {
    const named = [...(now?.names ?? []), ...(old?.names ?? [])];
    const segment = segments.find(({ what }) => named.includes(what));
    if (segment) return segment.why;
    const level = this.#to?.level?.base ?? null;
    return this.#difference(level, { old, now }) ?? this.#moved("level");
  }

  #difference(
    what: string | null,
    { old, now }: { readonly old: Rule | null; readonly now: Rule | null },
  ): string | null {
    const { live } = this.#models;
    const { from, to } = this.#envs;
    if (what === null || !live || !from || !to || !old || !now) return null;
    return whyRulesDiffer(what, { rule: old, env: from }, { rule: now, env: to });
  }

  #moved(what: "level" | "stage"): string {
    if (!this.#to) return "closed";
    if (!this.#from) return "decided for the first time";
    return (
      movesOf(this.#from, this.#to).find((move) => move.what === what)?.why ?? "the model changed"
    );
  }

  #baseRule(model: Model | null, decision: Decision | null): Rule | null {
    const won = decision?.level?.steps.find(({ name, applied }) => name === undefined && applied);
    return model?.touch?.base.find(({ when }) => when.text === won?.rule)?.when ?? null;
  }

  #reason(
    what: string,
    from: string | null,
    to: string | null,
    old: Rule | null,
    now: Rule | null,
  ): Omit<MoveReason, "why"> {
    return {
      what,
      from,
      to,
      oldRule: old?.text ?? null,
      newRule: now?.text ?? null,
      actual: {
        ...actualOf(this.#models.live, this.#envs.from, old),
        ...actualOf(this.#models.target, this.#envs.to, now),
      },
    };
  }
}

/** The rule by which an account is in an entry of a segment. */
function ruleOf(model: Model | null, name: string, entry: string | null): Rule | null {
  const segment = model?.segments.find((one) => one.name === name);
  if (!segment) return null;
  if (segment.kind === "flag") return segment.when;
  return segment.entries.find((one) => one.name === entry)?.rule ?? null;
}

function enterOf(model: Model | null, stage: string | null): Rule | null {
  return model?.lifecycle?.stages.find(({ name }) => name === stage)?.enter ?? null;
}

function actualOf(model: Model | null, env: Env | null, rule: Rule | null): MoveReason["actual"] {
  if (!model || !env || !rule) return {};
  return Object.fromEntries(
    rule.names.map((name) => {
      if (name === "today") return [name, formatDay(env.today)];
      const type = model.facts.find((fact) => fact.name === name)?.type;
      const value = env.get(name);
      return [name, type ? showTyped(type, value) : value];
    }),
  );
}

function plainly(
  name: string,
  from: string | null,
  to: string | null,
  rule: string | null,
): string {
  const by = rule === null ? "" : `: ${rule}`;
  if (to === null)
    return from === "in" ? `no longer in ${name}` : `no longer ${from ?? ""} in ${name}`;
  return to === "in" ? `in ${name} now${by}` : `${to} in ${name} now${by}`;
}
