import Table from "cli-table3";
import { type LatencyFigures, measureLatency } from "./latency.ts";
import { writeResult } from "./write-result.ts";

/** Both databases, or the one that is named, for 30 seconds each. */
export async function runLatency(args: readonly string[]): Promise<void> {
  const seconds = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 30);
  const engines = (["pglite", "postgres"] as const).filter(
    (engine) => args.includes(engine) || !(args.includes("pglite") || args.includes("postgres")),
  );
  const figures: LatencyFigures[] = [];
  for (const engine of engines) figures.push(await measureLatency(engine, seconds));
  process.stdout.write(`${tell(figures)}\n`);
  if (engines.length === 2) writeResult("latency", { figures });
}

function tell(figures: readonly LatencyFigures[]): string {
  const table = new Table({
    head: [
      "database",
      "events/s",
      "events",
      "decided",
      "accounts/s",
      "p50 ms",
      "p99 ms",
      "most ms",
      "cold s",
      "MB",
      "cores",
      "load",
    ],
    style: { head: [], border: [] },
  });
  for (const one of figures) {
    table.push([
      one.engine,
      one.eventsPerSecond,
      one.events,
      one.decidedEvents,
      one.decisionsPerSecond,
      one.p50,
      one.p99,
      one.most,
      one.warmUpSeconds,
      one.memoryMb,
      one.cores,
      one.load,
    ]);
  }
  const [first] = figures;
  return [
    `From an event committed to its decision committed: ${first?.accounts ?? 0} accounts that had ${(first?.eventsBefore ?? 0).toLocaleString("en-US")} events before, templates/four-tiers-hybrid.`,
    table.toString(),
  ].join("\n");
}
