import type { components } from "../../lib/api-types.ts";
import { dayOfMove } from "./day-choices.ts";
import type { WaitingChange } from "./waiting-changes.ts";

type Touch = Pick<
  components["schemas"]["Touch"],
  "id" | "status" | "result" | "note" | "reason" | "due" | "starts_at"
>;

/** Touches as they will be once what waits is done. */
export function touchesAfter<T extends Touch>(
  touches: readonly T[],
  changes: readonly WaitingChange[],
  timeZone: string,
): readonly T[] {
  return changes.length === 0
    ? touches
    : touches.map((touch) =>
        changes.reduce(
          (one, change) => (change.touch === one.id ? after(one, change, timeZone) : one),
          touch,
        ),
      );
}

function after<T extends Touch>(touch: T, { deed }: WaitingChange, timeZone: string): T {
  switch (deed.verb) {
    case "done": {
      const { result, note } = deed.body;
      return { ...touch, status: "done", result, note: note ?? touch.note };
    }
    case "skip":
      return { ...touch, status: "skipped", reason: deed.body.reason };
    case "reschedule": {
      const due = dayOfMove(deed.body, timeZone) ?? touch.due;
      return { ...touch, due, starts_at: deed.body.starts_at ?? null };
    }
    default:
      // it keeps its day and stays open
      return touch;
  }
}
