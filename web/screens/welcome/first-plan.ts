/** What of a plan somebody wants to know who goes live for the first time. */
export interface FirstPlan {
  readonly accounts: number;
  readonly levels: readonly Tally[];
  readonly stages: readonly Tally[];
  /** Touches of people that are planned. */
  readonly humanTouches: number;
  /** Messages of the weeks ahead. */
  readonly messages: number;
  readonly problems: readonly {
    readonly code: string;
    readonly where: string;
    readonly severity: "blocking" | "warning";
    readonly message: string;
    readonly hint: string;
  }[];
}

interface Tally {
  readonly name: string | null;
  readonly accounts: number;
}

interface Plan {
  readonly accounts: { readonly total: number };
  readonly problems: readonly object[];
  readonly [more: string]: unknown;
}

/** Plans have more than their type says: they are shown as they come. */
export function readFirstPlan(plan: Plan): FirstPlan {
  const touches = listOf<{ human: boolean; made: number; kept: number }>(plan, "touches");
  const messages = listOf<{ after: number }>(plan, "messages");
  return {
    accounts: plan.accounts.total,
    levels: tallies(plan, "levels"),
    stages: tallies(plan, "stages"),
    humanTouches: sum(touches.filter(({ human }) => human).map(({ made }) => made)),
    messages: sum(messages.map(({ after }) => after)),
    problems: plan.problems as unknown as FirstPlan["problems"],
  };
}

function tallies(plan: Plan, key: string): Tally[] {
  const counts = new Map<string | null, number>();
  for (const { to, accounts } of listOf<{ to: string | null; accounts: number }>(plan, key))
    counts.set(to, (counts.get(to) ?? 0) + accounts);
  return [...counts]
    .map(([name, accounts]) => ({ name, accounts }))
    .toSorted((a, b) => b.accounts - a.accounts);
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- a plan says more than its type
function listOf<One>(plan: Plan, key: string): readonly One[] {
  const found = plan[key];
  return Array.isArray(found) ? (found as One[]) : [];
}

function sum(all: readonly number[]): number {
  return all.reduce((total, one) => total + one, 0);
}
