import type { Diagnostic } from "./diagnostic.ts";
import type { Model } from "./types.ts";

export interface ReadOptions {
  /** The file's name as diagnostics show it. */
  readonly file: string;
  /** `<template>.<locale>` of every message file beside the model; undefined: not checked. */
  readonly messages?: ReadonlySet<string>;
  /** Whether a `holidays` code (`MY`, `DE-BY`) has a calendar; undefined: not checked. */
  readonly knownHolidays?: (code: string) => boolean;
  /** Hours that all people together have in a week; undefined: not checked. */
  readonly team?: { readonly hoursPerWeek: number };
}

export interface ReadResult {
  /** Undefined when any diagnostic is an error. */
  readonly model: Model | undefined;
  /** All problems at once, in the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads and checks a touch model. Pure, and never throws on what a person wrote: every
 * problem is a Diagnostic at its own line and column.
 */
export function readModel(_text: string, options: ReadOptions): ReadResult {
  const diagnostic: Diagnostic = {
    code: "yaml-syntax",
    severity: "error",
    message: "the reader is being built",
    file: options.file,
    line: 1,
    column: 1,
    end_column: 2,
  };
  return { model: undefined, diagnostics: [diagnostic] };
}
