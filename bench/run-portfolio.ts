import Table from "cli-table3";
import { measurePortfolio, type PortfolioFigures } from "./portfolio.ts";
import { keptBook } from "./run-plan.ts";
import { writeResult } from "./write-result.ts";

/** 100,000 accounts where nobody says how many, or the book that is named by `--url` or `--data`. */
export async function runPortfolio(args: readonly string[]): Promise<void> {
  const accounts = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 100_000);
  const figures = await measurePortfolio(accounts, keptBook(args), (text) =>
    process.stderr.write(`${text}\n`),
  );
  process.stdout.write(`${tell(figures)}\n`);
  writeResult("portfolio", figures);
}

function tell(figures: PortfolioFigures): string {
  const table = new Table({
    head: ["what", "API ms", "bare SQL ms", "ratio", "ratio from to"],
    style: { head: [], border: [] },
  });
  for (const { what, api, sql, ratio } of figures.parts) {
    table.push([
      what,
      api.median.toFixed(1),
      sql.median.toFixed(1),
      ratio.median.toFixed(3),
      `${ratio.least.toFixed(3)} to ${ratio.most.toFixed(3)}`,
    ]);
  }
  return [
    `${figures.accounts.toLocaleString("en-US")} accounts on ${figures.engine} (load ${figures.load}); both answer 100 rows, how many there are and their revenue.`,
    table.toString(),
    `Read into memory in ${figures.loadMs} ms (${figures.loadCpuMs} of the processor): ${figures.columnBytes} bytes of columns, ${figures.heapBytes} with texts, an account. Asking what moved: ${figures.lookMs} ms.`,
  ].join("\n");
}
