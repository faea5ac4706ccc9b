import Table from "cli-table3";
import { type LatencyFigures, measureLatency } from "./latency.ts";
import type { Line } from "./table.ts";
import { measureTaskLatency, type TaskLatencyFigures } from "./task-latency.ts";
import { writeResult } from "./write-result.ts";

const RATES = [100, 1_000];
const ACCOUNTS = 3_000;

/**
 * Both databases, or the one that is named; a number gives the seconds at each rate. `decided`: only
 * from the event to its decision, without HTTP.
 */
export async function runLatency(args: readonly string[]): Promise<void> {
  const seconds = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 0);
  const engines = (["pglite", "postgres"] as const).filter(
    (engine) => args.includes(engine) || !(args.includes("pglite") || args.includes("postgres")),
  );
  await (args.includes("decided")
    ? runDecided(engines, seconds || 30)
    : runTaskList(engines, seconds || 8));
}

type Engines = readonly TaskLatencyFigures["engine"][];

async function runTaskList(engines: Engines, seconds: number): Promise<void> {
  const figures: TaskLatencyFigures[] = [];
  for (const engine of engines) {
    const options = { engine, accounts: ACCOUNTS, rates: RATES, seconds };
    figures.push(
      await measureTaskLatency({ ...options, searchSeconds: Math.ceil(seconds / 2) }, (text) =>
        process.stderr.write(`${text}\n`),
      ),
    );
  }
  process.stdout.write(`${tellTaskList(figures)}\n`);
  if (engines.length === 2) writeResult("latency", { lines: figures.flatMap(linesOf), figures });
}

function tellTaskList(figures: readonly TaskLatencyFigures[]): string {
  const table = new Table({
    head: ["database", "events/s", "tickets", "p50 ms", "p99 ms", "failed", "behind ms", "holds"],
    style: { head: [], border: [] },
  });
  for (const { engine, steps } of figures)
    for (const { rate, tickets, p50, p99, failed, behindMs, holds } of steps)
      table.push([engine, rate, tickets, p50, p99, failed, behindMs, holds ? "yes" : "no"]);
  return [
    `From an urgent ticket sent over HTTP to its answer in GET /api/touches, while other events come in: ${ACCOUNTS.toLocaleString("en-US")} accounts, templates/four-tiers-hybrid (load ${figures.at(-1)?.load ?? 0}).`,
    table.toString(),
  ].join("\n");
}

function linesOf({ engine, steps, best }: TaskLatencyFigures): Line[] {
  return steps.map(({ rate, p50, p99 }): Line => ({
    item: 7,
    what: `event to task list, ${engine}, ${rate.toLocaleString("en-US")} events/s${rate === best ? " (the highest that holds)" : ""}`,
    figure: `p50 ${p50} ms, p99 ${p99} ms`,
  }));
}

async function runDecided(engines: Engines, seconds: number): Promise<void> {
  const figures: LatencyFigures[] = [];
  for (const engine of engines) figures.push(await measureLatency(engine, seconds));
  process.stdout.write(`${tell(figures)}\n`);
  if (engines.length === 2) writeResult("latency-decided", { figures });
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
