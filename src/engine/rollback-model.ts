import type { Touch } from "../core/schedule/index.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext, Progress } from "./context.ts";
import { holderOfUnsent } from "./hold-unsent.ts";
import { compileStored, type LiveModel } from "./live-model.ts";
import { makeChange } from "./make-change.ts";
import type { ModelVersion, StagedAccount } from "./ports.ts";
import { readReplay } from "./replay.ts";
import {
  type RolledBackAccount,
  type RollbackWork,
  rollBackAccounts,
  type WayBack,
} from "./rollback/prepare-rollback.ts";
import { runDecisions } from "./run-decisions.ts";

/** What a rollback restores, or would. */
export interface Rollback {
  readonly from: ModelVersion;
  /** Live again. */
  readonly to: ModelVersion;
  readonly accounts: { readonly total: number } & { readonly [way in WayBack]: number };
  readonly touches: {
    /** Called off, moved or changed by the version, and as they were before it. */
    readonly restored: number;
    /** Made by the version and taken back before they happened. */
    readonly removed: number;
    /** Made by the version, and gone out or done: that cannot be taken back. */
    readonly staying: readonly Touch[];
  };
  /** False: the version is so old that its accounts are decided anew by the one before it. */
  readonly isKept: boolean;
}

export interface RollbackOptions {
  readonly reason?: string;
  readonly progress?: Progress;
}

/** What going back one version would restore; nothing is written. */
export async function previewRollback(context: EngineContext): Promise<Rollback> {
  const back = await versionsOf(context);
  const tally = new RollbackTally(context, back);
  await tally.goThrough(null);
  return tally.result();
}

/**
 * Goes back to the version that was live before this one, in one transaction: accounts and touches
 * are as they were found when it went live, with all that has happened since. What has gone out or
 * was done stays. AppError `nothing-before` where this is the first.
 */
export async function rollbackModel(
  context: EngineContext,
  { reason, progress }: RollbackOptions = {},
): Promise<Rollback> {
  const back = await versionsOf(context);
  const tally = new RollbackTally(context, back, progress);
  await makeChange(context, {
    moment: () => back.to.moment(),
    async prepare(ids, stage) {
      await tally.goThrough(ids, stage);
      return {
        seq: back.seq,
        by: context.actor,
        reason: reason ?? null,
        existing: back.to.stored.existing,
        details: {},
        goal: { kind: "rollback", version: back.to.stored.version },
      };
    },
  });
  const result = tally.result();
  await runDecisions(context);
  return result;
}

interface Back {
  readonly seq: number;
  readonly from: ModelVersion;
  readonly to: LiveModel;
  readonly isKept: boolean;
}

async function versionsOf(context: EngineContext): Promise<Back> {
  const { models, changes } = context.store;
  const { seq } = await changes.head();
  const from = await models.live();
  if (!from) {
    throw new AppError(
      "no-model",
      "No touch model is live, so there is nothing to roll back.",
      "Make one live with `touchstone apply MODEL`.",
    );
  }
  const to = from.parent === null ? null : await models.version(from.parent);
  if (!to) {
    throw new AppError(
      "nothing-before",
      `Version ${from.version} (${from.name}) is the first that was made live: there is none before it to go back to.`,
      "Change the model and apply it: `touchstone plan MODEL` shows first what that would do.",
    );
  }
  const isKept = await changes.hasImages(from.version);
  return { seq, from: bare(from), to: compileStored(context, to), isKept };
}

function bare({
  version,
  name,
  hash,
  appliedAt,
  by,
  reason,
  parent,
  existing,
}: ModelVersion): ModelVersion {
  return { version, name, hash, appliedAt, by, reason, parent, existing };
}

/** Accounts taken back at once. */
const BATCH = 100;

type Outcome = Omit<RolledBackAccount, "staged">;

/** Goes through the book and adds up what comes of it. */
class RollbackTally {
  readonly #context: EngineContext;
  readonly #back: Back;
  readonly #progress: Progress | undefined;
  readonly #outcomes = new Map<string, Outcome>();

  constructor(context: EngineContext, back: Back, progress?: Progress) {
    this.#context = context;
    this.#back = back;
    this.#progress = progress;
  }

  /** All accounts that were ever decided, or those named. */
  async goThrough(
    named: readonly string[] | null,
    stage?: (batch: readonly StagedAccount[]) => Promise<void>,
  ): Promise<void> {
    const { store } = this.#context;
    const work = await this.#work();
    const ids = await store.accounts.ids(named === null ? {} : { ids: named });
    for (let start = 0; start < ids.length; start += BATCH) {
      const batch = await rollBackAccounts(work, ids.slice(start, start + BATCH));
      await stage?.(batch.map(({ staged }) => staged));
      for (const { staged, ...outcome } of batch) this.#outcomes.set(staged.evaluated.id, outcome);
      this.#progress?.(Math.min(start + BATCH, ids.length), ids.length);
    }
  }

  result(): Rollback {
    const { from, to, isKept } = this.#back;
    const outcomes = [...this.#outcomes.values()];
    const count = (way: WayBack): number => outcomes.filter((one) => one.way === way).length;
    const sum = (of: "restored" | "removed"): number =>
      outcomes.reduce((total, one) => total + one[of], 0);
    return {
      from,
      to: bare(to.stored),
      accounts: {
        total: outcomes.length,
        restored: count("restored"),
        caughtUp: count("caughtUp"),
        keptByHand: count("keptByHand"),
        decidedAnew: count("decidedAnew"),
      },
      touches: {
        restored: sum("restored"),
        removed: sum("removed"),
        staying: outcomes.flatMap(({ staying }) => staying),
      },
      isKept,
    };
  }

  async #work(): Promise<RollbackWork> {
    const hold = await holderOfUnsent(this.#context);
    const { to, from } = this.#back;
    const evaluate = {
      live: to,
      moment: to.moment(),
      replay: await readReplay(this.#context.store),
      existing: "all" as const,
      ...(hold ? { hold } : {}),
    };
    return { context: this.#context, evaluate, from: from.version };
  }
}
