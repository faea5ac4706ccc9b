import { measureSchedule, type ScheduleFigures } from "./schedule.ts";
import type { Line } from "./table.ts";
import type { Spread } from "./timing.ts";
import { writeResult } from "./write-result.ts";

const OPTIONS = { accounts: 100_000, seed: 1, turns: 10, warmUp: 1_000 };

// `npm run bench -- schedule [accounts]`
export function runSchedule(args: readonly string[]): Promise<void> {
  const accounts = Number(args[0] ?? OPTIONS.accounts);
  const figures = measureSchedule({ ...OPTIONS, accounts });
  const lines = linesOf(figures);
  const { touches, load, unsettled } = figures;
  process.stdout.write(
    `${[
      `Touches of a year for ${accounts.toLocaleString("en-US")} accounts: ${touches.toLocaleString("en-US")} (load ${load}).`,
      ...lines.map(({ what, figure }) => `${what}: ${figure}`),
      `Accounts that a second planning on the same day still changed: ${unsettled}.`,
    ].join("\n")}\n`,
  );
  if (accounts === OPTIONS.accounts) writeResult("schedule", { ...figures, lines });
  return Promise.resolve();
}

function linesOf({
  accounts,
  touches,
  planned,
  reconciled,
  decided,
}: ScheduleFigures): readonly Line[] {
  const rate = (touches / accounts / planned.median) * 1e6;
  return [
    {
      item: 4,
      what: "touches of a year planned, accounts decided with it",
      figure: `${us(planned)}, ${Math.round(rate).toLocaleString("en-US")} touches/s`,
    },
    { item: 4, what: "reconciled with nothing to do", figure: us(reconciled) },
    { item: 4, what: "of either, deciding alone", figure: us(decided) },
  ];
}

function us({ median, least, most }: Spread): string {
  return `${median.toFixed(0)} µs an account (${least.toFixed(0)} to ${most.toFixed(0)})`;
}
