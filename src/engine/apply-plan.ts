import type { Diagnostic, Model } from "../core/model/index.ts";
import type { Day } from "../core/time/day.ts";
import { AppError } from "./app-error.ts";
import { applyChange } from "./apply-change.ts";
import { checkModel, type ModelFiles, refuseMissingMessages, sameMessages } from "./check-model.ts";
import { refuseBadMessages } from "./check-messages.ts";
import type { EngineContext, Progress } from "./context.ts";
import { momentOf } from "./live-model.ts";
import { findMisfits, type Misfit } from "./misfits.ts";
import type { ExpectedPlan } from "./plan/expected-plan.ts";
import type { Existing, ModelPlan, PlanFile } from "./plan/types.ts";
import { PlanOutdated } from "./plan-difference.ts";
import type { CheckMessage } from "./ports/message-check.ts";
import { writeReplay } from "./replay.ts";
import { runDecisions } from "./run-decisions.ts";
import type { DecisionRun } from "./run-tally.ts";

export interface ApplyOptions {
  /** Of the book's first model: the days since then are decided one by one; default: the last 90. */
  readonly since?: Day;
  readonly reason?: string;
  /** Default: all; of a plan file: the one planned with, and no other. */
  readonly existing?: Existing;
  /** Codes of problems to accept, beside those that a plan file accepts. */
  readonly allow?: readonly string[];
  readonly progress?: Progress;
  /** Left out: messages are not looked at before they are sent. */
  readonly checkMessage?: CheckMessage;
}

export interface Applied {
  readonly version: number;
  readonly model: Model;
  /** False: the very same model was live already and nothing was written. */
  readonly isNew: boolean;
  readonly warnings: readonly Diagnostic[];
  /** Stored values that this model refuses. */
  readonly misfits: readonly Misfit[];
  readonly run: DecisionRun;
  /** What it changed; null: it was the first, or live already. */
  readonly plan: ModelPlan | null;
}

/** A plan that was kept, with the files that it is of. */
export type KeptPlan = Omit<PlanFile, "plan"> & { readonly plan: ExpectedPlan };

/** How far back the first model looks when nobody says otherwise. */
const REPLAY_DAYS = 90;

/**
 * Makes a model live and brings all decisions up to date by it. A model's files: plans and does
 * just that, at once. A plan file: plans again and does it, unless the live model, the accounts
 * that move or a blocking problem are others by now (`PlanOutdated`). Problems that block and are
 * not allowed refuse both (`PlanBlocked`).
 *
 * A later model goes live in one transaction with all it changes: no account is ever decided by it
 * while others are not. The book's first model is live at once; then the last 90 days (or those
 * since `since`) are decided one by one, and go on where they were should the process die.
 */
export async function applyPlan(
  context: EngineContext,
  what: ModelFiles | KeptPlan,
  options: ApplyOptions = {},
): Promise<Applied> {
  const expected = "touchstonePlan" in what ? what.plan : null;
  const files = "touchstonePlan" in what ? what.files : what;
  if (expected && options.existing && options.existing !== expected.existing) {
    throw new AppError(
      "bad-value",
      `The plan was made with \`existing: ${expected.existing}\`, so it cannot be applied with \`existing: ${options.existing}\`.`,
      "Plan again with the other choice, look at it, then apply that.",
    );
  }
  const { model, diagnostics } = checkModel(files, options.checkMessage);
  if (!model) throw new AppError("invalid-model", `${files.file} has errors and was not applied.`);
  refuseMissingMessages(model, files);
  refuseBadMessages(files, diagnostics);
  const live = await context.store.models.live();
  if (expected?.live && !live) {
    throw new PlanOutdated({
      live: { planned: expected.live, now: null },
      moves: [],
      problems: [],
    });
  }
  const isNew = live?.hash !== model.hash || !sameMessages(live.messages, files.messages);
  const existing = options.existing ?? expected?.existing ?? "all";
  const done =
    live && isNew
      ? await applyChange(context, files, { ...options, existing, expected })
      : await applyFirst(context, files, model, isNew, { ...options, existing });
  return {
    ...done,
    model,
    isNew,
    warnings: diagnostics.filter(({ severity }) => severity === "warning"),
    misfits: await findMisfits(context, model),
  };
}

/** The book's first model; of one that is live already, whatever is left to be decided by it. */
async function applyFirst(
  context: EngineContext,
  files: ModelFiles,
  { name, hash, workspace }: Model,
  isNew: boolean,
  { since, reason, existing, progress }: ApplyOptions,
): Promise<Pick<Applied, "version" | "run" | "plan">> {
  const { store } = context;
  let version = await store.models.liveVersion();
  if (isNew || version === null) {
    const { now, today } = momentOf(context, workspace.timezone);
    // written first: should the process die between the two, the replay is not forgotten
    const from = since ?? today - REPLAY_DAYS;
    await writeReplay(store, { since: from, liveFrom: today, appliedAt: now });
    version = await store.models.add({
      name,
      hash,
      source: files.source,
      messages: files.messages,
      appliedAt: now,
      by: context.actor,
      reason: reason ?? null,
      existing: existing ?? "all",
    });
  }
  const run = await runDecisions(context, progress ? { progress } : {});
  return { version, run, plan: null };
}
