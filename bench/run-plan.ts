import Table from "cli-table3";
import type { OpenDatabase } from "../src/store/db/open-database.ts";
import { measurePlan, type PlanFigures } from "./plan.ts";
import { writeResult } from "./write-result.ts";

/** On Postgres, or the database that is named; 100,000 accounts where nobody says how many. */
export async function runPlan(args: readonly string[]): Promise<void> {
  const accounts = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 100_000);
  const engine = args.includes("pglite") ? "pglite" : "postgres";
  const kept = keptBook(args);
  // a book that is kept stays as it is unless somebody says otherwise
  const apply = !kept || args.includes("--apply");
  const figures = await measurePlan({ engine, accounts, kept, apply }, (text) =>
    process.stderr.write(`${text}\n`),
  );
  process.stdout.write(`${tell(figures)}\n`);
  writeResult("plan", figures);
}

/** `--url URL` or `--data FOLDER`: a book that was made before. */
export function keptBook(args: readonly string[]): OpenDatabase | undefined {
  const after = (name: string) => args[args.indexOf(name) + 1] ?? "";
  if (args.includes("--url")) return { databaseUrl: after("--url") };
  return args.includes("--data") ? { data: after("--data") } : undefined;
}

function tell({ engine, accounts, openTouches, load, parts, applied }: PlanFigures): string {
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
    ...(applied
      ? [
          `Live with ${applied.what}: ${applied.ms} ms, of them ${applied.lockedMs} ms in the transaction; accounts --at: ${applied.atTodayMs} ms of the day, ${applied.atDayBeforeMs} ms of the one before; at most ${applied.peakMb} MB.`,
        ]
      : []),
  ].join("\n");
}
