import type { Cap, ProgramDef, StepDef, TouchpointDef } from "../types.ts";
import { type CheckedModel, placeOf } from "./checked-model.ts";
import { dueDays, sentInTime } from "./due-days.ts";

/** A year of a run shows every season of it. */
const HORIZON = 366;

/**
 * Warns of a program that plans more than the caps let through, even if it were the only one:
 * sixteen mails a month under a cap of six. What the caps put off is counted as sent late.
 */
export function checkCaps(checked: CheckedModel): void {
  const { model } = checked;
  const touchpoints = new Map(model.touchpoints.map((each) => [each.name, each]));
  for (const program of model.programs) {
    for (const cap of model.caps.contact) {
      const counted = (touchpoint: TouchpointDef): boolean =>
        !touchpoint.human && (cap.key === "any" || cap.key === touchpoint.channel);
      if (report(checked, program, cap, counted, touchpoints, "contact")) break;
    }
    for (const cap of model.caps.account) {
      const counted = (touchpoint: TouchpointDef): boolean =>
        cap.key === "any" ||
        cap.key === touchpoint.channel ||
        (cap.key === "human" && touchpoint.human);
      if (report(checked, program, cap, counted, touchpoints, "account")) break;
    }
  }
}

function report(
  checked: CheckedModel,
  program: ProgramDef,
  cap: Cap,
  counted: (touchpoint: TouchpointDef) => boolean,
  touchpoints: ReadonlyMap<string, TouchpointDef>,
  per: "contact" | "account",
): boolean {
  const steps = program.steps.filter(({ touchpoint }) => {
    const found = touchpoints.get(touchpoint);
    return (
      found !== undefined && found.purpose !== "transactional" && !found.must && counted(found)
    );
  });
  const patience = checked.model.caps.giveUpAfter;
  const groups = [isBefore, (step: StepDef) => !isBefore(step)];
  const days = groups.map((group) => dueDays(steps.filter(group), HORIZON));
  const planned = days.flat().length;
  const sent = days.reduce((sum, each) => sum + sentInTime(each, cap, patience), 0);
  if (sent === planned) return false;
  const message =
    `${program.name} plans ${planned} such touches in the first year of a run, and the cap per ` +
    `${per} "${cap.text}" lets ${sent} of them through in time.`;
  const hint = "Space the steps out, or raise the cap.";
  checked.reading.report(
    "caps-too-tight",
    placeOf(checked, "programs", program.name),
    message,
    hint,
  );
  return true;
}

/** Those before a date and those after the entry fall apart by nobody knows how much. */
function isBefore({ timing }: StepDef): boolean {
  return timing.kind === "before";
}
