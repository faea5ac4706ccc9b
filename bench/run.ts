// `npm run bench`: prints a table and writes bench/results/*.json. `npm run bench -- 10000` takes fewer accounts.
// `npm run bench -- latency [pglite|postgres] [seconds]`: how long from an event to its decision.
// `npm run bench -- ingest [pglite|postgres]`: what comes in over HTTP against the same rows copied straight.
// `npm run bench -- plan [accounts] [pglite|postgres]`: plans of a large book (it takes minutes to make it), going live
// and looking back; of one that is kept with `--url URL` or `--data FOLDER`, which `--apply` changes.
// `npm run bench -- impact [accounts] [pglite|postgres]`: what a change of the model would come to, as somebody types;
// of a kept book as above.
// `npm run bench -- simulate`: a simulated year of the two example books.
// `npm run bench -- portfolio [accounts]`: sort and filter of a large book against the bare query.
// `npm run bench -- lighthouse [data folder]`: Lighthouse on Today, Portfolio and Account.
import Table from "cli-table3";
import { type DecideBookFigures, decideBook } from "./decide-book.ts";
import { writeResult } from "./write-result.ts";

const [what = "100000", ...rest] = process.argv.slice(2);
if (what === "latency") {
  const { runLatency } = await import("./run-latency.ts");
  await runLatency(rest);
} else if (what === "ingest") {
  const { runIngest } = await import("./run-ingest.ts");
  await runIngest(rest);
} else if (what === "plan") {
  const { runPlan } = await import("./run-plan.ts");
  await runPlan(rest);
} else if (what === "impact") {
  const { runImpact } = await import("./run-impact.ts");
  await runImpact(rest);
} else if (what === "simulate") {
  const { runSimulate } = await import("./run-simulate.ts");
  await runSimulate();
} else if (what === "portfolio") {
  const { runPortfolio } = await import("./run-portfolio.ts");
  await runPortfolio(rest);
} else if (what === "lighthouse") {
  const { runLighthouse } = await import("./run-lighthouse.ts");
  await runLighthouse(rest);
} else runDecideBook(Number(what));

function runDecideBook(accounts: number): void {
  if (!Number.isSafeInteger(accounts) || accounts < 1)
    throw new Error("how many accounts? a whole number from 1");
  const figures = decideBook({ accounts, seed: 1, turns: 7, warmUps: 2 });
  process.stdout.write(`${tell(figures)}\n`);
  writeResult("decide-book", figures);
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
