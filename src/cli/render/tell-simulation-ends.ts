import type { Foresight, HorizonFindings } from "../../core/simulate/judge-ends.ts";
import type { ModelSimulation, Simulation } from "../../engine/simulate/simulation.ts";
import { paragraph } from "./paragraph.ts";
import { table } from "./table.ts";
import { count, counted, money, percent } from "./words.ts";

const right = { align: "right" } as const;

/** Whether the ends were foreseen, beside two ways that need no model; nothing where nobody asked. */
export function tellEnds({ ended }: Simulation, { model, ends }: ModelSimulation): string {
  if (!ends || ended === null) return "";
  const { accounts, revenue } = ends.ended;
  if (accounts === 0)
    return paragraph(`Ends: no account that was open ended by ${ended} in these days.`);
  const paying = revenue > 0 ? ` (${money(model, revenue)})` : "";
  return [
    paragraph(
      `Ends: ${counted(accounts, "account")}${paying} ended by ${ended}. Were they raised above their base level, or in the lowest health band, so many days before?`,
    ),
    table(
      [
        { head: "days before" },
        { head: "ended", ...right },
        { head: "picked by" },
        { head: "caught", ...right },
        { head: "recall", ...right },
        { head: "of revenue", ...right },
        { head: "precision", ...right },
        { head: "of revenue", ...right },
      ],
      ends.horizons.flatMap(rowsOf),
    ),
    ...ends.horizons.map((horizon) => paragraph(verdict(horizon))),
    paragraph(alarms(ends)),
  ].join("\n");
}

function rowsOf({ days, seen, model, byRevenue, byLot }: HorizonFindings): string[][] {
  return [
    [String(days), count(seen.accounts), "the model", ...cells(model)],
    ["", "", "most revenue", ...cells(byRevenue)],
    ["", "", "lot, expected", ...cells(byLot)],
  ];
}

function cells({
  caught,
  recall,
  recallOfRevenue,
  precision,
  precisionOfRevenue,
}: Foresight): string[] {
  const { accounts } = caught;
  return [
    Number.isInteger(accounts) ? count(accounts) : accounts.toFixed(1),
    ...[recall, recallOfRevenue, precision, precisionOfRevenue].map((share) =>
      share === null ? "-" : tenths(share),
    ),
  ];
}

function verdict(horizon: HorizonFindings): string {
  const { days, seen, seenTooShort, model, byRevenue, byLot, raised, red, picked } = horizon;
  const short =
    seenTooShort === 0
      ? ""
      : ` ${counted(seenTooShort, "account")} had been seen for less than that.`;
  if (model.recall === null) return `${days} days before: none of them had been seen yet.${short}`;
  const others = [
    compared("the same number by revenue", model.recall, byRevenue.recall),
    compared("drawn by lot", model.recall, byLot.recall),
  ];
  return `${days} days before: ${count(model.caught.accounts)} of ${count(seen.accounts)} were picked (${count(raised)} raised, ${count(red)} in red) out of ${picked.toFixed(1)} a day: ${others.join(", ")}.${short}`;
}

/** A difference of less than half a point is none that anybody should build on. */
function compared(what: string, own: number, other: number | null): string {
  if (other === null) return `nothing to compare with ${what}`;
  const points = (own - other) * 100;
  if (Math.abs(points) < 0.5) return `no better than ${what}`;
  return `${Math.abs(points).toFixed(1)} points ${points > 0 ? "better" : "WORSE"} than ${what}`;
}

function alarms({ alarmed, falseAlarms }: NonNullable<ModelSimulation["ends"]>): string {
  if (alarmed.accounts === 0) return "No account was ever raised or in red.";
  return `False alarms: of ${counted(alarmed.accounts, "account")} that ${alarmed.accounts === 1 ? "was" : "were"} raised or in red on some day, ${count(falseAlarms.accounts)} (${percent(falseAlarms.accounts / alarmed.accounts)}) did not end so afterwards.`;
}

function tenths(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
