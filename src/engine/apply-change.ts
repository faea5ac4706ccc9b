import type { Applied, ApplyOptions } from "./apply-plan.ts";
import type { ModelFiles } from "./check-model.ts";
import type { EngineContext } from "./context.ts";
import type { LiveModel } from "./live-model.ts";
import { makeChange } from "./make-change.ts";
import { type EvaluatedChange, evaluateChange } from "./plan/evaluate-change.ts";
import type { ExpectedPlan } from "./plan/expected-plan.ts";
import { planModel } from "./plan/plan-model.ts";
import type { Existing, ModelPlan } from "./plan/types.ts";
import { blockingProblems, PlanBlocked, planDifference, PlanOutdated } from "./plan-difference.ts";
import type { ChangeToMake, Moment, StagedAccount } from "./ports.ts";
import { readReplay } from "./replay.ts";
import { runDecisions } from "./run-decisions.ts";
import {
  addToTally,
  type DecisionRun,
  newTally,
  type TallyEntry,
  tallyEntry,
} from "./run-tally.ts";

interface ChangeOptions extends ApplyOptions {
  readonly existing: Existing;
  /** What a plan file says; null: there is none. */
  readonly expected: ExpectedPlan | null;
}

type Stage = (batch: readonly StagedAccount[]) => Promise<void>;

/**
 * Another model in place of the live one: the book is brought up to now by the one that is live,
 * so that the plan holds nothing but what the model changes; then the very evaluations that make
 * the plan are stored.
 */
export async function applyChange(
  context: EngineContext,
  files: ModelFiles,
  options: ChangeOptions,
): Promise<Pick<Applied, "version" | "run" | "plan">> {
  const { progress } = options;
  await runDecisions(context);
  const preparing = new Preparing(context, files, options);
  await makeChange(context, preparing);
  const { plan, version } = preparing.done();
  // what came in meanwhile, and accounts that nobody knew, are decided by it as ever
  const rest = await runDecisions(context, progress ? { progress } : {});
  return { plan, version, run: addUp(preparing.entries.values(), rest) };
}

/** Evaluates the book by the new model, and again what others change while it is being stored. */
class Preparing {
  readonly entries = new Map<string, TallyEntry>();
  readonly #context: EngineContext;
  readonly #files: ModelFiles;
  readonly #options: ChangeOptions;
  readonly #standings = new Map<string, string>();
  #seq = 0;
  #models: { readonly target: LiveModel; readonly live: LiveModel | null } | undefined;
  #plan: ModelPlan | undefined;

  constructor(context: EngineContext, files: ModelFiles, options: ChangeOptions) {
    this.#context = context;
    this.#files = files;
    this.#options = options;
  }

  moment(): Moment {
    return this.#target().moment();
  }

  done(): { readonly plan: ModelPlan; readonly version: number } {
    if (!this.#plan) throw new Error("nothing was prepared");
    return { plan: this.#plan, version: this.#target().stored.version };
  }

  async prepare(ids: readonly string[] | null, stage: Stage): Promise<ChangeToMake> {
    const isOther = ids === null || (await this.#evaluateAgain(ids, stage));
    if (isOther) await this.#planAll(stage);
    const { name, hash, source, messages, version } = this.#target().stored;
    const { reason, existing } = this.#options;
    return {
      seq: this.#seq,
      by: this.#context.actor,
      reason: reason ?? null,
      existing,
      details: {},
      goal: { kind: "apply", version, model: { name, hash, source, messages } },
    };
  }

  async #planAll(stage: Stage): Promise<void> {
    const { existing, expected, allow = [], progress, checkMessage } = this.#options;
    this.#seq = (await this.#context.store.changes.head()).seq;
    const allowed = (expected?.problems ?? []).filter((one) => one.allowed).map(({ code }) => code);
    const plan = await planModel(this.#context, this.#files, {
      existing,
      allow: [...new Set([...allow, ...allowed])],
      ...(progress ? { progress } : {}),
      ...(checkMessage ? { checkMessage } : {}),
      onEvaluated: async (batch, models) => {
        this.#models = models;
        await this.#take(batch, stage);
      },
    });
    const difference = expected && planDifference(expected, plan);
    if (difference) throw new PlanOutdated(difference);
    if (blockingProblems(plan).length > 0) throw new PlanBlocked(plan);
    this.#plan = plan;
  }

  /** Accounts that others changed; true: one moves otherwise than the plan file says. */
  async #evaluateAgain(ids: readonly string[], stage: Stage): Promise<boolean> {
    const { existing, expected } = this.#options;
    const before = new Map(ids.map((id) => [id, this.#standings.get(id)]));
    const again = evaluateChange(this.#context, this.#target(), {
      live: this.#models?.live ?? null,
      replay: await readReplay(this.#context.store),
      existing,
      now: this.#context.clock(),
      ids,
    });
    for await (const batch of again) await this.#take(batch, stage);
    return expected !== null && ids.some((id) => this.#standings.get(id) !== before.get(id));
  }

  async #take(batch: readonly EvaluatedChange[], stage: Stage): Promise<void> {
    await stage(batch.map(({ decided }) => ({ evaluated: decided.evaluated })));
    for (const { decided } of batch) {
      const { id } = decided.account;
      const { level, stage: at, segments } = decided.evaluated.state.decided ?? {};
      this.entries.set(id, tallyEntry(decided));
      this.#standings.set(id, JSON.stringify([level?.name, level?.base, at?.name, segments]));
    }
  }

  #target(): LiveModel {
    if (!this.#models) throw new Error("nothing was evaluated");
    return this.#models.target;
  }
}

function addUp(entries: Iterable<TallyEntry>, rest: DecisionRun): DecisionRun {
  const tally = newTally();
  for (const entry of entries) addToTally(tally, entry);
  const { today, accounts, moved, evaluated, first, touches } = rest;
  return {
    today,
    accounts,
    moved: [...tally.moved, ...moved],
    evaluated: Math.min(tally.evaluated + evaluated, accounts),
    first: tally.first + first,
    touches: tally.touches + touches,
  };
}
