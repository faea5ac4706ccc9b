import type { Model } from "../../../core/model/index.ts";
import type { ModelPlan } from "../../../engine/plan/types.ts";
import { paint } from "../../output.ts";
import { wrap } from "../columns.ts";
import { count } from "../words.ts";

/** A page of plan fits this many columns. */
export const COLUMNS = 100;

/** What a section of the page is told from. */
export interface PlanPage {
  readonly plan: ModelPlan;
  /** The one that would go live: its order, currency and words. */
  readonly model: Model;
  /** How many of the accounts that move are shown. */
  readonly limit: number;
}

export const right = { align: "right" } as const;

/** Lines under a heading; nothing at all without lines. */
export function part(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [paint("bold", title), ...lines].join("\n");
}

/** A sentence as lines, set in by two columns, those after the first by more. */
export function sentence(text: string, more = "  "): string[] {
  return wrap(text, COLUMNS - 2, more).map((line) => `  ${line}`);
}

/** `12 -> 15`; one number where they are the same. */
export function change(before: string, after: string): string {
  return before === after ? after : `${before} -> ${after}`;
}

export function countChange(before: number, after: number): string {
  return change(count(before), count(after));
}
