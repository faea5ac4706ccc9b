import { z } from "zod";
import {
  type Diagnostic,
  type Model,
  modelSchema,
  readModel,
} from "../../../../src/core/model/index.ts";

// the page's policy forbids code made from text
z.config({ jitless: true });

export interface CheckAsked {
  readonly id: number;
  readonly source: string;
  /** Names such as `welcome.en`. */
  readonly messages: readonly string[];
}
export interface Checked {
  readonly id: number;
  readonly source: string;
  readonly model: Model | null;
  readonly diagnostics: readonly Diagnostic[];
  /** With the first answer: what the file may hold. */
  readonly schema?: unknown;
}

let isFirst = true;

addEventListener("message", (event: MessageEvent<CheckAsked>) => {
  const { id, source, messages } = event.data;
  const { model, diagnostics } = readModel(source, {
    file: "model.yaml",
    messages: new Set(messages),
  });
  const checked: Checked = {
    id,
    source,
    diagnostics,
    model: model ?? null,
    ...(isFirst ? { schema: modelSchema() } : {}),
  };
  isFirst = false;
  postMessage(checked);
});
