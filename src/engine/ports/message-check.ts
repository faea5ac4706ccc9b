import type { Diagnostic } from "../../core/model/index.ts";

/** The names that a model gives to its messages. */
export interface MessageNames {
  readonly facts: readonly string[];
  /** Traits that it declares; contacts may have others. */
  readonly contactTraits: readonly string[];
}

/** What is wrong with a message file, as far as that can be told without a receiver. */
export type CheckMessage = (
  file: string,
  source: string,
  names: MessageNames,
) => readonly Diagnostic[];
