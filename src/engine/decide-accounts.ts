import { catchUpByDay, type CaughtUp } from "../core/account/catch-up.ts";
import type { AccountRecord } from "../core/account/record.ts";
import type { CapsDef } from "../core/model/types.ts";
import type { Instant } from "../core/time/day.ts";
import { accountNotices } from "./account-notices.ts";
import { awaitedLater } from "./awaited-later.ts";
import type { EngineContext, Progress } from "./context.ts";
import type { Held } from "./hold-unsent.ts";
import type { LiveAccount, LiveBook } from "./live-book.ts";
import type { LiveModel } from "./live-model.ts";
import type { EvaluatedAccount, Moment } from "./ports.ts";
import type { Replay } from "./replay.ts";
import { type Cause, isReplayed, whatIsMissing } from "./what-is-missing.ts";

/** Accounts evaluated in one go: then the store's answers are taken in, and it is given the next thing to do. */
const TURN = 16;

/** Batches being stored side by side: while one waits for an answer, the database works on another. */
const STORING = 2;

/** What accounts are evaluated with. */
export interface EvaluateWith {
  readonly live: LiveModel;
  readonly moment: Moment;
  readonly replay: Replay | null;
  /** Going live with a model: whether accounts that match already start programs too. */
  readonly existing?: "all" | "new";
  /** Nothing of it is stored, so nobody is told of it. */
  readonly isOnlyShown?: boolean;
  /** What becomes of automated touches that nobody delivers; left out where somebody does. */
  readonly hold?: (record: AccountRecord, caps: CapsDef, moment: Moment) => Held;
}

/** What accounts are decided with. */
export interface DecideWith extends EvaluateWith {
  readonly context: EngineContext;
  readonly book: LiveBook;
  /** Every account is taken up once: those that were used lately stay in the book instead. */
  readonly isPass?: boolean;
}

/** An account before and after. */
export interface Decided {
  readonly account: LiveAccount;
  readonly result: CaughtUp;
  readonly evaluated: EvaluatedAccount;
}

export interface DecidedAccounts {
  readonly decided: readonly Decided[];
  /** Others changed them meanwhile: nothing of these was stored. */
  readonly raced: readonly string[];
}

/**
 * Decides accounts and stores what came of it: the one path, live and by command. What others
 * changed meanwhile is left for the caller to take up again.
 */
export async function decideAccounts(
  work: DecideWith,
  ids: readonly string[],
  cause: Cause | null = null,
): Promise<DecidedAccounts> {
  const taken = await work.book.take(work.live, ids);
  return storeDecided(work, await evaluateAccounts(work, taken, cause));
}

export interface BatchOptions {
  readonly cause: Cause | null;
  readonly size: number;
  readonly onDecided?: (one: Decided) => void;
  readonly progress?: Progress;
  /** Aborted: no further batch is begun. */
  readonly signal?: AbortSignal;
}

/**
 * The same for many. The store works in a thread or process of its own: it reads the next batch
 * and writes those before while this one is being decided. Answers the ids that others
 * changed meanwhile.
 */
export async function decideInBatches(
  work: DecideWith,
  ids: readonly string[],
  { cause, size, onDecided, progress, signal }: BatchOptions,
): Promise<string[]> {
  const raced: string[] = [];
  const take = (start: number) =>
    awaitedLater(work.book.take(work.live, ids.slice(start, start + size)));
  const storing: Promise<DecidedAccounts>[] = [];
  /** In the order of batches, until so few are under way. */
  const settle = async (most: number): Promise<void> => {
    while (storing.length > most) {
      const stored = await storing.shift();
      raced.push(...(stored?.raced ?? []));
      if (onDecided) stored?.decided.forEach(onDecided);
    }
  };
  let taking = take(0);
  try {
    for (let start = 0; start < ids.length; start += size) {
      if (signal?.aborted === true) break;
      const taken = await taking;
      taking = take(start + size);
      const decided = await evaluateAccounts(work, taken, cause);
      await settle(STORING - 1);
      storing.push(awaitedLater(storeDecided(work, decided)));
      progress?.(Math.min(start + size, ids.length), ids.length);
    }
    await settle(0);
  } finally {
    // where one of them failed, the others have to end before anybody closes the store
    await Promise.allSettled([taking, ...storing]);
  }
  return raced;
}

/** Evaluates accounts up to now; their records are brought up to date in place, nothing is stored. */
export async function evaluateAccounts(
  work: EvaluateWith,
  taken: readonly LiveAccount[],
  cause: Cause | null,
): Promise<Decided[]> {
  const { live, moment, replay, existing } = work;
  const { version } = live.stored;
  const goneLive = { at: live.stored.appliedAt, existing: existing ?? live.stored.existing };
  const behind = taken.map((account) =>
    whatIsMissing(account, moment.today, version, replay, cause, goneLive),
  );
  const results: CaughtUp[] = [];
  for (let start = 0; start < behind.length; start += TURN) {
    const some = behind.slice(start, start + TURN);
    const days = catchUpByDay(live.evaluator, some, { ...moment, modelVersion: version });
    results.push(...(await inTurns(days)));
  }
  return results.map((result, index): Decided => {
    const account = taken[index] as LiveAccount;
    return { account, result, evaluated: evaluatedAccount(work, account, result) };
  });
}

export async function storeDecided(
  { context, live, book, moment, isPass = false }: DecideWith,
  decided: readonly Decided[],
): Promise<DecidedAccounts> {
  if (decided.length === 0) return { decided: [], raced: [] };
  const evaluated = decided.map((one) => one.evaluated);
  const { raced, stateRevs } = await context.store.accounts.save(evaluated, moment);
  const stored = decided.filter(({ account }) => stateRevs.has(account.id));
  const accounts = stored.map(({ account }) => account);
  book.settle(live, accounts, evaluated, stateRevs, { mayEvict: !isPass });
  return { decided: stored, raced };
}

function evaluatedAccount(
  { live, moment, replay, hold, isOnlyShown }: EvaluateWith,
  account: LiveAccount,
  result: CaughtUp,
): EvaluatedAccount {
  const { version } = live.stored;
  const { record, decision } = result;
  const held = hold?.(record, live.model.caps, moment);
  const touches = held ? [...result.touches, ...held.touches] : result.touches;
  const evaluated: EvaluatedAccount = {
    id: account.id,
    loaded: account.loaded,
    day: moment.today,
    modelVersion: version,
    state: record.state,
    decision,
    history: result.history.map((one) => ({ ...one, modelVersion: version })),
    events: held ? [...result.events, ...held.events] : result.events,
    touches: [...new Map(touches.map((touch) => [touch.key, touch])).values()],
    handled: account.pending.filter(({ at }) => isOver(at, record, moment)).map(({ id }) => id),
  };
  // what was so before the first model went live is news to nobody
  if (isOnlyShown === true || isReplayed(account, replay)) return evaluated;
  return { ...evaluated, notices: accountNotices(account, evaluated, moment) };
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
function isOver(at: Instant, record: AccountRecord, { today }: Moment): boolean {
  return record.history.localDay(at) <= today;
}
