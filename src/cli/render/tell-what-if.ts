import type { FitSummary } from "../../core/allocate/types.ts";
import type { AddHead, TakeLeave } from "../../core/allocate/what-if.ts";
import { addMonths } from "../../core/allocate/hours.ts";
import { formatDay } from "../../core/time/day.ts";
import type { CapacityReport } from "../../engine/capacity.ts";
import { paint } from "../output.ts";
import { flow, paragraph, setIn } from "./paragraph.ts";
import { count, counted, money, wholeHours } from "./words.ts";

const MONTHS_OF_RAMP_UP = 3;

/** What a head more, or a leave more, changes: before and after. */
export function tellWhatIfs(report: CapacityReport, nameOf: (doer: string) => string): string[] {
  return report.whatIfs.map(({ change, changes }) => {
    const title = flow(`What if: ${tellChange(change, report, nameOf)}`)
      .split("\n")
      .map((line) => paint("bold", line))
      .join("\n");
    const adds = `  ${changes.minutes < 0 ? "It takes" : "It adds"} ${wholeHours(Math.abs(changes.minutes))} in these weeks.`;
    const taken =
      changes.taken.touches === 0
        ? ""
        : ` Of ${counted(changes.touches.length, "touch", "touches")} that it leaves behind, colleagues have hours for ${count(changes.taken.touches)}.`;
    return [
      title,
      paragraph((adds + taken).trim()),
      setIn(`before: ${tellUnfit(report, changes.before)}`, 2),
      setIn(`after: ${tellUnfit(report, changes.after)}`, 2),
    ].join("\n");
  });
}

function tellChange(
  change: AddHead | TakeLeave,
  { frame, today }: CapacityReport,
  nameOf: (doer: string) => string,
): string {
  if (change.kind === "leave") {
    const { member, from, to } = change;
    return `${nameOf(member)} is away from ${formatDay(from)} to ${formatDay(to)}`;
  }
  const { role, pod, from } = change;
  const isNew = addMonths(from, MONTHS_OF_RAMP_UP) > (frame.weeks[0] ?? today);
  const ramp = isNew ? "; no hours in the first month, half of them in the second and third" : "";
  return `one more head (${role}${pod === null ? "" : `, pod ${pod}`}) from ${formatDay(from)}${ramp}`;
}

function tellUnfit({ model }: CapacityReport, unfit: FitSummary): string {
  if (unfit.touches === 0) return "everything fits";
  const must = unfit.must === 0 ? "" : `, ${unfit.must} of them must happen`;
  return `${counted(unfit.touches, "touch does", "touches do")} not fit (${wholeHours(unfit.minutes)}${must}), ${counted(unfit.accounts, "account")} with ${money(model, unfit.revenue)}`;
}
