import type { ColumnSpec } from "../../core/book/book.ts";
import type { Model } from "../../core/model/index.ts";
import type { EngineContext } from "../context.ts";
import { describeSource } from "../facts-report.ts";
import { liveModel } from "../live-model.ts";
import { columnSpecs, LISTED_COLUMNS } from "./column-specs.ts";

/** One column of the portfolio, and what may be said of it in a rule. */
export interface PortfolioColumn {
  readonly name: string;
  readonly kind: "fact" | "decided" | "segment" | "experiment" | "listed";
  readonly type: "number" | "string" | "boolean" | "date" | "time";
  /** The values that a text can have, where the model lists them. */
  readonly values: readonly string[] | null;
  readonly unit: string | null;
  /** Where it comes from, or what makes it so. */
  readonly about: string | null;
  /** Rules may name it. */
  readonly inRules: boolean;
}

export interface PortfolioDescription {
  readonly version: number;
  readonly today: number;
  readonly currency: string;
  readonly revenue: string | null;
  readonly renewal: string | null;
  readonly columns: readonly PortfolioColumn[];
  readonly stages: readonly {
    readonly name: string;
    readonly expect: number | null;
    readonly exit: readonly { readonly name: string; readonly rule: string }[];
  }[];
  readonly bands: readonly { readonly name: string; readonly from: number }[];
  readonly programs: readonly { readonly name: string; readonly forContact: boolean }[];
}

/** What lists of accounts can show and be asked for under the model in force. */
export async function describePortfolio(context: EngineContext): Promise<PortfolioDescription> {
  const live = await liveModel(context);
  const { model } = live;
  const listed = new Set(LISTED_COLUMNS.map(({ name }) => name));
  return {
    version: live.stored.version,
    today: live.moment().today,
    currency: model.workspace.currency,
    revenue: model.workspace.revenue ?? null,
    renewal: model.workspace.renewal ?? null,
    columns: columnSpecs(model).map((spec) => describeColumn(model, spec, listed.has(spec.name))),
    stages: (model.lifecycle?.stages ?? []).map(({ name, expect, exit }) => ({
      name,
      expect: expect ?? null,
      exit: exit.map((one) => ({ name: one.name, rule: one.rule.text })),
    })),
    bands: (model.health?.bands ?? []).map(({ name, from }) => ({ name, from })),
    programs: model.programs.map(({ name, forContact }) => ({ name, forContact })),
  };
}

function describeColumn(model: Model, spec: ColumnSpec, isListed: boolean): PortfolioColumn {
  const { name, type } = spec;
  const fact = model.facts.find((one) => one.name === name);
  const kind = kindOf(name, fact !== undefined, isListed);
  return {
    name,
    kind,
    type: type.kind === "any" ? "string" : type.kind,
    values: type.kind === "string" && type.values ? [...type.values] : null,
    unit: fact?.unit ?? null,
    about: fact ? describeSource(fact) : kind === "segment" ? segmentRule(model, name) : null,
    inRules: !isListed,
  };
}

function kindOf(name: string, isFact: boolean, isListed: boolean): PortfolioColumn["kind"] {
  if (isListed) return "listed";
  if (isFact) return "fact";
  if (name.startsWith("segments.")) return "segment";
  return name.startsWith("experiments.") ? "experiment" : "decided";
}

function segmentRule(model: Model, name: string): string | null {
  const segment = model.segments.find((one) => `segments.${one.name}` === name);
  if (!segment) return null;
  return segment.kind === "flag"
    ? segment.when.text
    : segment.entries.map((entry) => `${entry.name}: ${entry.rule.text}`).join("; ");
}
