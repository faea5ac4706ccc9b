import ipaddr from "ipaddr.js";
import { z } from "zod";
import { DatabaseMetrics } from "../database-metrics.ts";
import { GaugeCache } from "../gauge-cache.ts";
import { HttpProblem } from "../http-problem.ts";
import { answers, problemSchema } from "../problem.ts";
import type { Routes } from "../route.ts";

const PUBLIC = { config: { access: "public" } } as const;

const readySchema = z
  .object({
    ready: z.boolean(),
    database: z.enum(["ok", "unreachable"]),
    worker: z.enum(["ok", "stopped", "elsewhere"]).meta({
      description: "`elsewhere`: this process serves only; other processes work.",
    }),
  })
  .meta({ id: "Ready" });

const healthSchema = z
  .object({
    version: z.string(),
    worker: z.enum(["ok", "stopped", "elsewhere"]),
    workers: z.int(),
    accounts_waiting: z.int(),
    decision_lag_seconds: z.number(),
    unattributed_events: z.int(),
    outgoing: z.array(z.object({ status: z.string(), channel: z.string(), count: z.int() })),
    sending: z.boolean(),
  })
  .meta({ id: "Health" });

/** For whoever watches over the process: is it there, can it work, how much is there to do. */
export const health: Routes = (app, deps) => {
  const gauges = new GaugeCache(deps);
  const database = new DatabaseMetrics(deps);
  const workerState = (): "elsewhere" | "ok" | "stopped" =>
    deps.worker === null ? "elsewhere" : deps.worker().alive ? "ok" : "stopped";
  app.get(
    "/healthz",
    {
      ...PUBLIC,
      schema: {
        operationId: "isAlive",
        summary: "The process answers",
        tags: ["operation"],
        security: [],
        response: answers(200, z.object({ status: z.literal("ok"), version: z.string() })),
      },
    },
    () => ({ status: "ok" as const, version: deps.version }),
  );
  app.get(
    "/readyz",
    {
      ...PUBLIC,
      schema: {
        operationId: "isReady",
        summary: "The database can be reached, and the worker works",
        tags: ["operation"],
        security: [],
        response: { 200: readySchema, 503: readySchema },
      },
    },
    async (request, reply) => {
      const worker = workerState();
      const reached = await deps.store.gauges.ping().then(
        () => true,
        (error: unknown) => {
          request.log.error({ err: error }, "the database does not answer");
          return false;
        },
      );
      const ready = reached && worker !== "stopped";
      return reply
        .status(ready ? 200 : 503)
        .send({ ready, database: reached ? "ok" : "unreachable", worker });
    },
  );
  app.get(
    "/api/health",
    {
      config: { access: { person: "csm", scope: "read" } },
      schema: {
        operationId: "getHealth",
        summary: "How much there is to do",
        tags: ["operation"],
        response: answers(200, healthSchema),
      },
    },
    async () => {
      const now = await gauges.read();
      const { waitingSince: since } = now;
      return {
        version: deps.version,
        worker: workerState(),
        workers: now.workers,
        accounts_waiting: now.accountsWaiting,
        decision_lag_seconds: since === null ? 0 : Math.max(0, deps.clock() - since) / 1000,
        unattributed_events: now.heldMessages,
        outgoing: [...now.outgoingOpen],
        sending: deps.settings.send,
      };
    },
  );
  app.get(
    "/metrics",
    {
      ...PUBLIC,
      schema: {
        operationId: "getMetrics",
        summary: "Figures for Prometheus",
        description:
          "On the machine itself open to all; from elsewhere with an API key of scope read.",
        tags: ["operation"],
        produces: ["text/plain"],
        response: { 200: z.string(), "4xx": problemSchema },
      },
    },
    async (request, reply) => {
      const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
      const isKnown = token !== undefined && (await deps.keys.verifyApiKey(token)) !== null;
      if (!isKnown && !isThisMachine(request.ip))
        throw new HttpProblem(
          "sign-in-needed",
          "Figures are shown on the machine itself, or for a key.",
          {
            hint: "Send `Authorization: Bearer KEY` with an API key.",
          },
        );
      database.set(await gauges.read(), deps.clock());
      const { registry } = deps.metrics;
      return reply
        .type(registry.contentType)
        .serializer(String)
        .send(await registry.metrics());
    },
  );
};

function isThisMachine(ip: string): boolean {
  return ipaddr.isValid(ip) && ipaddr.process(ip).range() === "loopback";
}
