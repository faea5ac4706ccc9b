import type { Day } from "../core/time/day.ts";
import { AppError } from "./app-error.ts";
import { bareMember } from "./bare-rows.ts";
import type { EngineContext } from "./context.ts";
import { nearestOrAll } from "./did-you-mean.ts";
import { momentFor, presentModel } from "./edit-account.ts";
import type { TeamRow } from "./ports.ts";

/** What may be said of a member of the team; what is left out stays. */
export type MemberEdit = Partial<Omit<TeamRow, "id" | "row" | "leave" | "endsOn">>;

/** Adds somebody to the team, or changes what is known of them. */
export async function putMember(
  context: EngineContext,
  id: string,
  edit: MemberEdit,
): Promise<TeamRow> {
  const present = (await context.store.team.list()).find((member) => member.id === id);
  const after = { ...(present ?? { ...bareMember(id), endsOn: null }), ...edit };
  const fields = Object.keys(edit);
  return write(context, after, present ? "member changed" : "member added", null, { fields });
}

/** The days on which somebody is away: all of them, they replace those there were. */
export async function setLeave(
  context: EngineContext,
  id: string,
  leave: readonly { readonly from: Day; readonly to: Day }[],
): Promise<TeamRow> {
  const member = await findMember(context, id);
  const wrong = leave.findIndex(({ from, to }) => to < from);
  if (wrong >= 0)
    throw new AppError(
      "bad-value",
      `leave/${wrong}: it ends before it begins.`,
      "`from` and `to` are the first and the last day of leave.",
    );
  const sorted = leave.toSorted((a, b) => a.from - b.from);
  return write(context, { ...member, leave: sorted }, "leave changed", null, {});
}

/** Somebody's last day: after it they have no hours and cannot sign in. */
export async function endMember(
  context: EngineContext,
  id: string,
  on: Day | null,
  reason: string,
): Promise<TeamRow> {
  const member = await findMember(context, id);
  const what = on === null ? "member stays" : "member leaves";
  return write(context, { ...member, endsOn: on }, what, reason, {});
}

async function findMember({ store }: EngineContext, id: string): Promise<TeamRow> {
  const team = await store.team.list();
  const found = team.find((member) => member.id === id);
  if (found) return found;
  const known = team.map((member) => member.id);
  throw new AppError(
    "unknown-member",
    `There is nobody called \`${id}\` in the team.`,
    nearestOrAll(id, known),
  );
}

async function write(
  context: EngineContext,
  member: TeamRow,
  what: string,
  reason: string | null,
  details: { readonly fields?: readonly string[] },
): Promise<TeamRow> {
  const moment = momentFor(context, await presentModel(context));
  const audit = {
    by: context.actor,
    what,
    account: null,
    reason,
    details: { member: member.id, ...details },
  };
  await context.store.byHand.member(member, audit, moment);
  return member;
}
