import { type CheckedModel, placeOf } from "./checked-model.ts";

/**
 * Whoever is on a level of automation has nobody; a call to them is made by the pool. With such
 * calls planned and no pool there would be nobody to make them.
 */
export function checkPool(checked: CheckedModel): void {
  const { model, reading } = checked;
  // A level that is in error may be the pool.
  if (model.levels.length < reading.names.of("level").size) return;
  const nobody = model.levels.find(({ by }) => by === "automation");
  if (!nobody || model.levels.some(({ by }) => by === "pool")) return;
  const owned = new Set(
    model.touchpoints.filter(({ by }) => by === "owner" || by === "csm").map(({ name }) => name),
  );
  const program = model.programs.find(({ steps }) =>
    steps.some((step) => owned.has(step.touchpoint)),
  );
  if (!program) return;
  const step = program.steps.find(({ touchpoint }) => owned.has(touchpoint));
  const message =
    `Accounts of the level ${nobody.name} have nobody, so ${step?.touchpoint ?? "a touch"} ` +
    `of the program ${program.name} goes to the pool, and no level is \`by: pool\`.`;
  const hint = "Make one level `by: pool`, or have such touches done by somebody named.";
  reading.report("no-pool", placeOf(checked, "levels", nobody.name), message, hint);
}
