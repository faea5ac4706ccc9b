import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../src/engine/ports.ts";
import { BUCKETS } from "../src/store/bucket.ts";
import type { WorkerOrder, WorkerRest, WorkerWord } from "./workers-talk.ts";

/** How often is looked whether all is done, in ms: little against the time that it takes. */
const LOOK_EVERY = 20;

export interface TeamTime {
  /** From the word to begin until the last of the work was stored. */
  readonly ms: number;
  /** Of all its processes meanwhile. */
  readonly processorMs: number;
}

/** Workers, each a process of its own, that share the buckets of one server. */
export class Team {
  readonly #workers: readonly ChildProcess[];

  private constructor(workers: readonly ChildProcess[]) {
    this.#workers = workers;
  }

  /** Resolves once each has its share. */
  static async of(store: Store, size: number, order: Omit<WorkerOrder, "id">): Promise<Team> {
    const ids = Array.from({ length: size }, (_, n) => `w${n + 1}`);
    const team = new Team(ids.map((id) => startWorker({ ...order, id })));
    await untilShared(store, size);
    return team;
  }

  async time(clockAhead: number, isDone: () => Promise<boolean>): Promise<TeamTime> {
    const start = performance.now();
    this.#tell({ clockAhead });
    while (!(await isDone())) await sleep(LOOK_EVERY);
    const ms = performance.now() - start;
    const rests = this.#workers.map(async (worker) => {
      const [rest] = (await once(worker, "message")) as [WorkerRest];
      return rest.processorMs;
    });
    this.#tell("wait");
    return { ms, processorMs: (await Promise.all(rests)).reduce((sum, own) => sum + own, 0) };
  }

  async end(): Promise<void> {
    const ended = this.#workers.map((worker) => once(worker, "exit"));
    this.#tell("stop");
    await Promise.all(ended);
  }

  #tell(word: WorkerWord): void {
    for (const worker of this.#workers) worker.send(word);
  }
}

function startWorker(order: WorkerOrder): ChildProcess {
  return fork(new URL("workers-child.ts", import.meta.url), [JSON.stringify(order)], {
    execArgv: ["--import", "tsx"],
  });
}

/** Those who came first let go of some as the next ones show themselves: a few seconds. */
async function untilShared(store: Store, size: number): Promise<void> {
  for (;;) {
    const live = await store.leases.workers(Date.now());
    const isEven = live.every(({ buckets }) => Math.abs(buckets - BUCKETS / size) < 1);
    if (live.length === size && isEven) return;
    await sleep(LOOK_EVERY);
  }
}
