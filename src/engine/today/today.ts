import { TeamOnHand } from "../../core/allocate/doer-of.ts";
import { WEEK } from "../../core/allocate/hours.ts";
import type { Frame } from "../../core/allocate/types.ts";
import type { Model } from "../../core/model/types.ts";
import type { Day, Instant } from "../../core/time/day.ts";
import { startOfDay } from "../../core/time/zone.ts";
import { AppError } from "../app-error.ts";
import { memberOf } from "../capacity/read-book.ts";
import type { EngineContext } from "../context.ts";
import { nearestOrAll } from "../did-you-mean.ts";
import type { LiveModel } from "../live-model.ts";
import { isPerson, mayTakeOf } from "../owners/may-take.ts";
import { WhoDoes } from "../owners/who-does.ts";
import type { CurrentDecision, ListedTouch, Owners, TeamRow, ToDoTouch } from "../ports.ts";
import { loadOfMember, type MyLoad, weeksAhead } from "./my-load.ts";
import { comesFirst, mattersMoreToday } from "./rank-touches.ts";
import { RowMaker, type ToDoRow } from "./to-do-row.ts";

/** Somebody's day: what is theirs to do, in the order of what matters, and whether it fits their hours. */
export interface Today {
  readonly model: Model;
  readonly version: number;
  readonly today: Day;
  readonly now: Instant;
  /** Whose; null: everybody's, or nobody's. */
  readonly member: TeamRow | null;
  /** Due today or overdue. */
  readonly due: readonly ToDoRow[];
  /** Up to the end of the weeks looked at, day by day. */
  readonly coming: readonly ToDoRow[];
  /** Due, and nobody's in particular: of their pod, pool or role. The earliest, at most so many. */
  readonly open: readonly ToDoRow[];
  /** Put out of sight until later, the first to come back first. */
  readonly snoozed: readonly ToDoRow[];
  /** Done today, the latest first. */
  readonly done: readonly ListedTouch[];
  /** The first one after all of these. */
  readonly next: ToDoRow | null;
  /** null: everybody's, or of somebody who is not in the team. */
  readonly load: MyLoad | null;
  readonly frame: Frame;
  /** There are more than were read. */
  readonly cut: boolean;
}

/** Instead of a member's id: what is due for a pod, the pool or a role, and is no person's yet. */
export const NOBODY = "nobody";

/** More than anybody's list; of everybody's the earliest. */
const MOST = 2000;
const MOST_DONE = 100;
/** Of a pool's touches no more than these are looked at, and shown. */
const MOST_OPEN = 500;
const SHOWN_OPEN = 50;

/** @param owner a team member's id, or `nobody`; null: everybody */
export async function todayOf(
  context: EngineContext,
  live: Pick<LiveModel, "model" | "stored" | "moment">,
  owner: string | null,
): Promise<Today> {
  const { model } = live;
  const { now, today } = live.moment();
  const frame = weeksAhead(model, today);
  const team = await context.store.team.list();
  const isNobody = owner === NOBODY;
  const member = owner === null || isNobody ? null : findMember(owner, team);
  const who = new WhoDoes(new TeamOnHand(team), today);
  const mine: Owners = member ? who.ownersFor(member.id) : isNobody ? [null] : "all";
  const lastDay = (frame.weeks.at(-1) ?? today) + WEEK - 1;
  const { reading } = context.store;
  const found = await reading.toDo({ owners: mine, to: lastDay }, MOST + 1);
  const isMine = ({ touch }: ListedTouch): boolean => {
    if (owner === null) return true;
    const { doer } = who.of(touch);
    return isNobody ? !isPerson(doer, team) : doer === owner;
  };
  const open = found.slice(0, MOST).filter(isMine);
  const takes = mayTakeOf(member, team);
  const ofNobody = member ? await reading.toDo({ owners: [null], to: today }, MOST_OPEN) : [];
  const takeable = [...found, ...ofNobody]
    .filter(({ touch }) => touch.due <= today && takes(who.of(touch).doer))
    .slice(0, SHOWN_OPEN);
  const later = (await reading.toDo({ owners: mine, from: lastDay + 1 }, 20))
    .filter(isMine)
    .slice(0, 1);
  const decisions = await decisionsOf(context, [...open, ...later, ...takeable]);
  const maker = new RowMaker(model, today);
  const rows = open.map((one) =>
    maker.row(one, who.of(one.touch), decisions.get(one.touch.account)),
  );
  const forAll = takeable.map((one) =>
    maker.row(one, who.of(one.touch), decisions.get(one.touch.account)),
  );
  const shown = rows.filter((row) => !isSnoozed(row, now));
  const byHour = (a: ToDoRow, b: ToDoRow): number => mattersMoreToday(today)(a.stakes, b.stakes);
  return {
    model,
    version: live.stored.version,
    today,
    now,
    member,
    due: shown.filter(({ touch }) => touch.due <= today).toSorted(byHour),
    coming: shown
      .filter(({ touch }) => touch.due > today)
      .toSorted((a, b) => comesFirst(a.stakes, b.stakes)),
    open: forAll.filter((row) => !isSnoozed(row, now)).toSorted(byHour),
    snoozed: rows
      .filter((row) => isSnoozed(row, now))
      .toSorted((a, b) => (a.snoozedUntil ?? 0) - (b.snoozedUntil ?? 0)),
    done: await reading.doneSince(mine, startOfDay(today, model.workspace.timezone), MOST_DONE),
    next:
      later.map((one) => maker.row(one, who.of(one.touch), decisions.get(one.touch.account)))[0] ??
      null,
    load: member === null ? null : loadOfMember(model, memberOf(member), rows, frame),
    frame,
    cut: found.length > MOST,
  };
}

function isSnoozed({ snoozedUntil }: ToDoTouch, now: Instant): boolean {
  return snoozedUntil !== null && snoozedUntil > now;
}

function findMember(id: string, team: readonly TeamRow[]): TeamRow {
  const found = team.find((one) => one.id === id);
  if (found) return found;
  throw new AppError(
    "unknown-member",
    `There is nobody called \`${id}\` in the team.`,
    nearestOrAll(
      id,
      team.map((one) => one.id),
    ),
  );
}

async function decisionsOf(
  { store }: EngineContext,
  touches: readonly ListedTouch[],
): Promise<ReadonlyMap<string, CurrentDecision>> {
  const ids = [...new Set(touches.map(({ touch }) => touch.account))];
  const found = new Map<string, CurrentDecision>();
  if (ids.length === 0) return found;
  for await (const page of store.decisions.current(ids)) {
    for (const one of page) found.set(one.id, one);
  }
  return found;
}
