import type { AccountRecord } from "../account/record.ts";
import type { CompiledModel } from "../decide/index.ts";
import type { Value } from "../rules/types.ts";
import type { Day } from "../time/day.ts";
import { type Effect, Trial, type Watched } from "./trial.ts";

/** One fact changed alone, and the level that would then be asked for. */
export interface NearestChange {
  readonly fact: string;
  readonly from: Value;
  readonly to: Value;
  readonly level: string;
}

export interface NearestChanges {
  /** Towards more attention, and less; undefined where no single fact does it. */
  readonly up: NearestChange | undefined;
  readonly down: NearestChange | undefined;
}

const LEVEL: Watched = { key: "level", read: (trial) => trial.level ?? null };

/**
 * What would have to be different for another level: every fact that is no combination of
 * others is moved alone, through the same evaluator, and the smallest move that changes the
 * level asked for (before any hold) wins. Numbers are compared by relative size; a yes or no,
 * a word or a date changed counts as more than any number up to a doubling.
 */
export function nearestChanges(
  compiled: CompiledModel,
  record: AccountRecord,
  today: Day,
): NearestChanges {
  const trial = new Trial(compiled, record, today);
  const present = trial.level;
  if (present === undefined) return { up: undefined, down: undefined };
  let up: Effect | undefined;
  let down: Effect | undefined;
  for (const found of trial.effects([LEVEL])) {
    const level = found.result as number;
    if (level < present && (!up || found.cost < up.cost)) up = found;
    if (level > present && (!down || found.cost < down.cost)) down = found;
  }
  const tell = ({ fact, value, result }: Effect): NearestChange => ({
    fact: fact.name,
    from: trial.actual(fact),
    to: value,
    level: compiled.model.levels[result as number]?.name ?? "",
  });
  return { up: up && tell(up), down: down && tell(down) };
}
