import type { Json } from "../../core/facts/types.ts";
import type { Instant } from "../../core/time/day.ts";

export const NOTICE_TYPES = [
  "decision.changed",
  "touch.planned",
  "touch.due",
  "touch.done",
  "survey.answered",
] as const;
export type NoticeType = (typeof NOTICE_TYPES)[number];

/**
 * Something others may want to be told, written in the very transaction that made it so: one
 * message per webhook that asks for its type.
 */
export interface Notice {
  /** The same whenever the same thing is told again. */
  readonly id: string;
  readonly account: string;
  readonly type: NoticeType;
  readonly at: Instant;
  readonly data: Json;
}
