import type { Day } from "../core/time/day.ts";
import type { EngineContext } from "./context.ts";
import type { ListedTouch, TeamRow } from "./ports.ts";

/** What one person, or the pool, has to do in a week. */
export interface WorkLine {
  /** Team member's id; null: nobody in particular. */
  readonly owner: string | null;
  readonly name: string;
  readonly touches: number;
  readonly minutes: number;
  /** Hours the person has in that week, leave taken off; null where unknown. */
  readonly hours: number | null;
  /** `3 Check-in, 1 Quarterly business review`. */
  readonly what: string;
}

const WEEK = 7;
const WORKING_DAYS = 5;
/** Kinds of touch that are named; the rest is counted. */
const KINDS_NAMED = 3;

/** Human touches that are open and fall in the week that begins on `monday`, by person. */
export async function workThisWeek(context: EngineContext, monday: Day): Promise<WorkLine[]> {
  const [listed, team] = await Promise.all([
    context.store.touches.list({
      from: monday,
      to: monday + WEEK - 1,
      human: true,
      statuses: ["planned", "due", "deferred"],
    }),
    context.store.team.list(),
  ]);
  const members = new Map(team.map((member) => [member.id, member]));
  const byOwner = new Map<string | null, ListedTouch[]>();
  for (const one of listed) {
    const key = ownerOf(one);
    const list = byOwner.get(key);
    if (list) list.push(one);
    else byOwner.set(key, [one]);
  }
  return [...byOwner]
    .map(([owner, touches]) =>
      workLine(owner, touches, owner === null ? undefined : members.get(owner), monday),
    )
    .toSorted((a, b) => b.minutes - a.minutes || a.name.localeCompare(b.name, "en"));
}

/** The person who has to do it; for others than the owner, their role. */
function ownerOf({ touch }: ListedTouch): string | null {
  if (touch.owner !== null) return touch.owner;
  return touch.by === "owner" || touch.by === "csm" ? null : touch.by;
}

function workLine(
  owner: string | null,
  touches: readonly ListedTouch[],
  member: TeamRow | undefined,
  monday: Day,
): WorkLine {
  const counts = new Map<string, number>();
  for (const { touch } of touches) counts.set(touch.title, (counts.get(touch.title) ?? 0) + 1);
  const kinds = [...counts].toSorted((a, b) => b[1] - a[1]);
  const what = kinds.slice(0, KINDS_NAMED).map(([name, n]) => `${n} ${name}`);
  const others = kinds.slice(KINDS_NAMED).reduce((sum, [, n]) => sum + n, 0);
  if (others > 0) what.push(`${others} other`);
  return {
    owner,
    name: member?.name ?? owner ?? "pool",
    touches: touches.length,
    minutes: touches.reduce((sum, { touch }) => sum + touch.minutes, 0),
    hours: member ? hoursIn(member, monday) : null,
    what: what.join(", "),
  };
}

function hoursIn(member: TeamRow, monday: Day): number | null {
  if (member.hoursPerWeek === null) return null;
  let working = 0;
  for (let day = monday; day < monday + WORKING_DAYS; day++) {
    const isAway = member.leave.some(({ from, to }) => from <= day && day <= to);
    const isThere =
      (member.startsOn === null || member.startsOn <= day) && day <= (member.endsOn ?? day);
    if (!isAway && isThere) working += 1;
  }
  return (member.hoursPerWeek * working) / WORKING_DAYS;
}
