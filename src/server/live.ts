import type { FastifyReply, FastifyRequest } from "fastify";
import { type LiveChange, LiveChanges } from "../engine/live-changes.ts";
import { READ } from "./api/who-may.ts";
import { HttpProblem } from "./http-problem.ts";
import { problemSchema } from "./problem.ts";
import type { App, ServerDeps } from "./route.ts";

/** Proxies close what is silent for longer. */
const BEAT_MS = 20_000;
/** Then the browser asks again by itself, and whoever has signed out meanwhile is not let in. */
const LONGEST_MS = 10 * 60_000;
const MOST_LISTENERS = 1_000;

/** What a change made through the API may have changed, by the noun of its address. */
const TOUCHED: Readonly<Record<string, readonly string[]>> = {
  accounts: ["accounts", "touches"],
  touches: ["touches", "accounts"],
  contacts: ["accounts", "contacts"],
  team: ["team", "touches", "accounts"],
  owners: ["accounts", "touches", "team"],
  models: ["models", "accounts", "touches"],
  results: ["outbox", "touches", "accounts"],
  surveys: ["accounts", "touches"],
  imports: ["imports", "accounts", "contacts", "team"],
};

/** `GET /api/live`: server-sent events that say what kinds of things have changed. */
export function addLive(app: App, deps: ServerDeps): void {
  const changes = new LiveChanges(deps.store);
  const open = new Set<FastifyReply>();
  app.addHook("onResponse", (request, reply, done) => {
    const kinds = changedKinds(request, reply.statusCode);
    if (kinds.length > 0) changes.tell({ kinds, accounts: [] });
    done();
  });
  app.addHook("preClose", (done) => {
    for (const reply of open) reply.raw.end();
    done();
  });
  app.get(
    "/api/live",
    {
      config: { access: READ },
      schema: {
        operationId: "listenLive",
        summary: "Server-sent events: which kinds of things have changed.",
        description:
          'Each event `change` has the data `{kinds: ["accounts", …], accounts: [id, …]}`; accounts are named where they are few. Ask again for what you show of these kinds.',
        tags: ["workspace"],
        produces: ["text/event-stream"],
        response: { "4xx": problemSchema },
      },
    },
    (request, reply) => {
      if (!(request.headers.accept ?? "").includes("text/event-stream"))
        throw new HttpProblem("bad-request", "This address answers with a stream of events.", {
          hint: "Send `Accept: text/event-stream`, as a browser's EventSource does.",
        });
      if (open.size >= MOST_LISTENERS)
        throw new HttpProblem("too-many", "Too many screens are listening.", { retryAfter: 60 });
      // whoever left while it was asked who they are is never said to have closed anything again
      if (reply.raw.destroyed) {
        reply.hijack();
        return;
      }
      open.add(reply);
      const stop = stream(reply, changes);
      reply.raw.on("close", () => {
        open.delete(reply);
        stop();
      });
    },
  );
}

/** None: nothing that a screen shows. */
function changedKinds(
  { method, url, routeOptions }: FastifyRequest,
  status: number,
): readonly string[] {
  if (method === "GET" || method === "HEAD" || method === "OPTIONS" || status >= 400) return [];
  const { tells } = routeOptions.config;
  if (tells) return tells;
  const noun = /^\/api\/([a-z-]+)/.exec(url)?.[1];
  return noun === undefined ? [] : (TOUCHED[noun] ?? [noun]);
}

function stream(reply: FastifyReply, changes: LiveChanges): () => void {
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value);
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
  });
  raw.write("retry: 3000\nevent: open\ndata: {}\n\n");
  const end = changes.listen((change: LiveChange) =>
    raw.write(`event: change\ndata: ${JSON.stringify(change)}\n\n`),
  );
  const beat = setInterval(() => raw.write(": still here\n\n"), BEAT_MS);
  const enough = setTimeout(() => raw.end(), LONGEST_MS);
  return () => {
    clearInterval(beat);
    clearTimeout(enough);
    end();
  };
}
