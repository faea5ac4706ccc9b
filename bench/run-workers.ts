import Table from "cli-table3";
import type { Line } from "./table.ts";
import { measureWorkers, type TeamFigures } from "./workers.ts";
import { writeResult } from "./write-result.ts";

/** 1,500 accounts in 3 turns, or as many as are given. */
export async function runWorkers(args: readonly string[]): Promise<void> {
  const [accounts = 1500, turns = 3] = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const { figures, load } = await measureWorkers(accounts, turns, say);
  process.stdout.write(`${tell(figures)}\nLoad at the end: ${load}.\n`);
  writeResult("workers", { lines: figures.map(lineOf), load, turns, figures });
}

function lineOf({ what, workers, perSecond, speed }: TeamFigures): Line {
  const unit = what === "deliveries" ? "mails" : "accounts";
  return {
    item: 10,
    what: `${what}, ${workers} worker process${workers === 1 ? "" : "es"} against one`,
    figure: `${perSecond.median.toLocaleString("en-US")} ${unit}/s`,
    ratio: speed,
  };
}

function tell(figures: readonly TeamFigures[]): string {
  const table = new Table({
    head: ["", "workers", "a second", "speed, one = 1", "least to most", "workers' ms each"],
    style: { head: [], border: [] },
  });
  for (const { what, workers, perSecond, speed, processorMs } of figures) {
    table.push([
      what,
      workers,
      perSecond.median.toLocaleString("en-US"),
      speed.median.toFixed(2),
      `${speed.least.toFixed(2)} to ${speed.most.toFixed(2)}`,
      processorMs.median.toFixed(2),
    ]);
  }
  return table.toString();
}
