import { diffModels } from "../../core/model/diff/index.ts";
import type { Diagnostic, Model } from "../../core/model/index.ts";
import type { Day } from "../../core/time/day.ts";
import { AppError } from "../app-error.ts";
import { checkModel, type ModelFiles } from "../check-model.ts";
import { readMembers } from "../capacity/read-book.ts";
import type { EngineContext, Progress } from "../context.ts";
import { compileRead, type LiveModel, momentOf, readStored } from "../live-model.ts";
import { findMisfits, type Misfit } from "../misfits.ts";
import type { StoredModel } from "../ports.ts";
import type { CheckMessage } from "../ports/message-check.ts";
import { readReplay } from "../replay.ts";
import { type ChangeOptions, evaluateChange, type EvaluatedChange } from "./evaluate-change.ts";
import { UnchangedFinder } from "./find-unchanged.ts";
import { PlanFold } from "./fold-plan.ts";
import { findProblems, readAllowed } from "./problems.ts";
import { Renewals } from "./renewals.ts";
import type { Existing, ModelPlan } from "./types.ts";

export interface PlanOptions {
  /** Default: all. */
  readonly existing?: Existing;
  /** Codes of problems to accept. */
  readonly allow?: readonly string[];
  /** Of a first model: from which day on each is decided; default: the last 90. */
  readonly since?: Day;
  readonly progress?: Progress;
  /** Left out: messages are not looked at. */
  readonly checkMessage?: CheckMessage;
  /** Also those of which it is known without that nothing changes: the plan is the same. */
  readonly evaluateAll?: boolean;
  /** Going live with it: gets every evaluation that the plan is made of, ready to be stored. */
  readonly onEvaluated?: (
    batch: readonly EvaluatedChange[],
    change: { readonly target: LiveModel; readonly live: LiveModel | null },
  ) => Promise<void>;
}

const REPLAY_DAYS = 90;

/**
 * What going live with a model would change, by the evaluations that going live would store.
 * Nothing is written. AppError `invalid-model`, and `bad-value` for a code that is none.
 */
export async function planModel(
  context: EngineContext,
  files: ModelFiles,
  options: PlanOptions = {},
): Promise<ModelPlan> {
  const allowed = readAllowed(options.allow ?? []);
  const { model, diagnostics } = checkModel(files, options.checkMessage);
  if (!model) {
    throw new AppError(
      "invalid-model",
      `${files.file} has errors and cannot be planned.`,
      "`touchstone validate` shows them all.",
    );
  }
  const { store } = context;
  const stored = await store.models.live();
  const read = stored && readStored(stored);
  const live = read && compileRead(context, stored, read.model);
  const now = context.clock();
  const existing = options.existing ?? "all";
  const { next } = await store.changes.head();
  const target = targetOf(context, files, model, stored, existing, next);
  const { today } = momentOf({ clock: () => now }, model.workspace.timezone);
  const models = { live: live?.model ?? null, target: target.model };
  const fold = new PlanFold(models, await readMembers(context), today);
  const change: ChangeOptions = {
    live,
    existing,
    now,
    isOnlyShown: options.onEvaluated === undefined,
    replay: live
      ? await readReplay(store)
      : { since: options.since ?? today - REPLAY_DAYS, liveFrom: today, appliedAt: now },
    ...(options.progress ? { progress: options.progress } : {}),
  };
  const isWhole = options.evaluateAll === true || options.onEvaluated !== undefined;
  const ids =
    live && !isWhole ? await foldUnchanged(context, fold, change, target, live) : undefined;
  const some = ids ? { ...change, ids } : change;
  for await (const batch of evaluateChange(context, target, some)) {
    await options.onEvaluated?.(batch, { target, live });
    for (const one of batch) fold.addChange(one);
  }
  const { leftAlone, soon, ...folded } = fold.result();
  const messageFiles = compareMessages(stored?.messages ?? {}, files.messages);
  return {
    madeAt: now,
    today,
    model: { name: model.name, hash: model.hash },
    live: stored && { version: stored.version, name: stored.name, hash: stored.hash },
    existing,
    isSame: stored?.hash === model.hash && isNone(messageFiles),
    changes: live ? diffModels(live.model, target.model) : [],
    messageFiles,
    ...folded,
    problems: findProblems(
      {
        hours: folded.hours,
        isFirst: live === null,
        impossible: {
          before: read?.diagnostics.filter(isTight) ?? [],
          after: diagnostics.filter(isTight),
        },
        leftAlone,
        messages: folded.messages,
        soon,
        misfits: await newMisfits(context, models.live, target.model),
        currency: {
          before: models.live?.workspace.currency ?? null,
          after: target.model.workspace.currency,
        },
      },
      allowed,
    ),
  };
}

/** Adds the accounts of which nothing changes; answers the ids of the others. */
async function foldUnchanged(
  { store }: EngineContext,
  fold: PlanFold,
  { existing, now }: ChangeOptions,
  target: LiveModel,
  live: LiveModel,
): Promise<readonly string[]> {
  const { today } = momentOf({ clock: () => now }, live.model.workspace.timezone);
  const renewals = new Renewals(live.model, target.model);
  const finder = new UnchangedFinder(live, target, today, existing, renewals);
  const ids: string[] = [];
  for await (const page of store.reading.wholeBook(renewals.touchpoints)) {
    const sorted = finder.sort(page);
    for (const { account, changes } of sorted.renewed) fold.addRenewed(account, changes);
    for (const account of sorted.same) fold.addSame(account);
    for (const id of sorted.ids) ids.push(id);
  }
  return ids;
}

/** The model as the version that it would be. */
function targetOf(
  context: EngineContext,
  files: ModelFiles,
  model: Model,
  live: StoredModel | null,
  existing: Existing,
  version: number,
): LiveModel {
  const stored: StoredModel = {
    version,
    name: model.name,
    hash: model.hash,
    source: files.source,
    messages: files.messages,
    appliedAt: context.clock(),
    by: context.actor,
    reason: null,
    parent: live?.version ?? null,
    existing,
  };
  return compileRead(context, stored, model);
}

function compareMessages(
  before: StoredModel["messages"],
  after: StoredModel["messages"],
): ModelPlan["messageFiles"] {
  const names = Object.keys(after).toSorted();
  return {
    added: names.filter((name) => before[name] === undefined),
    changed: names.filter((name) => before[name] !== undefined && before[name] !== after[name]),
    removed: Object.keys(before)
      .filter((name) => after[name] === undefined)
      .toSorted(),
  };
}

function isNone({ added, changed, removed }: ModelPlan["messageFiles"]): boolean {
  return added.length + changed.length + removed.length === 0;
}

/** A program that the caps do not let send what it plans. */
function isTight({ code }: Diagnostic): boolean {
  return code === "caps-too-tight";
}

/** Values that the new model refuses and the live one takes. */
async function newMisfits(
  context: EngineContext,
  live: Model | null,
  target: Model,
): Promise<readonly Misfit[]> {
  if (live && typesText(live) === typesText(target)) return [];
  const known = new Set((live ? await findMisfits(context, live) : []).map(textOf));
  return (await findMisfits(context, target)).filter((misfit) => !known.has(textOf(misfit)));
}

function textOf({ of, trait, expected }: Misfit): string {
  return JSON.stringify([of, trait, expected]);
}

function typesText({ facts, contactTraits, workspace }: Model): string {
  const ofFacts = facts.flatMap(({ source, type }) =>
    source.kind === "trait" ? [[source.trait, type]] : [],
  );
  const ofContacts = contactTraits.map(({ trait, type }) => [trait, type]);
  return JSON.stringify([ofFacts, ofContacts, workspace.timezone]);
}
