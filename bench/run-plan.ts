import Table from "cli-table3";
import { measurePlan, type PlanFigures } from "./plan.ts";
import { writeResult } from "./write-result.ts";

/** On Postgres, or the database that is named; 100,000 accounts where nobody says how many. */
export async function runPlan(args: readonly string[]): Promise<void> {
  const accounts = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 100_000);
  const engine = args.includes("pglite") ? "pglite" : "postgres";
  const figures = await measurePlan(engine, accounts, (text) => process.stderr.write(`${text}\n`));
  process.stdout.write(`${tell(figures)}\n`);
  writeResult("plan", figures);
}

function tell({ engine, accounts, openTouches, load, parts }: PlanFigures): string {
  const table = new Table({
    head: ["plan of", "moving", "touches changed", "ms", "processor ms"],
    style: { head: [], border: [] },
  });
  for (const { what, moving, touchChanges, ms, cpuMs } of parts) {
    table.push([what, moving, touchChanges, ms, cpuMs]);
  }
  return [
    `${accounts.toLocaleString("en-US")} accounts with ${openTouches.toLocaleString("en-US")} open touches on ${engine}, decided today by templates/four-tiers-hybrid (load ${load}).`,
    table.toString(),
  ].join("\n");
}
