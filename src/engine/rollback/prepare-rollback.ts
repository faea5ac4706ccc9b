import { isAhead, type Touch } from "../../core/schedule/index.ts";
import { againKey } from "../../core/schedule/touch-key.ts";
import { accountNotices } from "../account-notices.ts";
import type { EngineContext } from "../context.ts";
import { evaluateAccounts, type EvaluateWith } from "../decide-accounts.ts";
import { liveAccount } from "../live-book.ts";
import { fateOf } from "../plan/touch-changes.ts";
import type {
  AccountsSince,
  EvaluatedAccount,
  Moment,
  StagedAccount,
  StoredAccount,
} from "../ports.ts";
import { type RestoredAccount, restoreAccount } from "./restore-account.ts";

/**
 * How an account comes back: as it was found; as it was found, with what happened since; as it is,
 * since a person changed its stage or programs; or as it is, since nobody knows how it was.
 */
export type WayBack = "restored" | "caughtUp" | "keptByHand" | "decidedAnew";

/** What a rollback makes of one account. */
export interface RolledBackAccount {
  readonly way: WayBack;
  readonly staged: StagedAccount;
  /** Touches that the version had called off, moved or changed, and that are as they were. */
  readonly restored: number;
  readonly removed: number;
  /** Made by the version, gone out or done by now: they stay. */
  readonly staying: readonly Touch[];
}

export interface RollbackWork {
  readonly context: EngineContext;
  /** With the model that is live again. */
  readonly evaluate: EvaluateWith;
  readonly from: number;
}

/** Accounts as they are once the version is taken back; nothing is stored. */
export async function rollBackAccounts(
  { context, evaluate, from }: RollbackWork,
  ids: readonly string[],
): Promise<RolledBackAccount[]> {
  const all = await context.store.changes.since(from, ids);
  // those that were never decided are decided as any other, once the older model is live
  const since = { ...all, accounts: all.accounts.filter(({ decidedOn }) => decidedOn !== null) };
  const to = evaluate.live.stored.version;
  const restored = new Map<string, RestoredAccount>();
  for (const account of since.accounts) {
    const image = since.images.get(account.id);
    if (image && !since.byHand.has(account.id))
      restored.set(account.id, restoreAccount(account, image, since, { from, to }));
  }
  const evaluated = await evaluateOthers(evaluate, since.accounts, restored);
  return since.accounts.map((present): RolledBackAccount => {
    const back = restored.get(present.id);
    const result = back?.isAsFound
      ? asFound(back, since, evaluate)
      : keepOpen(evaluated.get(present.id) as EvaluatedAccount, back?.touches.removed ?? []);
    const whole = withNotices(present, collapsed(result, since, evaluate), back, evaluate.moment);
    const way = wayBack(present, since, back);
    return {
      way,
      staged: stagedOf(whole, present, since, back),
      ...countsOf(present, whole, back),
    };
  });
}

function wayBack(
  { id }: StoredAccount,
  { byHand }: AccountsSince,
  back: RestoredAccount | undefined,
): WayBack {
  if (back) return back.isAsFound ? "restored" : "caughtUp";
  return byHand.has(id) ? "keptByHand" : "decidedAnew";
}

/** Decided by the older model: from what was found, or, where that is not to be had, from what is. */
async function evaluateOthers(
  evaluate: EvaluateWith,
  accounts: readonly StoredAccount[],
  restored: ReadonlyMap<string, RestoredAccount>,
): Promise<Map<string, EvaluatedAccount>> {
  const others = accounts.filter(({ id }) => restored.get(id)?.isAsFound !== true);
  const taken = others.map((one) =>
    liveAccount(evaluate.live, restored.get(one.id)?.stored ?? one),
  );
  const decided = await evaluateAccounts(evaluate, taken, "model");
  return new Map(decided.map((one) => [one.account.id, one.evaluated]));
}

/**
 * What the older model makes as well is not too late because it is only made now: it was open all
 * the time.
 */
function keepOpen(evaluated: EvaluatedAccount, removed: readonly Touch[]): EvaluatedAccount {
  const open = new Map(removed.filter(isAhead).map((touch) => [touch.key, touch]));
  const late = evaluated.touches.filter(
    ({ key, status }) => open.has(key) && (status === "missed" || status === "dropped"),
  );
  if (late.length === 0) return evaluated;
  const ids = new Set(late.map(({ id }) => id));
  const again = new Set(late.map(({ key }) => againKey(key)));
  return {
    ...evaluated,
    touches: evaluated.touches
      .filter(({ key }) => !again.has(key))
      .map((touch) => {
        const before = ids.has(touch.id) ? open.get(touch.key) : undefined;
        if (!before) return touch;
        const { status, reason, due, unshifted, startsAt } = before;
        return { ...touch, status, reason, due, unshifted, startsAt };
      }),
    events: evaluated.events.filter(({ name, properties }) => {
      const { touch } = properties;
      return !(name.startsWith("touch:") && typeof touch === "string" && ids.has(touch));
    }),
  };
}

/** What it was found as, to the letter; news that nobody has looked at stays news. */
function asFound(
  { stored, touches }: RestoredAccount,
  { images }: AccountsSince,
  { live }: EvaluateWith,
): EvaluatedAccount {
  const { id, loaded, state, decidedOn, decidedNews } = stored;
  const image = images.get(id);
  if (!image || state === null || decidedOn === null) throw new Error(`${id} has no image`);
  return {
    id,
    loaded: { ...loaded, news: image.handled.length > 0 ? loaded.news - 1 : decidedNews },
    day: decidedOn,
    modelVersion: live.stored.version,
    state,
    decision: image.decision,
    history: [],
    events: [],
    touches: touches.changed,
    handled: [],
  };
}

/**
 * Stored decisions stay as they were made; one more says what holds from now on, where others were
 * stored since the version went live.
 */
function collapsed(
  evaluated: EvaluatedAccount,
  { decided }: AccountsSince,
  { moment, live }: EvaluateWith,
): EvaluatedAccount {
  const { id, decision, state, history } = evaluated;
  const { now: at, today: day } = moment;
  const isOther = history.length > 0 || decided.has(id);
  const { version: modelVersion } = live.stored;
  return {
    ...evaluated,
    history:
      isOther && decision ? [{ day, at, cause: "rollback", decision, state, modelVersion }] : [],
  };
}

function withNotices(
  present: StoredAccount,
  evaluated: EvaluatedAccount,
  back: RestoredAccount | undefined,
  moment: Moment,
): EvaluatedAccount {
  const touches = new Map(back?.touches.changed.map((touch) => [touch.key, touch]));
  for (const touch of evaluated.touches) touches.set(touch.key, touch);
  const whole = { ...evaluated, touches: [...touches.values()] };
  const { loaded } = evaluated;
  return { ...whole, notices: accountNotices({ stored: present, loaded }, whole, moment) };
}

function stagedOf(
  evaluated: EvaluatedAccount,
  present: StoredAccount,
  { images }: AccountsSince,
  back: RestoredAccount | undefined,
): StagedAccount {
  if (!back) return { evaluated };
  const handled = new Set(evaluated.handled);
  const image = images.get(present.id);
  return {
    evaluated,
    undo: {
      touches: back.touches.removed.map(({ key }) => key),
      events: back.events,
      pending: back.news.filter((id) => !handled.has(id)),
      foundAt: back.isAsFound && image ? image.stateRev - 1 : null,
    },
  };
}

function countsOf(
  present: StoredAccount,
  { touches }: EvaluatedAccount,
  back: RestoredAccount | undefined,
): Pick<RolledBackAccount, "restored" | "removed" | "staying"> {
  const was = new Map(present.touches.map((touch) => [touch.key, touch]));
  const changed = new Set(back?.touches.changed.map(({ key }) => key));
  return {
    // one that was merely held back for want of a channel, or came due, is nobody's loss
    restored: touches.filter((touch) => changed.has(touch.key) && fateOf(was.get(touch.key), touch))
      .length,
    removed: back?.touches.removed.length ?? 0,
    staying: back?.touches.staying ?? [],
  };
}
