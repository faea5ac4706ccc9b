import { type Behind, catchUpByDay, type CaughtUp } from "../core/account/catch-up.ts";
import type { Day, Instant } from "../core/time/day.ts";
import { accountRecord } from "./account-record.ts";
import { awaitedLater } from "./awaited-later.ts";
import type { EngineContext, Progress } from "./context.ts";
import { holdUnsent } from "./hold-unsent.ts";
import { knownSince } from "./known-since.ts";
import { type LiveModel, liveModel } from "./live-model.ts";
import type { EvaluatedAccount, Moment, StoredAccount } from "./ports.ts";
import { readReplay, type Replay } from "./replay.ts";

/** How an account's decision moved in a run. */
export interface Movement {
  readonly account: string;
  readonly name: string | null;
  readonly from: { readonly level: string | null; readonly stage: string | null };
  readonly to: { readonly level: string | null; readonly stage: string | null };
}

export interface DecisionRun {
  readonly today: Day;
  /** Accounts that had something to do. */
  readonly evaluated: number;
  readonly accounts: number;
  /** Of those decided before. */
  readonly moved: readonly Movement[];
  readonly first: number;
  readonly touches: number;
}

/** Accounts taken up at once: enough to amortise statements, few enough to stay small in memory. */
const BATCH = 100;

/**
 * Brings all decisions up to date: accounts with news, those never decided, and all of them
 * once a new local day has begun. Batches are stored one after the other, so that a run that is
 * killed is finished by the next one.
 */
export async function runDecisions(
  context: EngineContext,
  options: {
    readonly progress?: Progress;
    readonly ids?: readonly string[];
    readonly cause?: "model" | "person";
  } = {},
): Promise<DecisionRun> {
  const live = await liveModel(context);
  const replay = await readReplay(context.store);
  const moment = live.moment();
  const ids = await context.store.accounts.ids({
    toDecideOn: moment.today,
    ...(options.ids ? { ids: options.ids } : {}),
  });
  const moved: Movement[] = [];
  let first = 0;
  let touches = 0;
  const load = (start: number) =>
    awaitedLater(context.store.accounts.load(ids.slice(start, start + BATCH)));
  // The store works in a thread or process of its own: it reads the next batch and writes the
  // one before while this one is being decided.
  let loading = load(0);
  let saving: Promise<unknown> = Promise.resolve();
  try {
    for (let start = 0; start < ids.length; start += BATCH) {
      const stored = await loading;
      loading = load(start + BATCH);
      const { evaluated, results } = await evaluateBatch(
        live,
        stored,
        moment,
        replay,
        options.cause ?? null,
      );
      await saving;
      saving = awaitedLater(context.store.accounts.save(evaluated, moment));
      stored.forEach((account, index) => {
        if (account.state?.decided) moved.push(...movement(account, results[index] as CaughtUp));
        else first += 1;
        touches += results[index]?.touches.length ?? 0;
      });
      options.progress?.(Math.min(start + BATCH, ids.length), ids.length);
    }
    await saving;
  } finally {
    // where one of them failed, the other has to end before anybody closes the store
    await Promise.allSettled([loading, saving]);
  }
  return {
    today: moment.today,
    evaluated: ids.length,
    accounts: await context.store.accounts.count(),
    moved,
    first,
    touches,
  };
}

async function evaluateBatch(
  live: LiveModel,
  stored: readonly StoredAccount[],
  moment: Moment,
  replay: Replay | null,
  cause: "model" | "person" | null,
): Promise<{ evaluated: EvaluatedAccount[]; results: CaughtUp[] }> {
  const { version } = live.stored;
  const plan = live.evaluator.compiled.plan;
  const behind = stored.map((account) =>
    whatIsMissing(account, accountRecord(plan, account), moment, replay, cause),
  );
  const days = catchUpByDay(live.evaluator, behind, { ...moment, modelVersion: version });
  const results = await inTurns(days);
  const evaluated = results.map(
    ({ record, decision, history, events, touches }, index): EvaluatedAccount => {
      const account = stored[index] as StoredAccount;
      const held = holdUnsent(record, live.model.caps, moment);
      return {
        id: account.id,
        loaded: account.loaded,
        day: moment.today,
        state: record.state,
        decision,
        history: history.map((one) => ({ ...one, modelVersion: version })),
        events: [...events, ...held.events],
        touches: [
          ...new Map([...touches, ...held.touches].map((touch) => [touch.key, touch])).values(),
        ],
        handled: account.events
          .filter(({ pending, at }) => pending && isOver(at, record, moment))
          .map(({ id }) => id),
      };
    },
  );
  return { evaluated, results };
}

/** Works on with a pause after each step, in which the store's answers are taken in. */
async function inTurns<T>(work: Generator<unknown, T, void>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** An event of tomorrow (a client's clock may run ahead) stays news until its day has come. */
function isOver(at: Instant, record: Behind["record"], { today }: Moment): boolean {
  return record.history.localDay(at) <= today;
}

/** From which day an account has to be evaluated, and with which news. */
function whatIsMissing(
  account: StoredAccount,
  record: Behind["record"],
  moment: Moment,
  replay: Replay | null,
  cause: "model" | "person" | null,
): Behind {
  const { today } = moment;
  if (account.state === null || account.decidedOn === null) {
    const isReplayed = replay !== null && account.firstSeenAt <= replay.appliedAt;
    const from = isReplayed
      ? Math.min(Math.max(replay.since, knownSince(account, record.history)), today)
      : today;
    const news = account.events.filter(
      ({ at, engine }) => !engine && record.history.localDay(at) >= from,
    );
    return { record, from, liveFrom: isReplayed ? replay.liveFrom : null, news, cause: null };
  }
  const news = account.events.filter(({ pending }) => pending);
  // a day that ended before all of it was looked at is evaluated once more, then those after it
  const hasOlderNews = news.some(
    ({ at }) => record.history.localDay(at) <= (account.decidedOn as Day),
  );
  const from =
    hasOlderNews || account.decidedOn >= today
      ? Math.min(account.decidedOn, today)
      : account.decidedOn + 1;
  return {
    record,
    from,
    liveFrom: null,
    news,
    cause: cause ?? (news.length > 0 || account.decidedOn === today ? "event" : null),
  };
}

function movement(account: StoredAccount, { decision }: CaughtUp): Movement[] {
  const before = account.state?.decided;
  const from = { level: before?.level?.name ?? null, stage: before?.stage?.name ?? null };
  const to = { level: decision?.level?.name ?? null, stage: decision?.stage?.name ?? null };
  return from.level === to.level && from.stage === to.stage
    ? []
    : [{ account: account.id, name: account.name, from, to }];
}
