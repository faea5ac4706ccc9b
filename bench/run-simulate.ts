import Table from "cli-table3";
import { measureSimulation, type SimulateFigures } from "./simulate.ts";
import { writeResult } from "./write-result.ts";

export async function runSimulate(): Promise<void> {
  const figures = await measureSimulation((text) => process.stderr.write(`${text}\n`));
  process.stdout.write(`${tell(figures)}\n`);
  writeResult("simulate", figures);
}

function tell({ model, days, load, books }: SimulateFigures): string {
  const table = new Table({
    head: ["book", "accounts", "human touches", "ms", "processor ms", "of them the days"],
    style: { head: [], border: [] },
  });
  for (const { book, accounts, touches, ms, cpuMs, daysCpuMs } of books) {
    table.push([book, accounts, touches, ms, cpuMs, daysCpuMs]);
  }
  return [
    `${days} days lived through with templates/${model} (load ${load}).`,
    table.toString(),
  ].join("\n");
}
