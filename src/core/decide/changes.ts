import type { Model } from "../model/types.ts";
import type { DecideState } from "./state.ts";

/**
 * What an evaluation changed, as names of events that programs can start on: the difference
 * between the decision before and after, so a stage only passed through makes none. At an
 * account's first decision everything counts as entered.
 */
export function changeEvents(
  model: Model,
  before: DecideState | null,
  after: DecideState,
): string[] {
  return [
    ...moved("stage", before?.stage?.name ?? null, after.stage?.name ?? null),
    ...moved("level", before?.level?.name ?? null, after.level?.name ?? null),
    ...(before?.band === after.band ? [] : [`health:${after.band}:entered`]),
    ...model.segments.flatMap(({ name }) => membershipEvents(name, before, after)),
  ];
}

function membershipEvents(name: string, before: DecideState | null, after: DecideState): string[] {
  const was = before?.segments[name]?.in ?? null;
  const is = after.segments[name]?.in ?? null;
  if (typeof is === "boolean" || typeof was === "boolean") {
    if ((was === true) === (is === true)) return [];
    return [`segment:${name}:${is === true ? "entered" : "left"}`];
  }
  return moved(
    "segment",
    was === null ? null : `${name}.${was}`,
    is === null ? null : `${name}.${is}`,
  );
}

function moved(kind: string, from: string | null, to: string | null): string[] {
  if (from === to) return [];
  return [
    ...(from === null ? [] : [`${kind}:${from}:left`]),
    ...(to === null ? [] : [`${kind}:${to}:entered`]),
  ];
}

/** Whether two states say the same to a reader: what is only counted (streaks) left aside. */
export function sameDecision(before: DecideState | null, after: DecideState): boolean {
  if (!before) return false;
  return (
    before.stage?.name === after.stage?.name &&
    before.stage?.since === after.stage?.since &&
    before.band === after.band &&
    before.level?.name === after.level?.name &&
    before.level?.base === after.level?.base &&
    before.level?.pinned === after.level?.pinned &&
    (before.level?.lowerSince ?? null) === (after.level?.lowerSince ?? null) &&
    Object.keys(after.segments).every(
      (name) => before.segments[name]?.in === after.segments[name]?.in,
    )
  );
}
