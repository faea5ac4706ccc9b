import type { FactLine } from "../../engine/facts-report.ts";
import { tellMisfit } from "../../engine/misfits.ts";
import { table } from "./table.ts";
import { count, shown } from "./words.ts";

/** For each fact a line: how well it is known, what it is like, how fresh it is, where it comes from. */
export function tellFacts(lines: readonly FactLine[]): string {
  if (lines.length === 0) return "The model has no facts.";
  return table(
    [
      { head: "fact" },
      { head: "known of", align: "right" },
      { head: "lowest .. median .. highest, or the commonest" },
      { head: "newest" },
      { head: "source" },
    ],
    lines.map((line) => [
      line.fact,
      `${count(line.known)}/${count(line.accounts)}`,
      likeness(line),
      line.newest?.slice(0, 10) ?? "",
      sourceOf(line),
    ]),
  );
}

function sourceOf({ source, hint, misfit }: FactLine): string {
  const remarks = [...(hint === null ? [] : [hint]), ...(misfit ? [tellMisfit(misfit)] : [])];
  return remarks.length === 0 ? source : `${source} (${remarks.join("; ")})`;
}

/** The range of what can be put in order; of words, and yes or no, the commonest. */
function likeness({ known, lowest, median, highest, commonest }: FactLine): string {
  if (known === 0) return "-";
  if (commonest.length > 0) {
    const shares = commonest.map(
      ({ value, accounts }) => `${shown(value).slice(0, 24)} (${count(accounts)})`,
    );
    const rest = known - commonest.reduce((sum, { accounts }) => sum + accounts, 0);
    return [...shares, ...(rest > 0 ? [`others (${count(rest)})`] : [])].join(", ");
  }
  return [lowest, median, highest].map(shown).join(" .. ");
}
