import { EARLY_BUILT_INS } from "../core/facts/index.ts";
import type { Diagnostic, Model } from "../core/model/index.ts";
import { AppError } from "./app-error.ts";
import type { ModelFiles } from "./check-model.ts";
import type { CheckMessage } from "./ports/message-check.ts";

/** What messages are told beside facts. */
const DECIDED = ["today", "health", "health_band", "stage", "level"];

/** What is wrong with the message files that touchpoints of the model use. */
export function checkMessages(
  model: Model,
  files: ModelFiles,
  check: CheckMessage,
): readonly Diagnostic[] {
  const used = new Set(model.touchpoints.map(({ template }) => template));
  const names = {
    facts: [
      ...model.facts.map(({ name }) => name),
      ...EARLY_BUILT_INS.map(({ name }) => name),
      ...DECIDED,
    ],
    contactTraits: model.contactTraits.map(({ name }) => name),
  };
  return Object.entries(files.messages)
    .filter(([key]) => used.has(key.split(".")[0] ?? ""))
    .flatMap(([key, source]) => check(`messages/${key}.liquid`, source, names));
}

/** The text that a diagnostic speaks of: a message file's or the model's. */
export function sourceOf({ file }: Diagnostic, files: ModelFiles): string {
  const key = /^messages\/(.+)\.liquid$/.exec(file)?.[1];
  return (key === undefined ? undefined : files.messages[key]) ?? files.source;
}

/** A message that cannot be made would fail for every customer it is for. */
export function refuseBadMessages({ file }: ModelFiles, diagnostics: readonly Diagnostic[]): void {
  const bad = diagnostics.filter(({ severity }) => severity === "error");
  if (bad.length === 0) return;
  const places = bad.map((one) => `${one.file}:${one.line}:${one.column}: ${one.message}`);
  throw new AppError(
    "bad-message",
    `${file} was not applied: ${places.join(" ")}`,
    "Mend the message files beside the model and apply the model again.",
  );
}
