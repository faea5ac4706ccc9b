import { setMaxListeners } from "node:events";
import type { Json } from "../core/facts/types.ts";
import type { Instant } from "../core/time/day.ts";
import { BucketLeases } from "./bucket-leases.ts";
import type { EngineContext } from "./context.ts";
import { LiveBook } from "./live-book.ts";
import { ModelInForce } from "./model-in-force.ts";
import type { TroubledAccount } from "./troubled-accounts.ts";
import type { WorkContext, WorkerJob } from "./worker-job.ts";
import { realTimers, type Timers } from "./worker-timers.ts";

export interface WorkerOptions {
  readonly context: EngineContext;
  /** Of this worker, unlike any other's. */
  readonly id: string;
  readonly jobs: readonly WorkerJob[];
  readonly timers?: Timers;
  /** Told of everything that a job throws. */
  readonly onError?: (job: string, error: unknown) => void;
  /** What others may read about it (`doctor`): host, process. */
  readonly details?: { readonly [key: string]: Json };
}

export interface JobStatus {
  readonly name: string;
  /** How often it has failed in a row. */
  readonly failures: number;
  readonly error: string | null;
  readonly lastRun: Instant | null;
}

export interface WorkerStatus {
  readonly id: string;
  /** How many buckets it looks after; null: all. */
  readonly buckets: number | null;
  readonly jobs: readonly JobStatus[];
  readonly troubled: readonly TroubledAccount[];
}

interface JobState {
  readonly job: WorkerJob;
  failures: number;
  error: string | null;
  lastRun: Instant | null;
  isWoken: boolean;
  /** Ends the pause that the job is in. */
  wake: () => void;
}

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 15_000;
const STOP_WITHIN_MS = 20_000;
/** A worker's jobs give each other work; this often is without an end. */
const MOST_ROUNDS = 100_000;

/**
 * Does the jobs of a running Touchstone, each again and again and never twice at once, over the
 * buckets of accounts that it holds. Several may run against one server.
 */
export class Worker {
  readonly work: WorkContext;
  readonly #options: WorkerOptions;
  readonly #timers: Timers;
  readonly #leases: BucketLeases;
  readonly #jobs: readonly JobState[];
  readonly #stopping = new AbortController();
  #loops: Promise<unknown> | undefined;

  constructor(options: WorkerOptions) {
    const { context, id, timers = realTimers, jobs } = options;
    this.#options = options;
    this.#timers = timers;
    this.#leases = new BucketLeases(context, id);
    // each job waits for it
    setMaxListeners(jobs.length + 10, this.#stopping.signal);
    this.#jobs = jobs.map((job) => ({
      job,
      failures: 0,
      error: null,
      lastRun: null,
      isWoken: false,
      wake: () => undefined,
    }));
    const model = new ModelInForce(context);
    this.work = {
      context,
      worker: id,
      book: new LiveBook(context.store),
      live: () => model.get(),
      buckets: () => this.#leases.buckets(),
      signal: this.#stopping.signal,
      wake: (job) => this.wake(job),
    };
  }

  start(): void {
    this.#loops ??= Promise.all([
      this.#keepLeases(),
      ...this.#jobs.map((state) => this.#repeat(state)),
    ]);
  }

  /** There may be something for a job (or for all): it need not wait for its time. */
  wake(job?: string): void {
    for (const state of this.#jobs) {
      if (job !== undefined && state.job.name !== job) continue;
      state.isWoken = true;
      state.wake();
    }
  }

  /** Finishes what is claimed and lets go of the buckets. False: something did not end in time. */
  async stop(withinMs = STOP_WITHIN_MS): Promise<boolean> {
    this.#stopping.abort();
    const late = new AbortController();
    const ended = (this.#loops ?? Promise.resolve()).then(() => true);
    const isEnded = await Promise.race([
      ended,
      this.#timers.sleep(withinMs, late.signal).then(() => false),
    ]);
    late.abort();
    if (isEnded) await this.#leases.giveBack();
    return isEnded;
  }

  /** For simulated time: one sign of life, then every job until none has anything left to do now. */
  async drain(): Promise<number> {
    await this.#leases.renew(this.#details());
    let all = 0;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      let done = 0;
      for (const state of this.#jobs) done += (await this.#run(state)) ?? 0;
      if (done === 0) return all;
      all += done;
    }
    throw new Error(`the worker's jobs found no end of work in ${MOST_ROUNDS} rounds`);
  }

  status(): WorkerStatus {
    return {
      id: this.#options.id,
      buckets: this.#leases.buckets()?.length ?? null,
      jobs: this.#jobs.map(({ job, failures, error, lastRun }) => ({
        name: job.name,
        failures,
        error,
        lastRun,
      })),
      troubled: this.#jobs.flatMap(({ job }) => job.troubled?.() ?? []),
    };
  }

  async #repeat(state: JobState): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      state.isWoken = false;
      const done = await this.#run(state);
      if (done === undefined) await this.#timers.sleep(backoff(state.failures), this.work.signal);
      else if (done === 0) await this.#pause(state);
      else await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** How much was done; undefined: it failed. */
  async #run(state: JobState): Promise<number | undefined> {
    try {
      const done = await state.job.run(this.work);
      state.failures = 0;
      state.error = null;
      return done;
    } catch (error) {
      state.failures += 1;
      state.error = error instanceof Error ? error.message : String(error);
      this.#options.onError?.(state.job.name, error);
      return undefined;
    } finally {
      state.lastRun = this.work.context.clock();
    }
  }

  /** Until its time has come or somebody wakes it. */
  async #pause(state: JobState): Promise<void> {
    const { signal } = this.#stopping;
    if (state.isWoken || signal.aborted) return;
    const awake = new AbortController();
    const end = (): void => awake.abort();
    state.wake = end;
    signal.addEventListener("abort", end);
    await this.#timers.sleep(state.job.every, awake.signal);
    signal.removeEventListener("abort", end);
    state.wake = () => undefined;
  }

  async #keepLeases(): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      try {
        const had = this.#leases.buckets()?.length;
        await this.#leases.renew(this.#details());
        failures = 0;
        if (this.#leases.buckets()?.length !== had) this.wake();
      } catch (error) {
        failures += 1;
        this.#options.onError?.("leases", error);
      }
      const wait = failures > 0 ? backoff(failures) : this.#leases.every;
      await this.#timers.sleep(Math.min(wait, this.#leases.every), this.work.signal);
    }
  }

  #details(): Json {
    const { jobs, troubled } = this.status();
    return {
      ...this.#options.details,
      failing: jobs.flatMap(({ name, error }) => (error === null ? [] : [{ job: name, error }])),
      troubled: troubled.slice(0, 20).map((one) => ({ ...one })),
    };
  }
}

function backoff(failures: number): number {
  return Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.max(0, failures - 1));
}
