import type { PlanProblem } from "./plan-shape.ts";

/** The server's hints name commands; these name what stands on this screen instead. */
const OF_PROBLEM = {
  "over-capacity": "hintOverCapacity",
  "weeks-over-capacity": "hintWeeksOver",
  "accounts-without-program": "hintWithoutProgram",
  "too-many-accounts": "hintTooMany",
  flood: "hintFlood",
} as const;

const OF_REFUSAL = {
  "plan-outdated": "hintOutdated",
  "changed-by-other": "hintOvertaken",
  "plan-blocked": "hintBlocked",
} as const;

type HintKey =
  | (typeof OF_PROBLEM)[keyof typeof OF_PROBLEM]
  | (typeof OF_REFUSAL)[keyof typeof OF_REFUSAL]
  | "hintHandOver";

/** null: what the server says fits. */
export function problemHint({ code, where }: Pick<PlanProblem, "code" | "where">): HintKey | null {
  // one person's accounts can go to others
  if (code === "over-capacity" && where.startsWith("team.")) return "hintHandOver";
  return hintIn(OF_PROBLEM, code);
}

export function refusalHint(code: string): HintKey | null {
  return hintIn(OF_REFUSAL, code);
}

function hintIn<K extends HintKey>(hints: Readonly<Record<string, K>>, code: string): K | null {
  return Object.hasOwn(hints, code) ? (hints[code] ?? null) : null;
}
