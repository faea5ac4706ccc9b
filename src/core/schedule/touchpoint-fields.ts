import type { TouchpointDef } from "../model/types.ts";
import type { Touch } from "./types.ts";

/** What a touch takes from its touchpoint: another model changes it while it is ahead. */
export type TouchpointFields = Pick<
  Touch,
  | "touchpoint"
  | "title"
  | "channel"
  | "by"
  | "accountable"
  | "human"
  | "must"
  | "owner"
  | "minutes"
  | "purpose"
  | "drives"
  | "priority"
>;

export function touchpointFields(
  touchpoint: TouchpointDef,
  minutes: number,
  owner: string | null,
): TouchpointFields {
  const { name, title, channel, by, accountable, human, must, purpose, drives, priority } =
    touchpoint;
  return {
    touchpoint: name,
    title,
    channel,
    by,
    accountable: accountable ?? null,
    human,
    must,
    owner: by === "owner" || by === "csm" ? owner : null,
    minutes,
    purpose,
    drives: drives ?? null,
    priority: priority ?? null,
  };
}

/** A touch about which nothing has happened yet. */
export const UNTOUCHED = {
  startsAt: null,
  minutesSpent: null,
  result: null,
  reason: null,
  note: null,
  actionItems: [],
  doneAt: null,
} as const satisfies Partial<Touch>;
