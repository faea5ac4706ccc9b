import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { FastifyBaseLogger } from "fastify";
import { openChannels } from "../deliver/open-channels.ts";
import type { Channels, Store } from "../engine/ports.ts";
import type { Settings } from "../engine/settings.ts";
import { Worker } from "../engine/worker.ts";
import { allJobs } from "./compose-jobs.ts";
import { measured } from "./job-metrics.ts";
import type { Metrics } from "./metrics.ts";

export interface WorkerParts {
  readonly store: Store;
  readonly settings: Settings;
  readonly clock: () => number;
  readonly metrics: Metrics;
  readonly log: FastifyBaseLogger;
}

export interface Working {
  readonly id: string;
  readonly channels: Channels;
  readonly worker: Worker;
  /** Finishes what is claimed, then closes the channels. False: something did not end in time. */
  stop(): Promise<boolean>;
}

/** A worker with all its jobs over an open store; not started yet. */
export function composeWorker({ store, settings, clock, metrics, log }: WorkerParts): Working {
  const channels = openChannels(settings);
  // unlike any other's, also when containers share a host name and process number
  const id = `${hostname()}-${process.pid}-${randomBytes(4).toString("hex")}`;
  const worker = new Worker({
    context: { store, clock, actor: null },
    id,
    jobs: measured(allJobs(settings, channels), metrics.registry),
    onError: (job, err) => log.error({ job, err }, "a job of the worker failed"),
    details: { host: hostname(), process: process.pid },
  });
  return {
    id,
    channels,
    worker,
    async stop() {
      const isEnded = await worker.stop();
      await Promise.all([...channels.values()].map((channel) => channel.close()));
      return isEnded;
    },
  };
}

/** Channels that cannot reach anybody yet, and what is missing. */
export function notSetUp(
  channels: Channels,
): { readonly channel: string; readonly missing: string }[] {
  return [...channels.values()].flatMap(({ name, missing }) =>
    missing === null ? [] : [{ channel: name, missing }],
  );
}
