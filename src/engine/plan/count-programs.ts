import { runKey } from "../../core/schedule/touch-key.ts";
import type { Run } from "../../core/schedule/index.ts";
import type { EvaluatedChange } from "./evaluate-change.ts";
import type { ModelPlan } from "./types.ts";

type Counts = ModelPlan["programs"][number];

/** Runs of programs that begin, end, or would have begun but for `--existing new`. */
export class ProgramCounts {
  readonly #counts = new Map<string, { -readonly [K in keyof Counts]: Counts[K] }>();

  add({ before, decided }: EvaluatedChange): void {
    const { record, heldBack } = decided.result;
    const was = keys(before?.state.schedule.runs ?? []);
    const is = keys(record.state.schedule.runs);
    for (const [key, { program }] of is) if (!was.has(key)) this.#of(program).started += 1;
    for (const [key, { program }] of was) if (!is.has(key)) this.#of(program).ended += 1;
    for (const { program } of heldBack) this.#of(program).heldBack += 1;
  }

  result(): Counts[] {
    return [...this.#counts.values()].toSorted((a, b) => (a.program < b.program ? -1 : 1));
  }

  #of(program: string) {
    let counts = this.#counts.get(program);
    if (!counts) {
      counts = { program, started: 0, ended: 0, heldBack: 0 };
      this.#counts.set(program, counts);
    }
    return counts;
  }
}

function keys(runs: readonly Run[]): ReadonlyMap<string, Run> {
  return new Map(runs.map((run) => [`${runKey(run)} ${run.run}`, run]));
}
