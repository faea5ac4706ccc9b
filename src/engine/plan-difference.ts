import { AppError } from "./app-error.ts";
import type { ExpectedMove, ExpectedPlan } from "./plan/expected-plan.ts";
import type { ModelPlan, PlanProblem } from "./plan/types.ts";

/** An account whose moves are not those of the plan: as planned and as they would be now. */
export interface MoveDifference {
  readonly account: string;
  readonly name: string | null;
  /** `level: core → strategic`; empty: it did not move. */
  readonly planned: readonly string[];
  readonly now: readonly string[];
}

/** In what reality has moved away from a plan: what `apply PLAN` refuses for. */
export interface PlanDifference {
  readonly live: {
    readonly planned: ModelPlan["live"];
    readonly now: ModelPlan["live"];
  } | null;
  readonly moves: readonly MoveDifference[];
  /** Blocking problems that were not in the plan, or not allowed there. */
  readonly problems: readonly PlanProblem[];
}

/** null: what the plan says holds still. Other numbers (touches, hours) may differ. */
export function planDifference(planned: ExpectedPlan, now: ModelPlan): PlanDifference | null {
  const isOtherLive =
    planned.live?.version !== now.live?.version || planned.live?.hash !== now.live?.hash;
  const difference: PlanDifference = {
    live: isOtherLive ? { planned: planned.live, now: now.live } : null,
    moves: moveDifferences(planned.moves, now.moves),
    problems: blockingProblems(now).filter(
      (one) => !planned.problems.some((known) => isSameProblem(known, one)),
    ),
  };
  const { live, moves, problems } = difference;
  return live === null && moves.length === 0 && problems.length === 0 ? null : difference;
}

/** Problems that block and that nobody has allowed. */
export function blockingProblems({ problems }: ModelPlan): PlanProblem[] {
  return problems.filter(({ severity, allowed }) => severity === "blocking" && !allowed);
}

function isSameProblem(one: ExpectedPlan["problems"][number], other: PlanProblem): boolean {
  return one.code === other.code && one.where === other.where && one.severity === other.severity;
}

function moveDifferences(
  planned: readonly ExpectedMove[],
  now: readonly ExpectedMove[],
): MoveDifference[] {
  const plannedOf = new Map(planned.map((move) => [move.account, move]));
  const nowOf = new Map(now.map((move) => [move.account, move]));
  const accounts = [...new Set([...plannedOf.keys(), ...nowOf.keys()])].toSorted();
  return accounts.flatMap((account): MoveDifference[] => {
    const before = movesOf(plannedOf.get(account));
    const after = movesOf(nowOf.get(account));
    if (before.join("\n") === after.join("\n")) return [];
    const name = (nowOf.get(account) ?? plannedOf.get(account))?.name ?? null;
    return [{ account, name, planned: before, now: after }];
  });
}

function movesOf(move: ExpectedMove | undefined): string[] {
  return (move?.reasons ?? [])
    .map(({ what, from, to }) => `${what}: ${from ?? "none"} → ${to ?? "none"}`)
    .toSorted();
}

/** A plan has problems that block; nothing was changed. */
export class PlanBlocked extends AppError {
  readonly problems: readonly PlanProblem[];
  /** What would have been done. */
  readonly plan: ModelPlan;

  constructor(plan: ModelPlan) {
    const problems = blockingProblems(plan);
    const [first] = problems;
    super(
      "plan-blocked",
      `${problems.length === 1 ? "A problem speaks" : `${problems.length} problems speak`} against going live, and nothing was changed: ${problems.map(({ message }) => message).join(" ")}`,
      `Mend the model, or accept it with \`--allow ${first?.code ?? "CODE"}\`.`,
    );
    this.problems = problems;
    this.plan = plan;
  }
}

/** Reality has moved since the plan was made; nothing was changed. */
export class PlanOutdated extends AppError {
  readonly difference: PlanDifference;

  constructor(difference: PlanDifference) {
    super(
      "plan-outdated",
      `The plan holds no more, and nothing was changed: ${tell(difference)}.`,
      "Plan again with `touchstone plan MODEL --out FILE`, look at it, then apply that.",
    );
    this.difference = difference;
  }
}

function tell({ live, moves, problems }: PlanDifference): string {
  const told = [
    ...(live ? [`live is ${nameOf(live.now)}, not ${nameOf(live.planned)}`] : []),
    ...(moves.length > 0
      ? [`${moves.length === 1 ? "one account moves" : `${moves.length} accounts move`} otherwise`]
      : []),
    ...problems.map(({ message }) => message.replace(/\.$/, "")),
  ];
  return told.join("; ");
}

function nameOf(live: ModelPlan["live"]): string {
  return live ? `version ${live.version} (${live.name})` : "no model";
}
