import { type BusyDay, busiestDays } from "../../core/allocate/busiest-days.ts";
import { frameOf } from "../../core/allocate/frame.ts";
import { roleOf } from "../../core/allocate/roles.ts";
import { type Staffed, type Staffing, staffed } from "../../core/allocate/staffing.ts";
import type { Frame, Member } from "../../core/allocate/types.ts";
import type { Model } from "../../core/model/index.ts";
import type { Day } from "../../core/time/day.ts";
import { AppError } from "../app-error.ts";
import { todayOf } from "../book-history/book-today.ts";
import type { EngineContext } from "../context.ts";
import { nearestOrAll } from "../did-you-mean.ts";
import { workspaceCalendar } from "../holidays.ts";
import { modelImpact } from "../impact/model-impact.ts";
import type { ModelImpact } from "../impact/types.ts";
import { liveModel } from "../live-model.ts";
import { BUSIEST } from "../capacity.ts";
import { readMembers } from "./read-book.ts";
import { staffedBook } from "./staffed-book.ts";
import { type Threshold, thresholdsOf, withThresholds } from "./thresholds.ts";

/** Another team, and other thresholds in the level rules: nothing of it is kept. */
export interface WhatIfWish extends Omit<Staffing, "work"> {
  readonly weeks: number;
  readonly thresholds: readonly { readonly id: string; readonly value: number }[];
}

export interface WhatIfAnswer {
  readonly today: Day;
  readonly currency: string;
  readonly frame: Frame;
  readonly before: Staffed;
  readonly after: Staffed;
  /** The days that would be furthest over their hours. */
  readonly busiest: readonly BusyDay[];
  /** What the thresholds change of the book; null: they stay. */
  readonly impact: ModelImpact | null;
}

/** Time for working out touch by touch what thresholds change: the rest is estimated. */
const IMPACT_MS = 600;

/** What would fit with other people, other hours, other thresholds: asked as a slider moves. */
export async function capacityWhatIf(
  context: EngineContext,
  wish: WhatIfWish,
  signal?: AbortSignal,
): Promise<WhatIfAnswer> {
  const { book, today } = await todayOf(context);
  const { model } = book;
  const team = await readMembers(context);
  checkWish(wish, team);
  const { accounts, work } = await staffedBook(context, book, team, today);
  const frame = frameOf(today, wish.weeks, workspaceCalendar(model.workspace), model.workspace);
  const impact = await impactOf(context, model, wish, signal);
  const input = { levels: model.levels, accounts, work, team, frame };
  const nothing: Staffing = { heads: [], hours: 0, leave: [], work: [] };
  const after = staffed(input, { ...wish, work: factorsOf(impact, frame) });
  return {
    today,
    currency: model.workspace.currency,
    frame,
    before: staffed(input, nothing),
    after,
    busiest: busiestDays(after.work, after.team, frame, BUSIEST),
    impact,
  };
}

/** The thresholds that level rules of the live model have, as they are. */
export async function liveThresholds(context: EngineContext): Promise<readonly Threshold[]> {
  const { stored, model } = await liveModel(context);
  return thresholdsOf(stored.source, model);
}

async function impactOf(
  context: EngineContext,
  model: Model,
  { thresholds }: WhatIfWish,
  signal: AbortSignal | undefined,
): Promise<ModelImpact | null> {
  if (thresholds.length === 0) return null;
  const { stored } = await liveModel(context);
  const source = withThresholds(stored.source, model, thresholds);
  const until = performance.now() + IMPACT_MS;
  return modelImpact(
    context,
    { file: "model.yaml", source, messages: stored.messages },
    { isEnough: () => performance.now() > until, ...(signal ? { signal } : {}) },
  );
}

/** Whose touches will be more and whose fewer is not known yet: everybody's are taken alike. */
function factorsOf(impact: ModelImpact | null, { weeks }: Frame): number[] {
  const byWeek = new Map(impact?.work.map((one) => [one.week, one]));
  return weeks.map((week) => {
    const of = byWeek.get(week);
    return of && of.before > 0 ? Math.max(0, of.after) / of.before : 1;
  });
}

function checkWish({ heads, leave }: WhatIfWish, team: readonly Member[]): void {
  const ids = team.map(({ id }) => id);
  for (const { member, from, to } of leave) {
    if (!ids.includes(member)) {
      throw new AppError(
        "unknown-member",
        `There is nobody called \`${member}\` in the team.`,
        nearestOrAll(member, ids),
      );
    }
    if (to < from) throw new AppError("bad-value", "The last day of a leave is before its first.");
  }
  for (const { role, pod, count } of heads) {
    const like = team.filter((one) => roleOf(one) === role && (pod === null || one.pod === pod));
    if (like.length + count >= 0) continue;
    throw new AppError(
      "bad-value",
      `There are ${like.length} people of the role ${role}, so there cannot be ${-count} fewer.`,
    );
  }
}
