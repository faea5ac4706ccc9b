import { BookLayout, type ColumnSpec, columnName } from "../book/book.ts";
import {
  compileDerivedFacts,
  type DerivedFacts,
  type FactPlan,
  planFacts,
} from "../facts/index.ts";
import type { Model } from "../model/types.ts";
import type { RuleType } from "../rules/types.ts";
import { compileHealth, type HealthBlocks } from "./health.ts";
import { compileLifecycle, type LifecycleBlocks } from "./lifecycle.ts";
import { compilePrograms, type ProgramBlocks } from "./program-signals.ts";
import { compileSegments, type SegmentBlocks } from "./segments.ts";
import { compileTouch, type TouchBlocks } from "./touch.ts";

/** A model ready to decide: columns laid out, rules compiled. Make it once per model version. */
export interface CompiledModel {
  readonly model: Model;
  readonly plan: FactPlan;
  readonly layout: BookLayout;
  readonly derivedFacts: DerivedFacts;
  readonly health: HealthBlocks;
  readonly lifecycle: LifecycleBlocks;
  readonly segments: SegmentBlocks;
  readonly touch: TouchBlocks;
  readonly programs: ProgramBlocks;
  /** How many days of health scores an account remembers: 0 where no fact looks back at health. */
  readonly healthDays: number;
}

export function compileModel(model: Model): CompiledModel {
  const plan = planFacts(model);
  const layout = new BookLayout([...plan.specs, ...decidedColumns(model)]);
  return {
    model,
    plan,
    layout,
    derivedFacts: compileDerivedFacts(plan, layout),
    health: compileHealth(model, layout, plan.healthDaysAgo),
    lifecycle: compileLifecycle(model, layout),
    segments: compileSegments(model, layout),
    touch: compileTouch(model, layout),
    programs: compilePrograms(model, layout),
    healthDays: plan.healthDaysAgo.length === 0 ? 0 : Math.max(...plan.healthDaysAgo) + 1,
  };
}

const NUMBER: RuleType = { kind: "number" };
const TEXT: RuleType = { kind: "string" };
const FLAG: RuleType = { kind: "boolean" };

/** The names that deciding itself makes known, block by block. */
function decidedColumns(model: Model): ColumnSpec[] {
  return [
    { name: columnName("health", 0), type: NUMBER },
    { name: "health_band", type: TEXT },
    { name: "stage", type: TEXT },
    { name: "days_in_stage", type: NUMBER },
    ...model.segments.map(({ name, kind }) => ({
      name: `segments.${name}`,
      type: kind === "one" ? TEXT : FLAG,
    })),
    { name: "level", type: TEXT },
    { name: "base_level", type: TEXT },
    { name: "held", type: FLAG },
    { name: "days_at_level", type: NUMBER },
    ...model.experiments.map(({ name }) => ({ name: `experiments.${name}`, type: TEXT })),
  ];
}
