import { measureStart, type StartFigures } from "./start.ts";
import type { Line } from "./table.ts";
import { writeResult } from "./write-result.ts";

const OPTIONS = { accounts: 10_000, turns: 9 };

// `npm run bench -- start [accounts]`, after `npm run build`
export async function runStart(args: readonly string[]): Promise<void> {
  const accounts = Number(args[0] ?? OPTIONS.accounts);
  const say = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  const figures = await measureStart({ ...OPTIONS, accounts }, say);
  const lines = linesOf(figures);
  process.stdout.write(
    `${[
      `By the clock, with a data folder of ${accounts.toLocaleString("en-US")} accounts (load ${figures.load}).`,
      ...figures.commands.map(({ what, ms, ratio }) =>
        [what, `${ms.median.toFixed(0)} ms`, `${ratio.median.toFixed(1)} × node`].join(": "),
      ),
    ].join("\n")}\n`,
  );
  if (accounts === OPTIONS.accounts) writeResult("start", { ...figures, lines });
}

function linesOf({ commands }: StartFigures): readonly Line[] {
  return commands.slice(1).map(({ what, ms, ratio }) => ({
    item: 9,
    what: `${what}, against node -e 0`,
    figure: `${ms.median.toFixed(0)} ms (${ms.least.toFixed(0)} to ${ms.most.toFixed(0)})`,
    ratio,
  }));
}
