import Table from "cli-table3";
import type { Spread } from "./timing.ts";

/** One line of the table that `npm run bench` ends with. */
export interface Line {
  /** Of the list of benchmarks in docs/performance.md, from 1. */
  readonly item: number;
  readonly what: string;
  /** What was measured, with its unit: "620 million answers a second". */
  readonly figure: string;
  /** Against what is named in `what` or `aim`, from turns within one run. */
  readonly ratio?: Spread;
  /** What was set out for; left out where nothing was. */
  readonly aim?: { readonly text: string; readonly met: boolean };
}

const HEAD = ["", "measured", "figure", "ratio", "least to most", "aim", ""];

export function tellLines(lines: readonly Line[]): string {
  const table = new Table({ head: HEAD, style: { head: [], border: [] } });
  for (const line of lines) table.push(cellsOf(line));
  return table.toString();
}

/** As docs/performance.md has it. */
export function markdownOf(lines: readonly Line[]): string {
  const rows = [HEAD, HEAD.map(() => "---"), ...lines.map(cellsOf)];
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function cellsOf({ item, what, figure, ratio, aim }: Line): string[] {
  return [
    String(item),
    what,
    figure,
    ratio ? shown(ratio.median) : "",
    ratio ? `${shown(ratio.least)} to ${shown(ratio.most)}` : "",
    aim?.text ?? "",
    aim ? (aim.met ? "met" : "missed") : "",
  ];
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
