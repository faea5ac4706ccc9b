import type { Instant } from "../time/day.ts";
import { changeEvents } from "./touch-event.ts";
import type { EngineEvent, Touch } from "./types.ts";

/** A touch after a change, with the events that say so. */
export interface TouchChange {
  readonly touch: Touch;
  readonly events: readonly EngineEvent[];
  /** Why nothing was changed. */
  readonly refused?: string;
}

export function changed(before: Touch, after: Touch, at: Instant): TouchChange {
  return { touch: after, events: changeEvents(before, after, at) };
}

export function refused(touch: Touch, reason: string): TouchChange {
  return { touch, events: [], refused: reason };
}
