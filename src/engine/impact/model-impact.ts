import { Evaluator } from "../../core/account/evaluate-accounts.ts";
import { frameOf } from "../../core/allocate/frame.ts";
import { compileModel } from "../../core/decide/index.ts";
import { diffModels } from "../../core/model/diff/index.ts";
import type { Model } from "../../core/model/index.ts";
import { AppError } from "../app-error.ts";
import { readMembers } from "../capacity/read-book.ts";
import { type ModelFiles, checkModelInTurns } from "../check-model.ts";
import type { EngineContext } from "../context.ts";
import { workspaceCalendar } from "../holidays.ts";
import { type LiveModel, liveModel, momentOf } from "../live-model.ts";
import { WEEKS } from "../plan/count-messages.ts";
import type { Existing } from "../plan/types.ts";
import type { Store } from "../ports.ts";
import { sideBySide } from "./count-work.ts";
import { evaluateSome } from "./evaluate-some.ts";
import { keptBook } from "./kept-book.ts";
import { sortBook } from "./sort-book.ts";
import { takeTurns } from "./take-turns.ts";
import type { ModelImpact } from "./types.ts";

export interface ImpactOptions {
  readonly existing?: Existing;
  /** Enough was worked out touch by touch: the rest is estimated. Left out: all of it is. */
  readonly isEnough?: () => boolean;
  /** Aborted where nobody wants the answer any more. */
  readonly signal?: AbortSignal;
}

/**
 * What going live with a model would change, as fast as somebody types. The whole book is decided
 * by both models in columns, from what its stored decisions hold; whoever that moves is evaluated
 * as the plan does it, as many as there is time for.
 */
export async function modelImpact(
  context: EngineContext,
  files: ModelFiles,
  options: ImpactOptions = {},
): Promise<ModelImpact> {
  const { signal, existing = "all" } = options;
  const { model } = await checkModelInTurns(files, () => takeTurns(signal));
  if (!model) {
    throw new AppError(
      "invalid-model",
      "The model has errors, so nothing can be said of what it would change.",
      "POST /api/models/validate shows them all.",
    );
  }
  await takeTurns(signal);
  const live = await compiledLive(context);
  const book = await keptBook(context).read();
  await takeTurns(signal);
  const target = asTarget(context, files, model, live);
  const { today } = momentOf({ clock: () => book.asOf }, live.model.workspace.timezone);
  const sorted = await sortBook(book.pages, { live, target, today, existing }, signal);
  const { workspace } = target.model;
  const frame = frameOf(today, WEEKS, workspaceCalendar(workspace), workspace);
  const change = { live, target, frame, existing };
  const { moves, work, evaluated, exact } = await evaluateSome(context, change, sorted, options);
  const { before, after, touches } = work.result();
  const team = await readMembers(context);
  await takeTurns(signal);
  const changes = diffModels(live.model, target.model);
  await takeTurns(signal);
  return {
    asOf: book.asOf,
    isBehind: book.isBehind,
    today,
    live: { version: live.stored.version, name: live.stored.name },
    changes,
    ...moves.result(),
    touches,
    ...sideBySide(frame, before, after, team),
    affected: sorted.affected.length,
    evaluated,
    exact,
  };
}

const LIVE = new WeakMap<Store, LiveModel>();

/** Compiled once for each version. */
async function compiledLive(context: EngineContext): Promise<LiveModel> {
  const known = LIVE.get(context.store);
  const version = await context.store.models.liveVersion();
  if (known && known.stored.version === version) return known;
  const live = await liveModel(context);
  LIVE.set(context.store, live);
  return live;
}

function asTarget(
  context: EngineContext,
  { source, messages }: ModelFiles,
  model: Model,
  live: LiveModel,
): LiveModel {
  const { workspace } = model;
  return {
    stored: {
      name: model.name,
      hash: model.hash,
      source,
      messages,
      version: live.stored.version + 1,
      appliedAt: context.clock(),
      by: context.actor,
      reason: null,
      parent: live.stored.version,
      existing: "all",
    },
    model,
    // read once: reading takes longer than anything else here
    evaluator: new Evaluator(compileModel(model), workspaceCalendar(workspace)),
    moment: () => momentOf(context, workspace.timezone),
  };
}
