import type { Day } from "../core/time/day.ts";
import type { EngineContext, Progress } from "./context.ts";
import { type Decided, decideInBatches, type DecideWith } from "./decide-accounts.ts";
import { holderOfUnsent } from "./hold-unsent.ts";
import { LiveBook } from "./live-book.ts";
import { liveModel } from "./live-model.ts";
import { readReplay } from "./replay.ts";
import { AppError } from "./app-error.ts";

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
/** Whoever is overtaken this often in a row is up against something that never rests. */
const MOST_ROUNDS = 50;

interface Tally {
  readonly moved: Movement[];
  evaluated: number;
  first: number;
  touches: number;
}

/**
 * Brings all decisions up to date: accounts with news, those never decided, and all of them
 * once a new local day has begun. Batches are stored one after the other, so that a run that is
 * killed is finished by the next one. Accounts that others change meanwhile are taken up again
 * where there is still something to do.
 */
export async function runDecisions(
  context: EngineContext,
  options: {
    readonly progress?: Progress;
    readonly ids?: readonly string[];
    readonly cause?: "model" | "person";
  } = {},
): Promise<DecisionRun> {
  const { accounts } = context.store;
  const live = await liveModel(context);
  const replay = await readReplay(context.store);
  const moment = live.moment();
  const book = new LiveBook(context.store, 0);
  const hold = await holderOfUnsent(context);
  const work: DecideWith = {
    context,
    live,
    book,
    moment,
    replay,
    ...(hold ? { hold } : {}),
  };
  const toDecide = (ids: readonly string[] | undefined): Promise<string[]> =>
    accounts.ids({ toDecideOn: moment.today, ...(ids ? { ids } : {}) });
  const tally: Tally = { moved: [], evaluated: 0, first: 0, touches: 0 };
  let ids = await toDecide(options.ids);
  for (let round = 0; ids.length > 0; round++) {
    if (round === MOST_ROUNDS) throw overtaken(ids);
    const raced = await decideInBatches(work, ids, {
      cause: options.cause ?? null,
      size: BATCH,
      onDecided: (one) => add(tally, one),
      ...(options.progress ? { progress: options.progress } : {}),
    });
    ids = raced.length > 0 ? await toDecide(raced) : [];
  }
  return { today: moment.today, accounts: await accounts.count(), ...tally };
}

function overtaken(ids: readonly string[]): AppError {
  return new AppError(
    "changed-meanwhile",
    `${ids.length === 1 ? ids[0] : `${ids.length} accounts (${ids[0]} …)`} changed again each of ${MOST_ROUNDS} times before a decision could be stored.`,
    "What was decided of the others is stored. Run it again; if it stays so, look at what keeps writing to them.",
  );
}

function add(tally: Tally, { account, result }: Decided): void {
  tally.evaluated += 1;
  tally.touches += result.touches.length;
  const before = account.stored.state?.decided;
  if (!before) {
    tally.first += 1;
    return;
  }
  const from = { level: before.level?.name ?? null, stage: before.stage?.name ?? null };
  const after = result.decision;
  const to = { level: after?.level?.name ?? null, stage: after?.stage?.name ?? null };
  if (from.level === to.level && from.stage === to.stage) return;
  tally.moved.push({ account: account.id, name: account.stored.name, from, to });
}
