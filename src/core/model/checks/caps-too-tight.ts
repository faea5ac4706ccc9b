import type { Cap, ProgramDef, StepDef, TouchpointDef } from "../types.ts";
import { type CheckedModel, placeOf } from "./checked-model.ts";
import { dueDays, overflows } from "./due-days.ts";

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
  const over = [isBefore, (step: StepDef) => !isBefore(step)]
    .map((group) => overflows(dueDays(steps.filter(group), HORIZON), cap, patience))
    .find((found) => found !== undefined);
  if (!over) return false;
  const within = over.days === 1 ? "on one day" : `within ${over.days} days`;
  const message =
    `${program.name} plans ${over.touches} touches ${within}, and the cap per ${per} ` +
    `"${cap.text}" lets ${over.room} of them through in time.`;
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
