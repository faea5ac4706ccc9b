import { weekOf } from "../core/allocate/frame.ts";
import { memberMinutes } from "../core/allocate/hours.ts";
import { loadOf } from "../core/allocate/load.ts";
import type { DoerLoad, Frame, Member, PlannedWork } from "../core/allocate/types.ts";

/** What one person, a pod, the pool or a role has to do in a week. */
export interface WorkLine {
  /** Team member's id, `pod:NAME` or a role; null: nobody in particular. */
  readonly owner: string | null;
  readonly name: string;
  readonly touches: number;
  readonly minutes: number;
  /** Hours there are for it in that week: leave and holidays taken off, and what is over of it. */
  readonly hours: number | null;
  /** `3 Check-in, 1 Quarterly business review`. */
  readonly what: string;
}

/** Kinds of touch that are named; the rest is counted. */
const KINDS_NAMED = 3;

/** Human touches of the first week, overdue ones among them, by who does them; and who is away. */
export function workThisWeek(
  work: readonly PlannedWork[],
  team: readonly Member[],
  frame: Frame,
): WorkLine[] {
  const week = { ...frame, weeks: frame.weeks.slice(0, 1) };
  const ofWeek = work.filter(({ due }) => weekOf(week, due) === 0);
  const lines = loadOf(ofWeek, team, week)
    .filter(({ total }) => total.touches > 0)
    .map((load) =>
      workLine(
        load,
        ofWeek.filter(({ doer }) => doer === load.doer),
      ),
    )
    .toSorted((a, b) => b.minutes - a.minutes || a.name.localeCompare(b.name, "en"));
  const away = team.filter((member) => isAway(member, week));
  const named = new Set(lines.map(({ owner }) => owner));
  return [...lines, ...away.filter(({ id }) => !named.has(id)).map(awayLine)];
}

/** On leave on all days that are left of the week: colleagues stand in. */
function isAway(member: Member, { weeks, today, calendar }: Frame): boolean {
  const week = weeks[0] ?? today;
  const minutes = (leave: Member["leave"]) =>
    memberMinutes({ ...member, leave }, week, calendar, Math.max(week, today));
  return minutes(member.leave) === 0 && minutes([]) !== 0;
}

function awayLine({ id, name }: Member): WorkLine {
  return {
    owner: id,
    name: name ?? id,
    touches: 0,
    minutes: 0,
    hours: 0,
    what: "colleagues stand in",
  };
}

function workLine({ doer, name, kind, total }: DoerLoad, work: readonly PlannedWork[]): WorkLine {
  const counts = new Map<string, number>();
  for (const { title } of work) counts.set(title, (counts.get(title) ?? 0) + 1);
  const kinds = [...counts].toSorted((a, b) => b[1] - a[1]);
  const what = kinds.slice(0, KINDS_NAMED).map(([title, n]) => `${n} ${title}`);
  const others = kinds.slice(KINDS_NAMED).reduce((sum, [, n]) => sum + n, 0);
  if (others > 0) what.push(`${others} other`);
  return {
    owner: kind === "pool" ? null : doer,
    name,
    touches: total.touches,
    minutes: total.minutes,
    hours: total.capacity === null ? null : total.capacity / 60,
    what: what.join(", "),
  };
}
