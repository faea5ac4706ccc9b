import { formatDay } from "../time/day.ts";
import { formatInstant } from "../time/zone.ts";
import type { Touch } from "./types.ts";

export type TouchJson = ReturnType<typeof touchJson>;

/** A touch as files, commands and the API show it (contracts.md §5). */
export function touchJson(touch: Touch) {
  return {
    id: touch.id,
    account: touch.account,
    contact: touch.contact,
    touchpoint: touch.touchpoint,
    title: touch.title,
    program: touch.program,
    run: touch.run,
    step: touch.step,
    occurrence: touch.occurrence,
    due: formatDay(touch.due),
    starts_at: touch.startsAt === null ? null : formatInstant(touch.startsAt),
    channel: touch.channel,
    by: touch.by,
    accountable: touch.accountable,
    owner: touch.owner,
    minutes: touch.minutes,
    minutes_spent: touch.minutesSpent,
    purpose: touch.purpose,
    drives: touch.drives,
    status: touch.status,
    result: touch.result,
    reason: touch.reason,
    note: touch.note,
    action_items: touch.actionItems.map(({ text, owner, due, done }) => ({
      text,
      owner,
      due: due === null ? null : formatDay(due),
      done,
    })),
    planned_at: formatInstant(touch.plannedAt),
    done_at: touch.doneAt === null ? null : formatInstant(touch.doneAt),
    model_version: touch.modelVersion,
  };
}
