import { loadavg } from "node:os";
import Table from "cli-table3";
import { type DecideBookFigures, decideBook, sampleFacts } from "./decide-book.ts";
import type { Line } from "./table.ts";
import { logLogSlope } from "./timing.ts";
import { writeResult } from "./write-result.ts";

const SEED = 1;
const SIZES = [10_000, 100_000, 1_000_000];
/** From so many on, three turns do. */
const LARGE = 1_000_000;

// `npm run bench -- decide-book [accounts …]`
export function runDecideBook(args: readonly string[]): Promise<void> {
  const asked = args.map(Number);
  if (asked.some((size) => !Number.isSafeInteger(size) || size < 1))
    throw new Error("how many accounts? whole numbers from 1");
  const sizes = asked.length > 0 ? asked : SIZES;
  const load = Math.round((loadavg()[0] ?? 0) * 10) / 10;
  const facts = sampleFacts(Math.max(...sizes), SEED);
  const books = sizes.map((accounts) =>
    decideBook(facts, { accounts, seed: SEED, turns: accounts < LARGE ? 9 : 3, warmUps: 2 }),
  );
  const slope = slopeOf(books);
  process.stdout.write(`${tell(books, slope, load)}\n`);
  const isWhole = asked.length === 0;
  if (isWhole) writeResult("decide-book", { load, slope, books, lines: linesOf(books, slope) });
  return Promise.resolve();
}

/** Of the second day, on which states are carried on. */
function slopeOf(books: readonly DecideBookFigures[]): number {
  return logLogSlope(
    books.map(({ accounts, days }) => ({
      size: accounts,
      time: days[1]?.compiled.median ?? Number.NaN,
    })),
  );
}

function tell(books: readonly DecideBookFigures[], slope: number, load: number): string {
  const table = new Table({
    head: ["accounts", "day", "accounts/s", "compiled ms", "by hand ms", "speed, by hand = 1", ""],
    style: { head: [], border: [] },
  });
  for (const { accounts, days } of books) {
    for (const { day, compiled, byHand, accountsPerSecond, ratio } of days) {
      table.push([
        accounts.toLocaleString("en-US"),
        day,
        accountsPerSecond.toLocaleString("en-US"),
        compiled.median.toFixed(1),
        byHand.median.toFixed(1),
        ratio.median.toFixed(2),
        `${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)}`,
      ]);
    }
  }
  const last = books.at(-1);
  return [
    `Books decided in memory by templates/four-tiers-hybrid; answers of both are the same (load ${load}).`,
    table.toString(),
    `Time grows with size to the power ${slope.toFixed(3)}.`,
    last
      ? `An account takes ${last.bookBytes.toFixed(0)} bytes of facts and decision (${last.columns} columns) and ${last.stateBytes.toFixed(0)} of state; ${last.bytesBesideFacts.toFixed(0)} in all beside the facts.`
      : "",
  ].join("\n");
}

function linesOf(books: readonly DecideBookFigures[], slope: number): Line[] {
  const lines = books.map(({ accounts, days }): Line => {
    const day = days[1];
    const rate = day?.accountsPerSecond ?? 0;
    return {
      item: 2,
      what: `a book of ${accounts.toLocaleString("en-US")}, against a loop by hand`,
      figure: `${rate.toLocaleString("en-US")} accounts/s`,
      ...(day ? { ratio: day.ratio } : {}),
      ...(accounts >= LARGE ? { aim: { text: "1,000,000 a second", met: rate >= 1_000_000 } } : {}),
    };
  });
  // of the largest: beside so many, what else was freed meanwhile does not show
  const bytes = books.at(-1)?.bytesBesideFacts ?? Number.NaN;
  return [
    ...lines,
    {
      item: 2,
      what: "growth with size",
      figure: `slope ${slope.toFixed(3)}`,
      aim: { text: "at most 1.05", met: slope <= 1.05 },
    },
    {
      item: 2,
      what: "memory of an account beside its facts",
      figure: `${bytes.toFixed(0)} bytes`,
      aim: { text: "at most 400", met: bytes <= 400 },
    },
  ];
}
