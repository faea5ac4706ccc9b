import { OPEN_STATUSES, type Touch } from "./types.ts";

/** Whether a touch may still happen. */
export function isOpen(touch: Touch): boolean {
  return OPEN_STATUSES.has(touch.status);
}

/** Whether it can still be moved or called off: a message on its way cannot. */
export function isAhead({ status }: Pick<Touch, "status">): boolean {
  return status === "planned" || status === "due" || status === "deferred";
}
