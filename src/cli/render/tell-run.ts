import type { Decision } from "../../core/decide/index.ts";
import type { DecisionRun } from "../../engine/run-tally.ts";
import { formatDay } from "../../core/time/day.ts";
import { table } from "./table.ts";
import { count, counted } from "./words.ts";

/** Accounts named for each kind of move. */
const NAMED = 5;

/** What a run of decisions moved. */
export function tellRun(run: DecisionRun): string {
  const lines = [
    `${formatDay(run.today)}: ${counted(run.evaluated, "account")} of ${count(run.accounts)} evaluated.`,
  ];
  if (run.first > 0) lines.push(`  ${counted(run.first, "account")} decided for the first time.`);
  if (run.moved.length === 0) lines.push("  Nothing moved.");
  else lines.push(moves(run));
  if (run.touches > 0)
    lines.push(`  ${counted(run.touches, "touch", "touches")} planned or changed.`);
  return lines.join("\n");
}

function moves({ moved }: DecisionRun): string {
  const groups = new Map<string, { from: string; to: string; n: number; examples: string[] }>();
  for (const { account, name, from, to } of moved) {
    for (const what of ["level", "stage"] as const) {
      if (from[what] === to[what]) continue;
      const key = `${what} ${from[what] ?? "-"} ${to[what] ?? "-"}`;
      const group = groups.get(key) ?? {
        from: `${what} ${from[what] ?? "none"}`,
        to: to[what] ?? "none",
        n: 0,
        examples: [],
      };
      group.n += 1;
      if (group.examples.length < NAMED) group.examples.push(name ?? account);
      groups.set(key, group);
    }
  }
  const rows = [...groups.values()]
    .toSorted((a, b) => b.n - a.n)
    .map(({ from, to, n, examples }) => [
      count(n),
      `${from} -> ${to}`,
      `${examples.join(", ")}${n > NAMED ? ` and ${count(n - NAMED)} more` : ""}`,
    ]);
  return table([{ head: "accounts", align: "right" }, { head: "move" }, { head: "who" }], rows);
}

/** One account in a line. */
export function tellDecisionLine({
  account,
  level,
  stage,
  health,
  stored,
}: Decision & { readonly stored: boolean }): string {
  const score = health.score === null ? "" : ` ${Math.round(health.score)}`;
  return `${account}  level ${level?.name ?? "none"}  stage ${stage?.name ?? "none"}  health ${health.band}${score}${stored ? "" : "  (computed)"}`;
}
