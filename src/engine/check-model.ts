import {
  type Diagnostic,
  type Model,
  readModel,
  readModelInSteps,
  type ReadOptions,
} from "../core/model/index.ts";
import { AppError } from "./app-error.ts";
import { checkMessages } from "./check-messages.ts";
import { knownHolidays } from "./holidays.ts";
import type { CheckMessage } from "./ports/message-check.ts";

/** A model file as read from disk: its text and the message files beside it. */
export interface ModelFiles {
  readonly file: string;
  readonly source: string;
  /** `welcome.en` → text of `messages/welcome.en.liquid`. */
  readonly messages: Readonly<Record<string, string>>;
}

/** A model where it has no errors, and all that is wrong with it. */
interface Checked {
  readonly model: Model | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** All that is wrong with a model and, where `checkMessage` is given, with its messages. */
export function checkModel(files: ModelFiles, checkMessage?: CheckMessage): Checked {
  return withMessages(readModel(files.source, readOptions(files)), files, checkMessage);
}

/** As `checkModel`, in turns with whatever else there is to do. */
export async function checkModelInTurns(
  files: ModelFiles,
  takeTurns: () => Promise<void>,
  checkMessage?: CheckMessage,
): Promise<Checked> {
  const steps = readModelInSteps(files.source, readOptions(files));
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return withMessages(value, files, checkMessage);
    await takeTurns();
  }
}

function withMessages(
  { model, diagnostics }: Checked,
  files: ModelFiles,
  checkMessage: CheckMessage | undefined,
): Checked {
  const ofMessages = model && checkMessage ? checkMessages(model, files, checkMessage) : [];
  return { model, diagnostics: [...diagnostics, ...ofMessages] };
}

function readOptions({ file, messages }: ModelFiles): ReadOptions {
  return { file, messages: new Set(Object.keys(messages)), knownHolidays };
}

/** A customer must never get an empty message: automated touches need theirs before going live. */
export function refuseMissingMessages(model: Model, files: ModelFiles): void {
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

export function sameMessages(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
