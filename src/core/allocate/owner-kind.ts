import type { DecideState, LevelState } from "../decide/state.ts";
import type { Model, OwnerKind } from "../model/types.ts";
import type { Day } from "../time/day.ts";

/**
 * What kind of owner an account should have: a CSM of its own, a pod, the pool or nobody. It goes by
 * the base level, and follows it only once that has stayed for a while; raises pass, owners stay.
 */

/**
 * The state with the level remembered whose `by` says so (model.md §7.18). `handsOver`: whether an
 * adjustment with `hand_over` applies; asked only where the model has one.
 */
export function withOwningLevel(
  model: Model,
  before: DecideState | null,
  after: DecideState,
  handsOver: () => boolean,
): DecideState {
  const { level } = after;
  if (!level) return after;
  const owns = owningLevel(model, before?.level ?? null, level, after.day);
  const isHandedOver = hasHandOver(model) && (handsOver() || staysHandedOver(before, level));
  if (owns === level.base && !isHandedOver) return after;
  return {
    ...after,
    level: {
      ...level,
      ...(owns === level.base ? {} : { owns }),
      ...(isHandedOver ? { handedOver: true } : {}),
    },
  };
}

/** The base level, once it has been so on `hold` successive days (the first counts as day 1). */
function owningLevel(
  model: Model,
  before: LevelState | null,
  level: LevelState,
  today: Day,
): string {
  const hold = model.touch?.hold ?? 0;
  const was = before?.owns ?? before?.base;
  // a first decision counts at once; so does one after the level that owned has left the model
  if (was === undefined || was === level.base) return level.base;
  if (today - level.baseSince + 1 >= hold) return level.base;
  return model.levels.some(({ name }) => name === was) ? was : level.base;
}

function hasHandOver({ touch }: Model): boolean {
  return touch?.adjust.some(({ handOver }) => handOver) === true;
}

/** While a lower level waits out the hold, the owner that came with the raise stays too. */
function staysHandedOver(before: DecideState | null, { lowerSince }: LevelState): boolean {
  return before?.level?.handedOver === true && lowerSince !== null;
}

/** The level whose `by` says who looks after the account. */
export function owningLevelOf({ name, base, owns, handedOver }: LevelState): string {
  return handedOver === true ? name : (owns ?? base);
}

export function ownerKindOf(model: Model, level: LevelState | null): OwnerKind | null {
  if (!level) return null;
  const owning = owningLevelOf(level);
  return model.levels.find(({ name }) => name === owning)?.by ?? null;
}

/**
 * Whose the account's touches are: those of a level that has nobody, or the pool, are nobody's in
 * particular, whoever the account's owner is on record. `kind` null: no level says.
 */
export function ownerOfTouches(kind: OwnerKind | null, owner: string | null): string | null {
  return kind === "pool" || kind === "automation" ? null : owner;
}
