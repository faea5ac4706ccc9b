import Table from "cli-table3";
import { measureStorePass, type StorePassFigures, type StorePassOptions } from "./store-pass.ts";
import type { Line } from "./table.ts";
import type { Spread } from "./timing.ts";
import { writeResult } from "./write-result.ts";

type Size = Omit<StorePassOptions, "turns">;

/** What `npm run bench` has time for. */
const SIZES: readonly Size[] = [
  { engine: "postgres", accounts: 100_000 },
  { engine: "pglite", accounts: 10_000 },
];
const LONG: readonly Size[] = [
  { engine: "pglite", accounts: 100_000 },
  { engine: "postgres", accounts: 1_000_000 },
];
const TURNS = 3;

/** A number and a name choose another size and one database. */
export async function runStorePass(args: readonly string[]): Promise<void> {
  const accounts = Number(args.find((arg) => /^\d+$/.test(arg)) ?? Number.NaN);
  const named = SIZES.filter(({ engine }) => args.includes(engine));
  const chosen = (named.length > 0 ? named : SIZES).map((size): Size =>
    accounts > 0 ? { ...size, accounts } : size,
  );
  const figures = await measureAll(chosen);
  if (args.length === 0) writeResult("store-pass", { lines: figures.map(lineOf), figures });
}

/** Such books take a quarter of an hour to make. */
export async function runLongStorePass(): Promise<void> {
  const figures = await measureAll(LONG);
  writeResult("store-pass-long", { lines: figures.map(lineOf), figures });
}

async function measureAll(sizes: readonly Size[]): Promise<StorePassFigures[]> {
  const figures: StorePassFigures[] = [];
  for (const size of sizes)
    figures.push(
      await measureStorePass({ ...size, turns: TURNS }, (text) =>
        process.stderr.write(`${text}\n`),
      ),
    );
  process.stdout.write(`${tell(figures)}\n`);
  return figures;
}

/** At most twice what the database needs for the same rows. */
const AIM = 2;

function lineOf({ engine, accounts, accountsPerSecond, ratio }: StorePassFigures): Line {
  return {
    item: 5,
    what: `full pass over ${accounts.toLocaleString("en-US")} accounts on ${engine}, against bare reads and writes`,
    figure: `${accountsPerSecond.median.toLocaleString("en-US")} accounts/s`,
    ratio,
    aim: { text: `at most ${AIM}`, met: ratio.median <= AIM },
  };
}

function tell(figures: readonly StorePassFigures[]): string {
  const table = new Table({
    head: [
      "database",
      "accounts",
      "accounts/s",
      "pass s",
      "scan s",
      "writes s",
      "pass ÷ (scan + writes)",
      "of processor time",
      "MB",
      "load",
    ],
    style: { head: [], border: [] },
  });
  for (const { engine, accounts, accountsPerSecond, ms, ratio, cpuRatio, ...one } of figures) {
    table.push([
      engine,
      accounts.toLocaleString("en-US"),
      accountsPerSecond.median.toLocaleString("en-US"),
      seconds(ms.pass),
      seconds(ms.scan),
      seconds(ms.writes),
      shown(ratio),
      shown(cpuRatio),
      one.peakMb,
      one.load,
    ]);
  }
  return [
    "Every account taken to the next day by a worker's midnight job (read, decided, what changed written),",
    "against the same rows read bare and the same changes written bare.",
    table.toString(),
  ].join("\n");
}

function seconds({ median }: Spread): string {
  return (median / 1000).toFixed(1);
}

function shown({ median, least, most }: Spread): string {
  return `${median.toFixed(1)} (${least.toFixed(1)} to ${most.toFixed(1)})`;
}
