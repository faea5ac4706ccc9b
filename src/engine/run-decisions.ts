import { setTimeout as pause } from "node:timers/promises";
import type { EngineContext, Progress } from "./context.ts";
import { decideInBatches, type DecideWith } from "./decide-accounts.ts";
import { holderOfUnsent } from "./hold-unsent.ts";
import { LiveBook } from "./live-book.ts";
import { liveModel } from "./live-model.ts";
import { readReplay } from "./replay.ts";
import { AppError } from "./app-error.ts";
import { addToTally, type DecisionRun, newTally, tallyEntry } from "./run-tally.ts";

/** Accounts taken up at once: enough to amortise statements, few enough to stay small in memory. */
const BATCH = 100;
/** Whoever is overtaken this often in a row is up against something that never rests. */
const MOST_ROUNDS = 50;
const LONGEST_PAUSE_MS = 300;

/**
 * Brings all decisions up to date: accounts with news, those never decided, and all of them
 * once a new local day has begun. Each batch is stored by itself, so that a run that is
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
  const { accounts, models } = context.store;
  let live = await liveModel(context);
  const replay = await readReplay(context.store);
  let moment = live.moment();
  const book = new LiveBook(context.store, 0);
  const hold = await holderOfUnsent(context);
  const work = (): DecideWith => ({
    context,
    live,
    book,
    moment,
    replay,
    ...(hold ? { hold } : {}),
  });
  const toDecide = (ids: readonly string[] | undefined): Promise<string[]> =>
    accounts.ids({ toDecideOn: moment.today, ...(ids ? { ids } : {}) });
  const tally = newTally();
  let ids = await toDecide(options.ids);
  for (let round = 0; ids.length > 0; round++) {
    if (round === MOST_ROUNDS) throw overtaken(ids);
    const raced = await decideInBatches(work(), ids, {
      cause: options.cause ?? null,
      size: BATCH,
      onDecided: (one) => addToTally(tally, tallyEntry(one)),
      ...(options.progress ? { progress: options.progress } : {}),
    });
    if (raced.length > 0 && (await models.liveVersion()) !== live.stored.version) {
      live = await liveModel(context);
      moment = live.moment();
    }
    // a change of the model that is about to be made lets nobody else store anything
    if (raced.length === ids.length) await pause(Math.min(round * 10, LONGEST_PAUSE_MS));
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
