import { performance } from "node:perf_hooks";
import type { EngineContext } from "../src/engine/context.ts";
import { applyModel } from "../src/engine/apply-model.ts";
import { liveModel } from "../src/engine/live-model.ts";
import { listAccountsThen } from "../src/engine/looking-back/list-accounts-then.ts";
import { PROBLEM_CODES } from "../src/engine/plan/problems.ts";
import { CHANGES } from "./plan-changes.ts";
import { fourTiers } from "./plan-book.ts";

export interface AppliedFigures {
  readonly what: string;
  readonly ms: number;
  /** Of it the transaction in which everybody else waits. */
  readonly lockedMs: number;
  /** `accounts --at` of the day itself and of the one before. */
  readonly atTodayMs: number;
  readonly atDayBeforeMs: number;
  /** The most memory that the process had, in megabytes. */
  readonly peakMb: number;
}

/** Goes live with the last change that was planned, then looks back over the whole book. */
export async function measureApply(
  context: EngineContext,
  say: (text: string) => void,
): Promise<AppliedFigures> {
  const [what = "", find = "", put = ""] = CHANGES.at(-1) ?? [];
  const files = await fourTiers();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 200);
  const locked = { ms: 0 };
  const source = files.source.replace(find, put);
  const allow = Object.keys(PROBLEM_CODES);
  const ms = await took(() => applyModel(timing(context, locked), { ...files, source }, { allow }));
  say(`live with ${what}: ${ms} ms, of them ${locked.ms} ms in the transaction`);
  const { today } = (await liveModel(context)).moment();
  const atTodayMs = await took(() => listAccountsThen(context, today, { limit: 100 }));
  say(`accounts of today: ${atTodayMs} ms`);
  const atDayBeforeMs = await took(() => listAccountsThen(context, today - 1, { limit: 100 }));
  say(`accounts of the day before: ${atDayBeforeMs} ms`);
  clearInterval(watch);
  return {
    what,
    ms,
    lockedMs: locked.ms,
    atTodayMs,
    atDayBeforeMs,
    peakMb: Math.round(peak / 1_048_576),
  };
}

/** The same, with the time that the change's own transaction takes taken down. */
function timing(context: EngineContext, locked: { ms: number }): EngineContext {
  const { store } = context;
  const { changes } = store;
  const make: typeof changes.make = async (...change) => {
    const start = performance.now();
    const made = await changes.make(...change);
    locked.ms += Math.round(performance.now() - start);
    return made;
  };
  return { ...context, store: { ...store, changes: { ...changes, make } } };
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round(performance.now() - start);
}
