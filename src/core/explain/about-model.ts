import type { Model } from "../model/types.ts";
import { effectText } from "../decide/index.ts";

/** What a model says of the things that an explanation names: enough to show it without the model. */
export interface AboutModel {
  /** Highest first. */
  readonly levels: readonly string[];
  /** `hold`: days for which a level is kept before it is lowered. */
  readonly hold: number;
  readonly base: readonly { readonly rule: string; readonly level: string }[];
  readonly otherwise: string | null;
  readonly adjust: readonly {
    readonly name: string;
    readonly rule: string;
    readonly effect: string;
    /** Days for which it goes on applying; null: only while its rule holds. */
    readonly keep: number | null;
  }[];
  readonly stages: readonly {
    readonly name: string;
    /** Days; longer is overdue. */
    readonly expect: number | null;
    readonly next: string | null;
    readonly criteria: number;
  }[];
  /** Lowest first. */
  readonly bands: readonly { readonly name: string; readonly from: number }[];
  readonly caps: { readonly [name: string]: { readonly rule: string; readonly at_most: number } };
  /** Share of the measures' weight that has to be known for a score to be given. */
  readonly min_coverage: number;
  readonly facts: {
    readonly [name: string]: { readonly type: string; readonly unit: string | null };
  };
  readonly currency: string;
  /** Names of the facts shown as money and renewal. */
  readonly revenue: string | null;
  readonly renewal: string | null;
  readonly programs: readonly string[];
}

export function aboutModel(model: Model): AboutModel {
  const { health, lifecycle, touch, workspace } = model;
  return {
    levels: model.levels.map(({ name }) => name),
    hold: touch?.hold ?? 0,
    base: (touch?.base ?? []).map(({ when, level }) => ({ rule: when.text, level })),
    otherwise: touch?.otherwise ?? null,
    adjust: (touch?.adjust ?? []).map(({ name, when, effect, keep }) => ({
      name,
      rule: when.text,
      effect: effectText(effect),
      keep: keep ?? null,
    })),
    stages: (lifecycle?.stages ?? []).map(({ name, expect, next, exit }) => ({
      name,
      expect: expect ?? null,
      next: next ?? null,
      criteria: exit.length,
    })),
    bands: health?.bands ?? [],
    caps: Object.fromEntries(
      (health?.caps ?? []).map(({ name, when, atMost }) => [
        name,
        { rule: when.text, at_most: atMost },
      ]),
    ),
    min_coverage: health?.minCoverage ?? 0,
    facts: Object.fromEntries(
      model.facts.map(({ name, type, unit }) => [name, { type: type.kind, unit: unit ?? null }]),
    ),
    currency: workspace.currency,
    revenue: workspace.revenue ?? null,
    renewal: workspace.renewal ?? null,
    programs: model.programs.map(({ name }) => name),
  };
}
