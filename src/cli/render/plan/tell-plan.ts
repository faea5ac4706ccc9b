import type { Model } from "../../../core/model/index.ts";
import { formatDay } from "../../../core/time/day.ts";
import type { ModelPlan } from "../../../engine/plan/types.ts";
import { paint } from "../../output.ts";
import { wrap } from "../columns.ts";
import { counted, money, percent } from "../words.ts";
import { COLUMNS, part, type PlanPage } from "./page.ts";
import { tellLevels, tellSegments, tellStages } from "./tell-matrix.ts";
import { tellChanges } from "./tell-model-changes.ts";
import { tellMoves } from "./tell-moves.ts";
import { tellCoverage, tellHours } from "./tell-hours.ts";
import { tellCapped, tellMessages } from "./tell-messages.ts";
import { tellProblems } from "./tell-problems.ts";
import { tellPrograms, tellTouches } from "./tell-touches.ts";

/** A plan as a page to act on: what goes live over what, what speaks against it, who moves, what it costs. */
export function tellPlan(plan: ModelPlan, model: Model, limit: number): string {
  const page: PlanPage = { plan, model, limit };
  if (plan.isSame) return headline(page);
  return [
    headline(page),
    part("Problems", tellProblems(page)),
    part("What changes in the model", tellChanges(page)),
    part(plan.live ? `Touch levels${FROM_TO}` : "Touch levels", tellLevels(page)),
    part(plan.live ? `Lifecycle stages${FROM_TO}` : "Lifecycle stages", tellStages(page)),
    part("Segments that accounts join and leave", tellSegments(page)),
    tellMoves(page),
    part("Runs of programs", tellPrograms(page)),
    tellTouches(page),
    part("Messages per week", tellMessages(page)),
    tellCapped(page),
    part("Hours of people per week, from Monday", tellHours(page)),
    part("Accounts per owner and hours a week, by base level", tellCoverage(page)),
  ]
    .filter((text) => text !== "")
    .join("\n\n");
}

const FROM_TO = ": accounts and revenue, from (down) to (across)";

function headline(page: PlanPage): string {
  const { plan, model } = page;
  const title = `${paint("bold", model.name)}, planned on ${formatDay(plan.today)}`;
  return [title, ...wrap(`${over(plan)} ${moving(page)}`.trim(), COLUMNS)].join("\n");
}

function over({ live, isSame, existing }: ModelPlan): string {
  if (isSame && live)
    return `It is live already, as version ${live.version}: nothing would change.`;
  const held =
    existing === "new"
      ? " Accounts that match already start no program by it (--existing new)."
      : "";
  return live
    ? `It would replace version ${live.version} (${live.name}).${held}`
    : `It would be the first model.${held}`;
}

function moving({ plan, model }: PlanPage): string {
  const { total, moving: n, first, revenue, revenueMoving } = plan.accounts;
  if (plan.isSame) return "";
  if (total === 0)
    return "There are no accounts yet: bring them in with `touchstone import`, before or after.";
  const fact = model.workspace.revenue ?? "revenue";
  const share = revenue > 0 ? ` (${percent(revenueMoving / revenue)})` : "";
  const fresh =
    first === 0
      ? ""
      : ` ${counted(first, "account is", "accounts are")} decided for the first time.`;
  if (!plan.live)
    return `It decides ${counted(total, "account")} with ${money(model, revenue)} of ${fact}.`;
  if (n === 0)
    return `None of ${counted(total, "account")} moves to another level, stage or segment.${fresh}`;
  return `${counted(n, "account")} of ${total.toLocaleString("en-US")} ${n === 1 ? "moves" : "move"}, with ${money(model, revenueMoving)} of ${money(model, revenue)} ${fact}${share}.${fresh}`;
}
