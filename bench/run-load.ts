import Table from "cli-table3";
import { type LoadFigures, measureLoad } from "./load.ts";
import type { Line } from "./table.ts";
import { writeResult } from "./write-result.ts";

const ACCOUNTS = 2_000;
const WORKERS = 2;
const SAMPLES = 60;

/** `[seconds] [rate]`: a minute, and 80% of the highest rate that holds, where nobody says. */
export async function runLoad(args: readonly string[]): Promise<void> {
  const [seconds = 60, rate] = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
  await run("load", seconds, rate);
}

/** Ten minutes. */
export async function runLongLoad(args: readonly string[]): Promise<void> {
  const [rate] = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
  await run("load-long", 600, rate);
}

async function run(name: string, seconds: number, rate: number | undefined): Promise<void> {
  const figures = await measureLoad(
    {
      accounts: ACCOUNTS,
      workers: WORKERS,
      seconds,
      rate,
      searchSeconds: 8,
      sampleSeconds: Math.max(1, seconds / SAMPLES),
    },
    (text) => process.stderr.write(`${text}\n`),
  );
  process.stdout.write(`${tell(figures)}\n`);
  writeResult(name, { lines: linesOf(figures), ...figures });
}

function tell({ accounts, rate, best, seconds, run: sent, ...rest }: LoadFigures): string {
  const table = new Table({
    head: ["second", ...Object.keys(rest.growth).map((name) => `${name} MB`), "waiting", "lag ms"],
    style: { head: [], border: [] },
  });
  for (const { second, memoryMb, accountsWaiting, lagMs } of rest.samples)
    table.push([second, ...Object.values(memoryMb), accountsWaiting, lagMs]);
  const growth = Object.entries(rest.growth).map(([name, by]) => `${name} ${by.toFixed(2)}`);
  return [
    `${rate} events/s for ${seconds} s${best === null ? "" : ` (80% of ${best}, the highest that holds)`} to serve and ${WORKERS} workers on Postgres, ${accounts} accounts (load ${rest.load}).`,
    table.toString(),
    `${sent.events.toLocaleString("en-US")} events taken, ${sent.errors} errors; requests p50 ${sent.p50} ms, p99 ${sent.p99} ms.`,
    `Memory, the most in the last quarter ÷ the most in the second: ${growth.join(", ")}. Longest lag: ${rest.lagMs[0]} ms in the first half, ${rest.lagMs[1]} ms in the second.`,
  ].join("\n");
}

/** Peaks that are higher by more than this share are growth. */
const FLAT = 1.15;
/** What is kept in memory fills in the first minutes: a shorter run tells of errors and lag alone. */
const TELLS_GROWTH = 300;

function linesOf({ seconds, rate, run: sent, growth, lagMs }: LoadFigures): Line[] {
  const isLong = seconds >= TELLS_GROWTH;
  const most = Math.max(...Object.values(growth));
  const isLate = lagMs[1] > Math.max(2 * lagMs[0], 2_000);
  const met = sent.errors === 0 && !isLate && (!isLong || most <= FLAT);
  return [
    {
      item: 10,
      what: `serve and ${WORKERS} workers on Postgres for ${seconds} s at ${rate.toLocaleString("en-US")} events/s`,
      figure: `${sent.errors} errors, p99 ${sent.p99} ms, lag ${lagMs[1]} ms${isLong ? `, memory × ${most.toFixed(2)}` : ""}`,
      aim: { text: isLong ? "no error, no growth" : "no error, no growing lag", met },
    },
  ];
}
