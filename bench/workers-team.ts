import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../src/engine/ports.ts";
import { BUCKETS } from "../src/store/bucket.ts";
import type { WorkerAnswer, WorkerOrder, WorkerWord } from "./workers-talk.ts";

/** How often is looked whether all is done, in ms: little against the time that it takes. */
const LOOK_EVERY = 20;

export interface TeamTime {
  /** From the word to begin until the last of the work was stored. */
  readonly ms: number;
  /** Of all its processes meanwhile. */
  readonly processorMs: number;
}

/** Worker processes that live for the whole run, so that their code is compiled when it counts. */
export class Crew {
  readonly #store: Store;
  readonly #processes: readonly ChildProcess[];

  constructor(store: Store, size: number, order: Omit<WorkerOrder, "id">) {
    this.#store = store;
    this.#processes = Array.from({ length: size }, (_, n) =>
      startWorker({ ...order, id: `w${n + 1}` }),
    );
  }

  /** So many of them share the buckets; resolves once each has its share. */
  async team(size: number): Promise<Team> {
    const team = new Team(this.#processes.slice(0, size));
    await team.join(this.#store);
    return team;
  }

  async end(): Promise<void> {
    const ended = this.#processes.map((worker) => once(worker, "exit"));
    tell(this.#processes, "end");
    await Promise.all(ended);
  }
}

/** Those of them that share the buckets for now; each begins without knowing any account. */
export class Team {
  readonly #workers: readonly ChildProcess[];

  constructor(workers: readonly ChildProcess[]) {
    this.#workers = workers;
  }

  /** Those who came first let go of some as the next ones show themselves. */
  async join(store: Store): Promise<void> {
    tell(this.#workers, "join");
    const size = this.#workers.length;
    for (;;) {
      const live = await store.leases.workers(Date.now());
      const isEven = live.every(({ buckets }) => Math.abs(buckets - BUCKETS / size) < 1);
      if (live.length === size && isEven) return;
      await sleep(LOOK_EVERY);
    }
  }

  async time(clockAhead: number, isDone: () => Promise<boolean>): Promise<TeamTime> {
    const start = performance.now();
    tell(this.#workers, { clockAhead });
    while (!(await isDone())) await sleep(LOOK_EVERY);
    const ms = performance.now() - start;
    const rests = await this.#ask("wait");
    const own = rests.map((rest) => (rest === "left" ? 0 : rest.processorMs));
    return { ms, processorMs: own.reduce((sum, one) => sum + one, 0) };
  }

  async leave(): Promise<void> {
    await this.#ask("leave");
  }

  async #ask(word: WorkerWord): Promise<WorkerAnswer[]> {
    const answers = this.#workers.map(async (worker) => {
      const [answer] = (await once(worker, "message")) as [WorkerAnswer];
      return answer;
    });
    tell(this.#workers, word);
    return Promise.all(answers);
  }
}

function tell(workers: readonly ChildProcess[], word: WorkerWord): void {
  for (const worker of workers) worker.send(word);
}

function startWorker(order: WorkerOrder): ChildProcess {
  return fork(new URL("workers-child.ts", import.meta.url), [JSON.stringify(order)], {
    execArgv: ["--import", "tsx"],
  });
}
