import Table from "cli-table3";
import { type ImpactFigures, measureImpact } from "./impact.ts";
import { keptBook } from "./run-plan.ts";
import type { Spread } from "./timing.ts";
import { writeResult } from "./write-result.ts";

/** On Postgres, or the database that is named; 10,000 accounts where nobody says how many. */
export async function runImpact(args: readonly string[]): Promise<void> {
  const accounts = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 10_000);
  const engine = args.includes("pglite") ? "pglite" : "postgres";
  const figures = await measureImpact({ engine, accounts, kept: keptBook(args) }, (text) =>
    process.stderr.write(`${text}\n`),
  );
  process.stdout.write(`${tell(figures)}\n`);
  writeResult("impact", figures);
}

function tell({ engine, accounts, load, cold, parts }: ImpactFigures): string {
  const table = new Table({
    head: ["change", "moving", "affected", "worked out", "ms", "processor ms", "blocked ms"],
    style: { head: [], border: [] },
  });
  for (const { what, moving, affected, evaluated, ms, cpuMs, blockedMs } of [cold, ...parts]) {
    const of = evaluated.median === affected ? "all" : range(evaluated);
    table.push([what, moving, affected, of, range(ms), range(cpuMs), range(blockedMs)]);
  }
  return [
    `What a change comes to in ${accounts.toLocaleString("en-US")} accounts on ${engine}, over HTTP (load ${load}); medians (least to most).`,
    table.toString(),
  ].join("\n");
}

function range({ median, least, most }: Spread): string {
  return least === most ? String(median) : `${median} (${least} to ${most})`;
}
