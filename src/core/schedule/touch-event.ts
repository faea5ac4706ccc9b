import type { Instant } from "../time/day.ts";
import type { EngineEvent, Touch } from "./types.ts";

/** The event of a touch's change: `touch:<touchpoint>:<result, else status>`. */
export function touchEvent(touch: Touch, at: Instant): EngineEvent {
  return {
    name: `touch:${touch.touchpoint}:${touch.result ?? touch.status}`,
    at,
    user: touch.contact,
    properties: {
      touch: touch.id,
      touchpoint: touch.touchpoint,
      program: touch.program,
      run: touch.run,
      status: touch.status,
      result: touch.result,
      human: touch.human,
      channel: touch.channel,
      contact: touch.contact,
      drives: touch.drives,
      purpose: touch.purpose,
    },
  };
}

/** One event for a change of status or result; planning is none. */
export function changeEvents(
  before: Touch | undefined,
  after: Touch,
  at: Instant,
): readonly EngineEvent[] {
  if (before?.status === after.status && before.result === after.result) return [];
  return after.status === "planned" ? [] : [touchEvent(after, at)];
}
