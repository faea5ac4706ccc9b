import { useEffect, useMemo, useRef, useState } from "react";
import type { Diagnostic, Model } from "../../../../src/core/model/index.ts";
import type { CheckAsked, Checked } from "./check-worker.ts";

export interface CheckedFiles {
  /** The last one that could be read: what the views show. null: there was none yet. */
  readonly model: Model | null;
  /** The text that it was read from. */
  readonly modelSource: string;
  readonly diagnostics: readonly Diagnostic[];
  /** What is written now has errors: the views show what was before. */
  readonly isBroken: boolean;
  /** The text has changed since it was last checked. */
  readonly isBehind: boolean;
  readonly schema: unknown;
}

interface LastCheck extends Omit<CheckedFiles, "isBehind"> {
  readonly checkedSource: string | null;
}

const NOTHING: LastCheck = {
  model: null,
  modelSource: "",
  diagnostics: [],
  isBroken: false,
  schema: null,
  checkedSource: null,
};

/** While somebody types, the check waits for a breath. */
const BREATH_MS = 120;

/** Checks the model as it is typed, with the very checks that the server makes, in a thread of its own. */
export function useChecked(source: string, messages: readonly string[]): CheckedFiles {
  const worker = useRef<Worker | null>(null);
  const asked = useRef(0);
  const [checked, setChecked] = useState(NOTHING);
  useEffect(() => {
    const started = new Worker(new URL("./check-worker.ts", import.meta.url), { type: "module" });
    worker.current = started;
    started.addEventListener("message", ({ data }: MessageEvent<Checked>) => {
      if (data.id === asked.current) setChecked((before) => next(before, data));
    });
    return () => {
      started.terminate();
      worker.current = null;
    };
  }, []);
  const names = JSON.stringify(messages);
  useEffect(() => {
    const id = ++asked.current;
    if (source === "") return undefined;
    const ask = (): void => {
      const one: CheckAsked = { id, source, messages: JSON.parse(names) as string[] };
      worker.current?.postMessage(one);
    };
    const waiting = setTimeout(ask, id === 1 ? 0 : BREATH_MS);
    return () => {
      clearTimeout(waiting);
    };
  }, [source, names]);
  return useMemo(
    () => ({ ...checked, isBehind: checked.checkedSource !== source }),
    [checked, source],
  );
}

function next(before: LastCheck, { model, source, diagnostics, schema }: Checked): LastCheck {
  return {
    model: model ?? before.model,
    modelSource: model ? source : before.modelSource,
    diagnostics,
    isBroken: model === null,
    checkedSource: source,
    schema: schema ?? before.schema,
  };
}
