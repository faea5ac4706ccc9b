import type { Decision } from "../../core/decide/index.ts";
import type { Model } from "../../core/model/types.ts";
import type { Rule } from "../../core/rules/types.ts";

type Plain = string | number | boolean | null;

/** A fact that is another than it was. */
export interface FactSince {
  readonly name: string;
  readonly unit: string | null;
  readonly before: Plain;
  readonly after: Plain;
}

/** Changes of numbers below this part are no news. */
const NEWS = 0.05;
const MOST = 8;

/**
 * What is known of an account and was otherwise then, the furthest moved first: news for a call.
 * When something last happened always changes, and a number that hardly moved is none.
 */
export function factsSince(model: Model, then: Decision, now: Decision): FactSince[] {
  const changes = model.facts.flatMap(({ name, unit, type, source }) => {
    const [before, after] = [then.facts[name] ?? null, now.facts[name] ?? null];
    if (type.kind === "time" || before === after) return [];
    if (source.kind === "event" && type.kind === "date") return [];
    if (source.kind === "is" && countsDays(source.rule)) return [];
    const moved = howFar(before, after);
    return moved < NEWS ? [] : [{ name, unit: unit ?? null, before, after, moved }];
  });
  return changes
    .toSorted((a, b) => b.moved - a.moved)
    .slice(0, MOST)
    .map(({ name, unit, before, after }) => ({ name, unit, before, after }));
}

/** What moves by itself from day to day. */
function countsDays({ text }: Rule): boolean {
  return /\b(days_since|days_until)\s*\(/.test(text);
}

/** 0 to 1: a number by the larger of the two; anything else, and what was not known, whole. */
function howFar(before: Plain, after: Plain): number {
  if (typeof before !== "number" || typeof after !== "number") return 1;
  const larger = Math.max(Math.abs(before), Math.abs(after));
  return larger === 0 ? 0 : Math.min(1, Math.abs(after - before) / larger);
}
