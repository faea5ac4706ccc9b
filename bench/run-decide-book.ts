import Table from "cli-table3";
import { type DecideBookFigures, decideBook } from "./decide-book.ts";
import { writeResult } from "./write-result.ts";

// `npm run bench -- decide-book [accounts]`
export function runDecideBook(args: readonly string[]): Promise<void> {
  const accounts = Number(args[0] ?? 100_000);
  if (!Number.isSafeInteger(accounts) || accounts < 1)
    throw new Error("how many accounts? a whole number from 1");
  const figures = decideBook({ accounts, seed: 1, turns: 7, warmUps: 2 });
  process.stdout.write(`${tell(figures)}\n`);
  writeResult("decide-book", figures);
  return Promise.resolve();
}

function tell({ accounts: size, days, stateBytes, bookBytes, columns }: DecideBookFigures): string {
  const table = new Table({
    head: ["day", "accounts/s", "compiled ms", "by hand ms", "ratio", "ratio from to"],
    style: { head: [], border: [] },
  });
  for (const { day, compiled, byHand, accountsPerSecond, ratio } of days) {
    table.push([
      day,
      accountsPerSecond.toLocaleString("en-US"),
      compiled.median.toFixed(1),
      byHand.median.toFixed(1),
      ratio.median.toFixed(2),
      `${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)}`,
    ]);
  }
  return [
    `${size.toLocaleString("en-US")} accounts decided in memory by templates/four-tiers-hybrid; answers of both are the same.`,
    table.toString(),
    `${stateBytes.toFixed(0)} bytes of state and ${bookBytes.toFixed(0)} bytes of facts and decision per account (${columns} columns).`,
  ].join("\n");
}
