import type { Touch, TouchResult, TouchStatus } from "../../core/schedule/index.ts";
import type { Instant } from "../../core/time/day.ts";
import type { StoredEvent } from "../ports.ts";

/** What an event says of a touch; undefined: it is of none. */
interface Told {
  readonly at: Instant;
  readonly touch: string;
  readonly status: TouchStatus;
  readonly result: TouchResult | null;
}

/** Touches as they stood at an instant: those planned by then, in the state that their events tell. */
export function touchesThen(
  touches: readonly Touch[],
  events: readonly StoredEvent[],
  at: Instant,
): Touch[] {
  const before = new Map<string, Told>();
  const changedLater = new Set<string>();
  for (const event of events) {
    const told = toldOf(event);
    if (!told) continue;
    if (told.at <= at) before.set(told.touch, told);
    else changedLater.add(told.touch);
  }
  return touches
    .filter(({ plannedAt }) => plannedAt <= at)
    .map((touch) => (changedLater.has(touch.id) ? asTold(touch, before.get(touch.id)) : touch));
}

/** The touch after what an event tells of it; planned and open where none has. */
function asTold(touch: Touch, told: Told | undefined): Touch {
  const status = told?.status ?? "planned";
  const isDone = status === "done" || status === "failed";
  return {
    ...touch,
    status,
    result: told?.result ?? null,
    reason: null,
    doneAt: isDone && told ? told.at : null,
  };
}

/** What somebody else than the evaluator did with a touch: the touch as it was after that. */
export function touchAfter(touches: readonly Touch[], event: StoredEvent): Touch | undefined {
  const told = toldOf(event);
  const touch = told && touches.find(({ id }) => id === told.touch);
  return touch && asTold(touch, told);
}

function toldOf({ engine, name, at, properties }: StoredEvent): Told | undefined {
  if (!engine || !name.startsWith("touch:") || typeof properties["touch"] !== "string")
    return undefined;
  return {
    at,
    touch: properties["touch"],
    status: properties["status"] as TouchStatus,
    result: (properties["result"] ?? null) as TouchResult | null,
  };
}
