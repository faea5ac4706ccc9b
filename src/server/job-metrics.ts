import { Counter, Histogram, type Registry } from "prom-client";
import type { WorkerJob } from "../engine/worker-job.ts";

/** The same jobs, their runs counted and timed. */
export function measured(jobs: readonly WorkerJob[], registry: Registry): WorkerJob[] {
  const done = new Counter({
    name: "touchstone_job_done_total",
    help: "Pieces of work done by each of the worker's jobs: accounts decided, touches claimed, …",
    labelNames: ["job"],
    registers: [registry],
  });
  const failed = new Counter({
    name: "touchstone_job_failures_total",
    help: "Runs of a job that ended in an error.",
    labelNames: ["job"],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "touchstone_job_seconds",
    help: "How long a run took that had something to do.",
    labelNames: ["job"],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 5, 20],
    registers: [registry],
  });
  return jobs.map((job) => ({
    ...job,
    // a job may change it
    get every() {
      return job.every;
    },
    async run(work) {
      const labels = { job: job.name };
      const end = seconds.startTimer(labels);
      try {
        const count = await job.run(work);
        if (count > 0) {
          end();
          done.inc(labels, count);
        }
        return count;
      } catch (error) {
        failed.inc(labels);
        throw error;
      }
    },
  }));
}
