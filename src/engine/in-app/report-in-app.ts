import type { InAppAction, InAppReport } from "../../core/in-app/types.ts";
import type { EngineEvent, TouchResult } from "../../core/schedule/index.ts";
import type { Instant } from "../../core/time/day.ts";
import type { EngineContext } from "../context.ts";
import type { InAppMark, Moment, StoredInApp } from "../ports.ts";
import { itemsOf } from "./in-app-message.ts";
import { recordAnswer } from "./record-answer.ts";

/**
 * Takes what a user did with messages: each becomes the touch's result and an event of its
 * account, once, however often it is told. Answers how many reports were about messages of
 * this user; others are passed over. The outcome is stored before the mark that ends the
 * message: a crash in between only lets it be told again.
 */
export async function reportInApp(
  context: EngineContext,
  sent: readonly StoredInApp[],
  user: string,
  reports: readonly InAppReport[],
  moment: Moment,
): Promise<number> {
  const at = moment.now;
  const messages = new Map(sent.map((stored) => [stored.id, stored]));
  const marks: InAppMark[] = [];
  for (const report of reports) {
    const stored = messages.get(report.message);
    const item = report.item ?? null;
    if (!stored || !isPossible(stored, report)) continue;
    const mark = { account: stored.account, id: stored.id, action: report.action, item, at };
    const answer = answerOf(stored, report, [...marks, mark]);
    if (!isKnown(stored, report)) await recordAnswer(context, stored, answer(user, at), moment);
    marks.push(mark);
  }
  await context.store.inApp.mark(marks);
  return marks.length;
}

const TAKES_UP: ReadonlySet<InAppAction> = new Set(["clicked", "item_done"]);

/** What a report comes to: results of the touch, and events beside them. */
export interface InAppAnswer {
  readonly results: readonly TouchResult[];
  readonly events: readonly (EngineEvent & { readonly id: string; readonly account: string })[];
}

function isPossible(stored: StoredInApp, { action, item }: InAppReport): boolean {
  return action !== "item_done" || (item !== undefined && itemsOf(stored)[item] !== undefined);
}

/** Told before: nothing is left to record. */
function isKnown(stored: StoredInApp, { action, item }: InAppReport): boolean {
  if (action === "item_done") return stored.itemsDone.includes(item ?? -1);
  if (action === "seen") return stored.seenAt !== null;
  return (action === "clicked" ? stored.clickedAt : stored.dismissedAt) !== null;
}

function answerOf(
  stored: StoredInApp,
  { action, item }: InAppReport,
  marks: readonly InAppMark[],
): (user: string, at: Instant) => InAppAnswer {
  if (action !== "item_done" || item === undefined) {
    // who took something up and then closes it has not turned it down
    const isTakenUp =
      stored.clickedAt !== null ||
      stored.itemsDone.length > 0 ||
      stored.result === "clicked" ||
      marks.some(({ id, action: done }) => id === stored.id && TAKES_UP.has(done));
    const results = action === "item_done" || (action === "dismissed" && isTakenUp) ? [] : [action];
    return () => ({ results, events: [] });
  }
  const items = itemsOf(stored);
  const ticked = new Set(marks.filter(({ id }) => id === stored.id).map((mark) => mark.item));
  const isComplete = items.every(({ done }, index) => done || ticked.has(index));
  return (user, at) => ({
    results: isComplete ? ["completed"] : ["clicked"],
    events: [itemEvent(stored, item, user, at)],
  });
}

/** `in_app:TOUCHPOINT:item_done`: a program may wait for a step of a checklist. */
function itemEvent(
  stored: StoredInApp,
  item: number,
  user: string,
  at: Instant,
): InAppAnswer["events"][number] {
  const { touchpoint, touchId, account, program } = stored;
  return {
    id: `in_app:${stored.id}:${item}`,
    account,
    name: `in_app:${touchpoint}:item_done`,
    at,
    user,
    properties: {
      touch: touchId,
      touchpoint,
      program,
      item,
      text: itemsOf(stored)[item]?.text ?? "",
    },
  };
}
