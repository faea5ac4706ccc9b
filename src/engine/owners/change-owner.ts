import {
  type HandOverMoment,
  handOverTasks,
  touchesHandedOver,
  type Side,
} from "../../core/allocate/hand-over.ts";
import { hasLeft } from "../../core/allocate/doer-of.ts";
import type { OwnerSuggestion } from "../../core/allocate/assign-owners.ts";
import { ownerKindOf } from "../../core/allocate/owner-kind.ts";
import type { OwnerKind } from "../../core/model/types.ts";
import type { Touch } from "../../core/schedule/index.ts";
import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import { refuseStranger } from "../refuse-stranger.ts";
import { findAccount } from "../find-account.ts";
import { workspaceCalendar } from "../holidays.ts";
import { type LiveModel, liveModel } from "../live-model.ts";
import { touchNotice } from "../notices.ts";
import type { Holding, OwnerChange, TeamRow } from "../ports.ts";
import { runDecisions } from "../run-decisions.ts";
import type { DecisionRun } from "../run-tally.ts";
import { untilStored } from "../until-stored.ts";
import { type SuggestedOwners, suggestOwners } from "./suggest-owners.ts";

/** An account that somebody else looks after from now on. */
export interface OwnerChanged {
  readonly account: string;
  readonly name: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** What kind of owner its level asks for. */
  readonly kind: OwnerKind | null;
  /** Open touches that went along. */
  readonly moved: number;
  /** The tasks that came of it, for both sides. */
  readonly tasks: readonly Touch[];
}

export interface OwnersChanged {
  readonly changed: readonly OwnerChanged[];
  readonly run: DecisionRun;
}

/** Accounts that are handed over in one transaction. */
const AT_ONCE = 100;

/** A person's word on who looks after an account (null: nobody in particular). */
export async function assignOwner(
  context: EngineContext,
  id: string,
  member: string | null,
  reason: string | null,
): Promise<OwnersChanged> {
  const work = await handOverWork(context);
  const to = member === null ? null : memberId(work.team, member);
  if (to !== null) await refuseStranger(context, to);
  const { id: account, state } = await findAccount(context, id);
  const kind = ownerKindOf(work.live.model, state?.decided?.level ?? null);
  const changed = await untilStored(account, async () => {
    const { done } = await handOver(work, [{ account, to, kind, reason }]);
    return done[0];
  });
  return { changed: [changed], run: await decideAfter(context, [changed]) };
}

/** By id, or by a name that only one has. */
function memberId(team: ReadonlyMap<string, TeamRow>, text: string): string {
  if (team.has(text)) return text;
  const named = [...team.values()].filter(({ name }) => name?.toLowerCase() === text.toLowerCase());
  return named.length === 1 ? (named[0]?.id ?? text) : text;
}

/** `to`: whom the person had before their eyes. */
type Accepted =
  | "all"
  | readonly { readonly account: string; readonly to?: string | null | undefined }[];

/**
 * Makes suggested moves, as they stand now: all of them, or those of the accounts named. What was
 * shown and is suggested no more is refused, whole.
 */
export async function acceptOwners(
  context: EngineContext,
  wanted: Accepted,
): Promise<OwnersChanged> {
  await refuseUnknown(context, wanted);
  return makeMoves(context, pickSuggested(await suggestOwners(context), wanted));
}

/** AppError `unknown-account`: for whom nothing is suggested may also be nobody at all. */
export async function refuseUnknown(context: EngineContext, wanted: Accepted): Promise<void> {
  if (wanted === "all") return;
  const ids = [...new Set(wanted.map(({ account }) => account))];
  const known = new Set(await context.store.accounts.ids({ ids }));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown === undefined) return;
  const { id } = await findAccount(context, unknown);
  throw new AppError(
    "unknown-account",
    `There is no account \`${unknown}\`.`,
    `Did you mean ${id}?`,
  );
}

export function pickSuggested(
  suggested: SuggestedOwners,
  wanted: Accepted,
): readonly OwnerSuggestion[] {
  return wanted === "all" ? suggested.suggestions : wanted.map((one) => pick(suggested, one));
}

/** Whom an account goes to, and why. */
export interface Move {
  readonly account: string;
  readonly to: string | null;
  /** What kind of owner its level asks for. */
  readonly kind: OwnerKind | null;
  readonly reasons: readonly string[];
}

export async function makeMoves(
  context: EngineContext,
  moves: readonly Move[],
): Promise<OwnersChanged> {
  const work = await handOverWork(context);
  const changed: OwnerChanged[] = [];
  for (let start = 0; start < moves.length; start += AT_ONCE) {
    const batch = moves.slice(start, start + AT_ONCE).map(({ account, to, kind, reasons }) => ({
      account,
      to,
      kind,
      reason: reasons.join("; "),
    }));
    const { done, raced } = await handOver(work, batch);
    changed.push(...done);
    for (const one of batch.filter(({ account }) => raced.includes(account))) {
      changed.push(
        await untilStored(one.account, async () => (await handOver(work, [one])).done[0]),
      );
    }
  }
  return { changed, run: await decideAfter(context, changed) };
}

function pick(
  { suggestions, names }: SuggestedOwners,
  { account, to }: Exclude<Accepted, "all">[number],
): OwnerSuggestion {
  const found = suggestions.find((one) => one.account === account);
  if (found && (to === undefined || to === found.to)) return found;
  const now = found
    ? `${found.to === null ? "nobody in particular" : (names.get(found.to) ?? found.to)} is suggested now`
    : "no other owner is suggested for it";
  throw new AppError(
    "not-suggested",
    `${account}: ${now}. Nothing was changed.`,
    "Look at `touchstone owners suggest` again, or name the owner yourself with `touchstone owners assign`.",
  );
}

interface HandOverWork {
  readonly context: EngineContext;
  readonly live: LiveModel;
  readonly team: ReadonlyMap<string, TeamRow>;
  readonly moment: HandOverMoment;
}

async function handOverWork(context: EngineContext): Promise<HandOverWork> {
  const live = await liveModel(context);
  const team = await context.store.team.list();
  const { model, stored } = live;
  const calendar = workspaceCalendar(model.workspace);
  const moment = { model, modelVersion: stored.version, calendar, ...live.moment() };
  return { context, live, team: new Map(team.map((one) => [one.id, one])), moment };
}

interface Wanted {
  readonly account: string;
  readonly to: string | null;
  readonly kind: OwnerKind | null;
  readonly reason: string | null;
}

async function handOver(
  work: HandOverWork,
  wanted: readonly Wanted[],
): Promise<{ done: OwnerChanged[]; raced: readonly string[] }> {
  const { context, live } = work;
  const held = await context.store.owners.holdings(wanted.map(({ account }) => account));
  const of = new Map(wanted.map((one) => [one.account, one]));
  const made = held.map((holding) => changeOf(work, holding, of.get(holding.id) as Wanted));
  const real = made.filter(({ told }) => told.from !== told.to);
  const raced = await context.store.owners.handOver(
    real.map(({ change }) => change),
    live.moment(),
  );
  return {
    done: made.map(({ told }) => told).filter(({ account }) => !raced.includes(account)),
    raced,
  };
}

function changeOf(
  { context, team, moment }: HandOverWork,
  { id, name, owner, stateRev, touches }: Holding,
  { to, kind, reason }: Wanted,
): { readonly change: OwnerChange; readonly told: OwnerChanged } {
  const side = (member: string | null): Side | null =>
    member === null ? null : sideOf(team, member, moment.today);
  const tasks = handOverTasks(
    { account: id, from: side(owner), to: side(to), kind, nonce: `owner-${stateRev}` },
    moment,
  );
  const moved = touchesHandedOver(touches, kind, to);
  const change: OwnerChange = {
    account: id,
    to,
    stateRev,
    touches: [...moved, ...tasks],
    notices: tasks.flatMap((task) => touchNotice(undefined, task, moment.now, stateRev + 1)),
    audit: {
      by: context.actor,
      what: "owner changed",
      account: id,
      reason,
      details: { from: owner, to, touches: moved.length, tasks: tasks.map((task) => task.id) },
    },
  };
  return { change, told: { account: id, name, from: owner, to, kind, moved: moved.length, tasks } };
}

/** Whom a team does not list cannot be asked for anything; where none is listed at all, they can. */
function sideOf(team: ReadonlyMap<string, TeamRow>, id: string, today: number): Side {
  const member = team.get(id);
  const isGone = member ? hasLeft({ endsOn: member.endsOn ?? null }, today) : team.size > 0;
  return { id, name: member?.name ?? null, hasLeft: isGone };
}

function decideAfter(
  context: EngineContext,
  changed: readonly OwnerChanged[],
): Promise<DecisionRun> {
  const ids = changed.filter(({ from, to }) => from !== to).map(({ account }) => account);
  return runDecisions(context, { ids, cause: "person" });
}
