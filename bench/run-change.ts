import Table from "cli-table3";
import { type ChangeFigures, measureChange } from "./change.ts";
import type { Line } from "./table.ts";
import { logLogSlope, type Spread } from "./timing.ts";
import { writeResult } from "./write-result.ts";

const OPTIONS = {
  sizes: [10_000, 100_000, 1_000_000],
  events: 2_000,
  seed: 1,
  turns: 9,
  warmUps: 3,
};
const MOST_US = 100;
/** Time that grows with size by less than this power is taken as independent of it. */
const FLAT = 0.1;

// `npm run bench -- change`
export function runChange(): Promise<void> {
  const figures = measureChange(OPTIONS);
  const slope = logLogSlope(
    figures.books.map(({ accounts, us }) => ({ size: accounts, time: us.median })),
  );
  process.stdout.write(`${tell(figures, slope)}\n`);
  writeResult("change", { ...figures, slope, lines: linesOf(figures, slope) });
  return Promise.resolve();
}

function tell({ books, planned, load, events, changed }: ChangeFigures, slope: number): string {
  const table = new Table({
    head: ["", "µs from event to decision", "least to most"],
    style: { head: [], border: [] },
  });
  for (const { accounts, us } of books) {
    table.push([`book of ${accounts.toLocaleString("en-US")}`, us.median.toFixed(1), range(us)]);
  }
  table.push(["with its touches planned anew", planned.median.toFixed(1), range(planned)]);
  return [
    `${events.toLocaleString("en-US")} events a turn, each of another account (load ${load}); ${changed} led to another decision.`,
    table.toString(),
    `Time grows with size to the power ${slope.toFixed(3)}.`,
  ].join("\n");
}

function range({ least, most }: Spread): string {
  return `${least.toFixed(1)} to ${most.toFixed(1)}`;
}

function linesOf({ books, planned }: ChangeFigures, slope: number): Line[] {
  const last = books.at(-1);
  return [
    ...(last
      ? [
          {
            item: 3,
            what: `an event in a book of ${last.accounts.toLocaleString("en-US")}, decided`,
            figure: `${last.us.median.toFixed(1)} µs (${range(last.us)})`,
            aim: { text: `under ${MOST_US} µs`, met: last.us.median < MOST_US },
          },
        ]
      : []),
    {
      item: 3,
      what: "growth with size",
      figure: `slope ${slope.toFixed(3)}`,
      aim: { text: "none", met: slope < FLAT },
    },
    {
      item: 3,
      what: "an event, its account's touches planned anew",
      figure: `${planned.median.toFixed(1)} µs (${range(planned)})`,
    },
  ];
}
