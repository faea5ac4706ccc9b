import type { Applied } from "../../../engine/apply-plan.ts";
import { wrap } from "../columns.ts";
import { count, counted } from "../words.ts";
import { COLUMNS } from "./page.ts";

/** What going live did, in a few sentences. */
export function tellApplied({ model, version, isNew, run, plan }: Applied): string {
  const isDecidedElsewhere = isNew && run.evaluated < run.accounts;
  const where = isDecidedElsewhere
    ? ` here, the rest of ${count(run.accounts)} by the server that is running`
    : "";
  const moved = plan
    ? ` ${counted(plan.accounts.moving, "account")} moved to another level, stage or segment.`
    : "";
  const done = `${model.name} is live as version ${version}${isNew ? "" : " (it was already)"}. ${counted(run.evaluated, "account")} decided${where}, ${counted(run.touches, "touch", "touches")} planned or changed.${moved}`;
  return [
    ...wrap(done, COLUMNS),
    ...(run.accounts === 0
      ? ["There are no accounts yet: bring them in with `touchstone import`."]
      : []),
    ...(plan ? ["`touchstone rollback` takes it back."] : []),
  ].join("\n");
}
