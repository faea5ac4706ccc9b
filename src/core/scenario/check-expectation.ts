import type { Decision } from "../decide/index.ts";
import type { Expectation } from "./scenario-schema.ts";
import { matchTouches, type TouchView } from "./match-touches.ts";
import { type Mismatch, same } from "./same-value.ts";

const EXACT = 1e-9;

/** What there is of an account to compare with. */
export interface Found {
  /** null: the account is closed. */
  readonly decision: Decision | null;
  readonly touches: readonly TouchView[];
  /** Programs with an open run, one for each run. */
  readonly programs: readonly string[];
  /** Of built-ins and experiments: what is known without being a fact of the model. */
  readonly known: (name: string) => unknown;
}

/** Compares a decision and the account's touches with what a scenario expects of them. */
export function checkExpectation(
  expected: Expectation,
  { decision, touches, programs, known }: Found,
): Mismatch[] {
  const within = expected.within ?? EXACT;
  const mismatches: Mismatch[] = [];
  const compare = (what: string, wanted: unknown, actual: unknown): void => {
    if (wanted !== undefined && !same(wanted, actual, within))
      mismatches.push({ what, expected: wanted, actual });
  };
  for (const [name, wanted] of Object.entries(expected.facts ?? {})) {
    compare(`facts.${name}`, wanted, decision && (decision.facts[name] ?? known(name)));
  }
  compare("health.score", expected.health?.score, decision?.health.score ?? null);
  compare("health.band", expected.health?.band, decision?.health.band ?? null);
  compare("health.coverage", expected.health?.coverage, decision?.health.coverage ?? null);
  compare("stage", expected.stage, decision?.stage?.name ?? null);
  compare("stage_status", expected.stage_status, decision?.stage?.status ?? null);
  for (const [name, wanted] of Object.entries(expected.segments ?? {})) {
    compare(`segments.${name}`, wanted, membership(decision, name));
  }
  compare("level", expected.level, decision?.level?.name ?? null);
  compare("base_level", expected.base_level, decision?.level?.base ?? null);
  compare("held", expected.held, decision?.level?.held ?? false);
  compare("because", expected.because, because(decision));
  if (expected.programs) comparePrograms(expected.programs, programs, mismatches);
  for (const name of expected.missing ?? []) {
    if (!decision?.missing.includes(name)) {
      mismatches.push({ what: "missing", expected: name, actual: decision?.missing ?? [] });
    }
  }
  if (expected.touches) {
    mismatches.push(...matchTouches("touches", expected.touches, touches, false, within));
  }
  if (expected.touches_only) {
    mismatches.push(...matchTouches("touches_only", expected.touches_only, touches, true, within));
  }
  return mismatches;
}

function membership(decision: Decision | null, name: string): string | boolean | null {
  const segment = decision?.segments[name];
  if (!segment) return null;
  return "in" in segment ? segment.in : segment.name;
}

/** The adjustments that changed the running level, in order. */
export function because(decision: Decision | null): string[] {
  return (decision?.level?.steps ?? []).flatMap(({ name, applied, before, after }) =>
    name !== undefined && applied && before !== after ? [name] : [],
  );
}

/** Runs now open, exactly; a program with a run for each of several contacts may be named once. */
function comparePrograms(
  expected: readonly string[],
  programs: readonly string[],
  mismatches: Mismatch[],
): void {
  const actual = programs.toSorted();
  const wanted = expected.toSorted();
  const once = [...new Set(actual)];
  if (
    JSON.stringify(wanted) === JSON.stringify(actual) ||
    JSON.stringify(wanted) === JSON.stringify(once)
  )
    return;
  mismatches.push({ what: "programs", expected, actual });
}
