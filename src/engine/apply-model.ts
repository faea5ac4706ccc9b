import { type Diagnostic, type Model, readModel } from "../core/model/index.ts";
import type { Day } from "../core/time/day.ts";
import { AppError } from "./app-error.ts";
import { checkMessages, refuseBadMessages } from "./check-messages.ts";
import type { EngineContext, Progress } from "./context.ts";
import { knownHolidays } from "./holidays.ts";
import { momentOf } from "./live-model.ts";
import type { CheckMessage } from "./ports/message-check.ts";
import { findMisfits, type Misfit } from "./misfits.ts";
import { writeReplay } from "./replay.ts";
import { runDecisions } from "./run-decisions.ts";
import type { DecisionRun } from "./run-tally.ts";

/** A model file as read from disk: its text and the message files beside it. */
export interface ModelFiles {
  readonly file: string;
  readonly source: string;
  /** `welcome.en` → text of `messages/welcome.en.liquid`. */
  readonly messages: Readonly<Record<string, string>>;
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
}

export interface ApplyOptions {
  readonly since?: Day;
  readonly reason?: string;
  readonly progress?: Progress;
  /** Left out: messages are not looked at before they are sent. */
  readonly checkMessage?: CheckMessage;
}

/** How far back the first model looks when nobody says otherwise. */
const REPLAY_DAYS = 90;

/** All that is wrong with a model and, where `checkMessage` is given, with its messages. */
export function checkModel(
  files: ModelFiles,
  checkMessage?: CheckMessage,
): {
  model: Model | undefined;
  diagnostics: readonly Diagnostic[];
} {
  const { model, diagnostics } = readModel(files.source, {
    file: files.file,
    messages: new Set(Object.keys(files.messages)),
    knownHolidays,
  });
  const ofMessages = model && checkMessage ? checkMessages(model, files, checkMessage) : [];
  return { model, diagnostics: [...diagnostics, ...ofMessages] };
}

/**
 * Makes a model live and brings all decisions up to date by it. The book's first model decides
 * the last 90 days (or those since `since`) one by one; a later one takes effect today.
 */
export async function applyModel(
  context: EngineContext,
  files: ModelFiles,
  options: ApplyOptions = {},
): Promise<Applied> {
  const { model, diagnostics } = checkModel(files, options.checkMessage);
  if (!model) throw new AppError("invalid-model", `${files.file} has errors and was not applied.`);
  refuseMissingMessages(model, files);
  refuseBadMessages(files, diagnostics);
  const { store } = context;
  const live = await store.models.live();
  const isNew = live?.hash !== model.hash || !sameMessages(live.messages, files.messages);
  let version = live?.version ?? 0;
  if (isNew) {
    const { now, today } = momentOf(context, model.workspace.timezone);
    // written first: should the process die between the two, the replay is not forgotten
    if (!live)
      await writeReplay(store, {
        since: options.since ?? today - REPLAY_DAYS,
        liveFrom: today,
        appliedAt: now,
      });
    version = await store.models.add({
      name: model.name,
      hash: model.hash,
      source: files.source,
      messages: files.messages,
      appliedAt: now,
      by: context.actor,
      reason: options.reason ?? null,
    });
  }
  const run = await runDecisions(context, {
    ...(options.progress ? { progress: options.progress } : {}),
    ...(live ? { cause: "model" as const } : {}),
  });
  return {
    version,
    model,
    isNew,
    warnings: diagnostics.filter(({ severity }) => severity === "warning"),
    misfits: await findMisfits(context, model),
    run,
  };
}

/** A customer must never get an empty message: automated touches need theirs before going live. */
function refuseMissingMessages(model: Model, files: ModelFiles): void {
  const written = new Set(Object.keys(files.messages).map((name) => name.split(".")[0]));
  const missing = model.touchpoints.filter(
    ({ human, channel, template }) =>
      !human &&
      channel !== "webhook" &&
      channel !== "task" &&
      (template === undefined || !written.has(template)),
  );
  if (missing.length === 0) return;
  const names = missing.map(({ name, template }) =>
    template === undefined
      ? `${name} (names no template)`
      : `${name} (messages/${template}.en.liquid)`,
  );
  throw new AppError(
    "missing-message",
    `${files.file} was not applied: ${missing.length === 1 ? "an automated touchpoint has" : "automated touchpoints have"} no message: ${names.join(", ")}.`,
    "Write each as messages/<template>.<locale>.liquid beside the model, first line `subject: …`.",
  );
}

function sameMessages(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
