import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";

/** What this process counts as it happens. What stands in the database is read when it is asked for. */
export interface Metrics {
  readonly registry: Registry;
  /** Messages that came in, by kind (`track`, `identify` …) and by what became of them (`new`, `known`, `held`, `refused`). */
  readonly ingested: Counter<"kind" | "outcome">;
  readonly requests: Histogram<"method" | "route" | "status">;
}

/** `ofProcess`: memory, processor time and event loop too, as a server of its own wants them. */
export function newMetrics({ ofProcess }: { readonly ofProcess: boolean }): Metrics {
  const registry = new Registry();
  if (ofProcess) collectDefaultMetrics({ register: registry, prefix: "touchstone_" });
  return {
    registry,
    ingested: new Counter({
      name: "touchstone_ingested_messages_total",
      help: "Messages that came in by /v1, by kind and what became of them.",
      labelNames: ["kind", "outcome"],
      registers: [registry],
    }),
    requests: new Histogram({
      name: "touchstone_http_request_seconds",
      help: "Time from a request to its answer, by route and status.",
      labelNames: ["method", "route", "status"],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    }),
  };
}
