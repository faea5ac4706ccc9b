import type { AccountState } from "../../core/account/state.ts";
import type { Decision } from "../../core/decide/index.ts";
import type { Touch } from "../../core/schedule/index.ts";
import type { Instant } from "../../core/time/day.ts";
import { awaitedLater } from "../awaited-later.ts";
import type { EngineContext, Progress } from "../context.ts";
import { type Decided, evaluateAccounts, type EvaluateWith } from "../decide-accounts.ts";
import { holderOfUnsent } from "../hold-unsent.ts";
import { type LiveAccount, liveAccount } from "../live-book.ts";
import { type LiveModel, momentOf } from "../live-model.ts";
import type { StoredAccount, ToldBy } from "../ports.ts";
import type { Replay } from "../replay.ts";
import { isTold, type ToldAccount, toldAccount, toldColumns } from "./told-facts.ts";
import type { Existing } from "./types.ts";

/** How an account stands by a model today. */
export interface Standing {
  /** null: closed. */
  readonly decision: Decision | null;
  readonly state: AccountState;
  /** All that are known, open and over. */
  readonly touches: readonly Touch[];
}

/** An account by the live model, and by the one that would take its place. */
export interface EvaluatedChange {
  /** The mark it was loaded with is `decided.account.loaded`. null: no model is live. */
  readonly before: Standing | null;
  /** Ready to be stored. */
  readonly decided: Decided;
}

export interface ChangeOptions {
  /** null: the target would be the book's first model. */
  readonly live: LiveModel | null;
  /** As stored; of a first model, the one that going live with it would store. */
  readonly replay: Replay | null;
  readonly existing: Existing;
  /** The instant at which it would go live. */
  readonly now: Instant;
  /** Only these; left out: the whole book. */
  readonly ids?: readonly string[];
  readonly progress?: Progress;
  /** It is only looked at, not stored. */
  readonly isOnlyShown?: boolean;
}

/** Accounts evaluated at once. */
const BATCH = 100;
/** Batches being read at once: each asks several times, and where the disk has to be asked each waits. */
const UNDER_WAY = 3;

/**
 * Every account as it stands by the live model up to now, and as the target decides it: the very
 * evaluation that going live stores, so that what a plan shows and what is applied cannot differ.
 * Nothing is written. The target's version is the one it would get.
 */
export async function* evaluateChange(
  context: EngineContext,
  target: LiveModel,
  options: ChangeOptions,
): AsyncGenerator<readonly EvaluatedChange[]> {
  const { accounts } = context.store;
  const ids = await accounts.ids(options.ids ? { ids: options.ids } : {});
  const evaluate = await changeEvaluator(context, target, options);
  const loading: Promise<LoadedBatch>[] = [];
  let next = 0;
  const readOn = (): void => {
    for (; loading.length < UNDER_WAY && next < ids.length; next += BATCH) {
      loading.push(awaitedLater(evaluate.load(ids.slice(next, next + BATCH))));
    }
  };
  try {
    readOn();
    for (let done = 0; done < ids.length; done += BATCH) {
      const batch = await (loading.shift() as Promise<LoadedBatch>);
      readOn();
      yield await evaluate.batch(batch);
      options.progress?.(Math.min(done + BATCH, ids.length), ids.length);
    }
  } finally {
    // where one of them failed, or nobody reads on, the others end before anybody closes the store
    await Promise.allSettled(loading);
  }
}

interface LoadedBatch<A extends StoredAccount = StoredAccount> {
  readonly stored: readonly A[];
  /** The latest stored decisions. */
  readonly decisions: ReadonlyMap<string, Decision>;
}

async function loadBatch(
  { store }: EngineContext,
  ids: readonly string[],
  live: LiveModel | null,
  told?: ToldBy,
): Promise<LoadedBatch> {
  const stored = ids.length === 0 ? [] : await store.accounts.load(ids, told);
  const decisions = new Map<string, Decision>();
  const decided = stored.filter(({ decidedOn }) => decidedOn !== null).map(({ id }) => id);
  if (live === null || decided.length === 0) return { stored, decisions };
  for await (const page of store.decisions.current(decided)) {
    for (const { id, decision } of page) decisions.set(id, decision);
  }
  return { stored, decisions };
}

interface Evaluate {
  load(ids: readonly string[]): Promise<LoadedBatch>;
  batch(loaded: LoadedBatch): Promise<readonly EvaluatedChange[]>;
}

async function changeEvaluator(
  context: EngineContext,
  target: LiveModel,
  { live, replay, existing, now, isOnlyShown = false }: ChangeOptions,
): Promise<Evaluate> {
  const hold = await holderOfUnsent(context);
  const work = (model: LiveModel): EvaluateWith => ({
    live: model,
    moment: momentOf({ clock: () => now }, model.model.workspace.timezone),
    replay,
    isOnlyShown,
    ...(hold ? { hold } : {}),
  });
  const decide: Decide = async (batch, take) => {
    const before = live ? await standingsOf(work(live), batch) : undefined;
    const after = { ...work(target), existing };
    const decided = await evaluateAccounts(after, batch.stored.map(take), live ? "model" : null);
    return decided.map((one) => ({ before: before?.get(one.account.id) ?? null, decided: one }));
  };
  const whole: Evaluate = {
    load: (ids) => loadBatch(context, ids, live),
    batch: (batch) => decide(batch, (account) => liveAccount(target, account)),
  };
  const columns = live && isOnlyShown ? toldColumns(live, target) : null;
  if (!live || !columns) return whole;
  const told = { day: work(live).moment.today, modelVersion: live.stored.version };
  return {
    load: (ids) => loadBatch(context, ids, live, told),
    batch: (batch) =>
      evaluateTold(batch, {
        whole,
        isTold: (account) => isTold(account, live),
        byFacts: (fit) => decide(fit, (account) => toldAccount(target, account, columns)),
      }),
  };
}

type Decide = <A extends StoredAccount>(
  batch: LoadedBatch<A>,
  take: (account: A) => LiveAccount,
) => Promise<readonly EvaluatedChange[]>;

interface ToldWays {
  readonly whole: Evaluate;
  readonly isTold: (account: StoredAccount) => account is ToldAccount;
  readonly byFacts: (batch: LoadedBatch<ToldAccount>) => Promise<readonly EvaluatedChange[]>;
}

/** By today's facts as far as these tell enough; the others, which are read whole now, by all there is. */
async function evaluateTold(
  { stored, decisions }: LoadedBatch,
  { whole, isTold: isFit, byFacts }: ToldWays,
): Promise<readonly EvaluatedChange[]> {
  const done = new Map<string, EvaluatedChange>();
  for (const one of await byFacts({ stored: stored.filter(isFit), decisions })) {
    const { id, record } = one.decided.account;
    if (record.told?.isOutgrown !== true) done.set(id, one);
  }
  const others = stored.filter(({ id }) => !done.has(id));
  const readWhole = others.filter(({ facts }) => facts === undefined);
  const readInPart = others.filter(({ facts }) => facts !== undefined);
  const again = await whole.load(readInPart.map(({ id }) => id));
  for (const batch of [{ stored: readWhole, decisions }, again]) {
    for (const one of await whole.batch(batch)) done.set(one.decided.account.id, one);
  }
  return stored.flatMap(({ id }) => done.get(id) ?? []);
}

/** What is up to date stands as it is stored; the others are brought up to now, in memory. */
async function standingsOf(
  work: EvaluateWith,
  { stored, decisions }: LoadedBatch,
): Promise<ReadonlyMap<string, Standing>> {
  const standings = new Map<string, Standing>();
  const behind: StoredAccount[] = [];
  for (const account of stored) {
    const { id, state, touches } = account;
    if (state !== null && isUpToDate(account, work)) {
      standings.set(id, { state, touches, decision: decisions.get(id) ?? null });
    } else behind.push(account);
  }
  const taken = behind.map((account) => liveAccount(work.live, account));
  for (const { account, result } of await evaluateAccounts(work, taken, null)) {
    const { state, touches } = result.record;
    standings.set(account.id, {
      state,
      touches: [...touches.values()],
      decision: result.decision,
    });
  }
  return standings;
}

/** Decided today, by this model, with all the news there is: deciding it again changes nothing. */
function isUpToDate(
  { decidedOn, decidedModel, decidedNews, loaded }: StoredAccount,
  { live, moment }: EvaluateWith,
): boolean {
  return (
    decidedOn === moment.today &&
    decidedModel === live.stored.version &&
    decidedNews === loaded.news
  );
}
