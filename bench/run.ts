// `npm run bench`: prints a table and writes bench/results/*.json. `npm run bench -- 10000` takes fewer accounts.
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import Table from "cli-table3";
import { type DecideBookFigures, decideBook } from "./decide-book.ts";

const accounts = Number(process.argv[2] ?? 100_000);
if (!Number.isSafeInteger(accounts) || accounts < 1)
  throw new Error("how many accounts? a whole number from 1");

const figures = decideBook({ accounts, seed: 1, turns: 7, warmUps: 2 });
process.stdout.write(`${tell(figures)}\n`);
write("decide-book", figures);

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

function write(name: string, result: object): void {
  const folder = new URL("results/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? "",
    cores: availableParallelism(),
  };
  writeFileSync(
    new URL(`${name}.json`, folder),
    `${JSON.stringify({ name, machine, ...result }, null, 2)}\n`,
  );
}
