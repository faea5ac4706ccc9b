import type { EngineEvent, Touch } from "../../core/schedule/index.ts";

/** The same change of a touch is the same event however often it is stored. */
export function touchEventId(touch: Pick<Touch, "id">, event: EngineEvent): string {
  return `ts:${touch.id}:${event.at}:${event.name}`;
}
