import { type ActionItem, assignTouch, type Touch } from "../core/schedule/index.ts";
import type { EngineContext } from "./context.ts";
import { refuseStranger } from "./refuse-stranger.ts";
import { liveModel } from "./live-model.ts";
import { changeTouch, type TouchDone } from "./touch-actions.ts";

/** What is written down of a touch, whatever became of it. What is left out stays. */
export interface TouchNotes {
  readonly note?: string | null;
  readonly minutes?: number | null;
  readonly actionItems?: readonly ActionItem[];
}

/** Notes, time spent and action items: what is not recorded cannot be measured later. */
export async function noteTouch(
  context: EngineContext,
  id: string,
  { note, minutes, actionItems }: TouchNotes,
): Promise<TouchDone> {
  const live = await liveModel(context);
  const apply = (touch: Touch) => ({
    touch: {
      ...touch,
      note: note === undefined ? touch.note : note,
      minutesSpent: minutes === undefined ? touch.minutesSpent : minutes,
      actionItems: actionItems ?? touch.actionItems,
    },
    events: [],
  });
  return changeTouch(context, live, id, apply, { what: "touch noted", reason: note ?? null });
}

/** Gives a touch to a member of the team, or to nobody in particular; it stays theirs. */
export async function assignTouchTo(
  context: EngineContext,
  id: string,
  owner: string | null,
  reason: string,
): Promise<TouchDone> {
  const live = await liveModel(context);
  if (owner !== null) await refuseStranger(context, owner);
  const apply = (touch: Touch) => assignTouch(touch, owner, reason, live.moment().now);
  const details: Readonly<Record<string, string>> = owner === null ? {} : { owner };
  return changeTouch(context, live, id, apply, { what: "touch assigned", reason, details });
}
