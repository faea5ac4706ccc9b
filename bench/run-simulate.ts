import Table from "cli-table3";
import { measureSimulation, type SimulateFigures } from "./simulate.ts";
import type { Line } from "./table.ts";
import type { Spread } from "./timing.ts";
import { writeResult } from "./write-result.ts";

// `npm run bench -- simulate [saasguard]`
export async function runSimulate(args: readonly string[]): Promise<void> {
  const book = args.includes("saasguard") ? "saasguard" : "ravenstack";
  const say = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  const figures = await measureSimulation(say, [book]);
  process.stdout.write(`${tell(figures)}\n`);
  if (book === "ravenstack") writeResult("simulate", { ...figures, lines: linesOf(figures) });
}

function tell({ model, days, load, books }: SimulateFigures): string {
  const table = new Table({
    head: ["book", "accounts", "human touches", "ms", "processor ms", "of them the days"],
    style: { head: [], border: [] },
  });
  for (const { book, accounts, touches, ms, cpuMs, daysCpuMs } of books) {
    table.push([book, accounts, touches, range(ms), range(cpuMs), range(daysCpuMs)]);
  }
  return [
    `${days} days lived through with templates/${model} (load ${load}).`,
    table.toString(),
    ...books.map(
      ({ book, accountDaysPerSecond }) =>
        `${book}: ${range(accountDaysPerSecond)} account-days a second.`,
    ),
  ].join("\n");
}

function linesOf({ books }: SimulateFigures): Line[] {
  return books.map(({ book, accountDaysPerSecond }) => ({
    item: 8,
    what: `a year of ${book} simulated`,
    figure: `${range(accountDaysPerSecond)} account-days/s`,
  }));
}

function range({ median, least, most }: Spread): string {
  const [middle, from, to] = [median, least, most].map((value) =>
    Math.round(value).toLocaleString("en-US"),
  );
  return `${middle} (${from} to ${to})`;
}
