import Table from "cli-table3";
import {
  type EngineFigures,
  type GrowthFigures,
  measureGrowth,
  measureRules,
  type RulesFigures,
} from "./rules.ts";
import type { Line } from "./table.ts";
import { writeResult } from "./write-result.ts";

// `npm run bench -- rules [accounts]`
const ACCOUNTS = 100_000;
const SIZES = [10_000, 100_000, 1_000_000];
const OPTIONS = { seed: 1, turns: 7, warmUps: 2, libraryMs: 1_000, databases: true };

export async function runRules(args: readonly string[]): Promise<void> {
  const accounts = Number(args[0] ?? ACCOUNTS);
  const figures = await measureRules({ ...OPTIONS, accounts });
  process.stdout.write(`${tell(figures)}\n`);
  const growth = measureGrowth(SIZES, { seed: OPTIONS.seed, turns: 7, warmUps: 3 });
  for (const { accounts: size, ms } of growth.sizes) {
    const rate = (size * figures.rules) / ms.median / 1000;
    process.stdout.write(
      `${size.toLocaleString("en-US")} accounts: ${rate.toFixed(0)} million answers/s\n`,
    );
  }
  process.stdout.write(`Time grows with size to the power ${growth.slope.toFixed(3)}.\n`);
  if (accounts === ACCOUNTS) {
    const lines = [...linesOf(figures), growthLine(growth)];
    writeResult("rules", { ...figures, growth, lines });
  }
}

function tell({ accounts, rules, engines, load }: RulesFigures): string {
  const table = new Table({
    head: ["engine", "accounts", "ns an answer", "million/s", "× the book's", "× one account's"],
    style: { head: [], border: [] },
  });
  for (const { name, accounts: some, ns, timesBook, timesAccount } of engines) {
    table.push([
      name,
      some.toLocaleString("en-US"),
      `${ns.median.toFixed(1)} (${ns.least.toFixed(1)} to ${ns.most.toFixed(1)})`,
      (1e3 / ns.median).toFixed(1),
      timesBook.median.toFixed(1),
      timesAccount.median.toFixed(1),
    ]);
  }
  return [
    `${rules} rules over ${accounts.toLocaleString("en-US")} accounts; all engines give the same answers (load ${load}).`,
    table.toString(),
  ].join("\n");
}

function growthLine({ slope }: GrowthFigures): Line {
  return { item: 1, what: "growth with accounts", figure: `slope ${slope.toFixed(3)}` };
}

function linesOf({ engines }: RulesFigures): Line[] {
  const named = (start: string): EngineFigures => {
    const found = engines.find(({ name }) => name.startsWith(start));
    if (!found) throw new Error(`${start} was not measured`);
    return found;
  };
  const [ours, one] = [named("Touchstone, a book"), named("Touchstone, one account")];
  const hand = named("loop by hand");
  const libraries = engines.filter(
    ({ name, over }) => over === "account" && /^(?:@|[a-z-]+$)/.test(name),
  );
  const fastest = libraries.reduce((a, b) => (b.ns.median < a.ns.median ? b : a));
  const rate = ({ ns }: EngineFigures): string =>
    `${(1e3 / ns.median).toFixed(0)} million answers/s`;
  const against = (
    other: EngineFigures,
    figure: string,
    ratio: EngineFigures["timesBook"],
    least: number,
  ): Line => ({
    item: 1,
    what: `60 rules, against ${other.name}`,
    figure,
    ratio,
    aim: { text: `at least ${least}`, met: ratio.median >= least },
  });
  const duck = named("DuckDB");
  return [
    against(hand, rate(ours), hand.timesBook, 0.8),
    against(duck, rate(ours), duck.timesBook, 4),
    against(fastest, rate(ours), fastest.timesBook, 200),
    against(
      fastest,
      `${((one.ns.median * 60) / 1000).toFixed(2)} µs for one account`,
      fastest.timesAccount,
      5,
    ),
  ];
}
