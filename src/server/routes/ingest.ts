import type { FastifyReply, FastifyRequest } from "fastify";
import { type Incoming, Ingestion, type ItemResult } from "../../engine/ingest/ingestion.ts";
import { LIMITS } from "../../engine/ingest/limits.ts";
import { fromPostHog } from "../../engine/ingest/posthog-item.ts";
import type { Kind } from "../../engine/ingest/read-message.ts";
import { HttpProblem } from "../http-problem.ts";
import { answerTaken } from "../ingest/answer.ts";
import { allowOrigin, answerPreflight, type CrossOrigin } from "../cross-origin.ts";
import { InFlight } from "../ingest/in-flight.ts";
import { readEvents, readJson, unpack } from "../ingest/read-body.ts";
import { basicUser, type WriteKeyCheck, WriteKeys } from "../ingest/write-key.ts";
import type { App, Routes, ServerDeps } from "../route.ts";

/** Browser clients send these beside what every page may send. */
const CLIENTS: CrossOrigin = {
  purpose: "send events",
  methods: "GET, POST, OPTIONS",
  headers: "authorization, content-type, content-encoding, anonymousid, x-strict-mode",
  exposed: "retry-after",
  named: true,
};

/** One event each, by its name and by its letter. */
const SINGLE: Readonly<Record<string, Kind>> = {
  identify: "identify",
  i: "identify",
  track: "track",
  t: "track",
  group: "group",
  g: "group",
  page: "page",
  p: "page",
  screen: "screen",
  s: "screen",
  alias: "alias",
  a: "alias",
};
const BATCH = ["/v1/batch", "/v1/b", "/v1/import"];
const POSTHOG = ["/batch", "/batch/", "/e", "/e/"];

declare module "fastify" {
  interface FastifyRequest {
    /** When it reached us, and how to give back the room it takes. */
    arrival: { readonly at: number; readonly leave: () => void; isHandled: boolean } | null;
  }
}

/** What clients of Segment, RudderStack and PostHog send, once their host is changed. */
export const ingest: Routes = (app, deps) => {
  addIngest(app, deps, async (key) => (await deps.keys.verifyWriteKey(key)) !== null);
};

export function addIngest(
  app: App,
  deps: ServerDeps,
  check: WriteKeyCheck,
  inFlight = new InFlight(),
): void {
  const { settings, clock } = deps;
  const ingestion = new Ingestion({ store: deps.store, clock, wake: deps.wake });
  const keys = new WriteKeys(check, clock);
  readAnyType(app);
  app.decorateRequest("arrival", null);
  app.addHook("onClose", () => ingestion.idle());
  app.addHook("onRequest", async (request, reply) => {
    allowOrigin(CLIENTS, request, reply, settings.allowedOrigins);
    if (request.method !== "POST") return;
    const key = basicUser(request.headers.authorization);
    if (key !== null) await keys.mustBeGood(key, request);
    enter(request, reply, inFlight, clock());
  });

  const take =
    (form: Form) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const { arrival } = request;
      if (!arrival) throw new Error("a request came past the door");
      arrival.isHandled = true;
      try {
        const body = await readRequest(request, keys, form);
        const results = await ingestion.take({ ...body, receivedAt: arrival.at });
        count(deps, request, results);
        return await answerTaken(reply, results, request.headers["x-strict-mode"] === "1");
      } finally {
        arrival.leave();
      }
    };

  for (const [name, kind] of Object.entries(SINGLE)) {
    const summary = name.length > 1 ? `Takes one \`${kind}\` event` : null;
    post(app, `/v1/${name}`, summary, take({ kind, single: true }));
  }
  for (const path of BATCH) {
    const summary = path === "/v1/batch" ? "Takes a batch of events" : null;
    post(app, path, summary, take({ kind: null, single: false }));
  }
  for (const path of POSTHOG)
    post(app, path, null, take({ kind: null, single: true, isPostHog: true }));
  addClientSettings(app, deps, keys);
}

interface Form {
  /** null: each event says its own by its `type`. */
  readonly kind: Kind | null;
  /** The body may be one event. */
  readonly single: boolean;
  readonly isPostHog?: true;
}

async function readRequest(
  request: FastifyRequest,
  keys: WriteKeys,
  { kind, single, isPostHog }: Form,
): Promise<Omit<Incoming, "receivedAt">> {
  const text = await unpack(bodyOf(request), request.headers["content-encoding"]);
  const { items, sentAt, key } = readEvents(readJson(text), text, single);
  if (basicUser(request.headers.authorization) === null) await keys.mustBeGood(key, request);
  return { items: isPostHog === true ? items.map(fromPostHog) : items, kind, sentAt };
}

/** Whatever a client says its body is, it is read as JSON: browsers may only say text/plain. */
function readAnyType(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
}

function bodyOf({ body }: FastifyRequest): Buffer {
  if (body instanceof Buffer && body.length > 0) return body;
  throw new HttpProblem("bad-request", "The body is empty.");
}

function enter(request: FastifyRequest, reply: FastifyReply, inFlight: InFlight, at: number): void {
  const { headers } = request;
  const leave = inFlight.enter(
    headers["content-length"],
    headers["content-encoding"] !== undefined,
  );
  if (!leave)
    throw new HttpProblem("too-many", "More comes in than can be written just now.", {
      hint: "Send it again after a moment: nothing of it was taken.",
      retryAfter: 1,
    });
  const arrival = { at, leave, isHandled: false };
  request.arrival = arrival;
  // A body that never arrives whole leaves as well; one that is being written stays until it is.
  reply.raw.once("close", () => {
    if (!arrival.isHandled) leave();
  });
}

function count(
  { metrics }: ServerDeps,
  request: FastifyRequest,
  results: readonly ItemResult[],
): void {
  const outcomes = {
    written: "new",
    duplicate: "known",
    held: "held",
    refused: "refused",
  } as const;
  let refused = 0;
  for (const { kind, status } of results) {
    metrics.ingested.inc({ kind: kind ?? "unreadable", outcome: outcomes[status] });
    if (status === "refused") refused += 1;
  }
  const first = results.find(({ status }) => status === "refused")?.reason;
  if (refused > 0) request.log.warn({ refused, of: results.length, first }, "events were refused");
}

function post(
  app: App,
  path: string,
  summary: string | null,
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
): void {
  const schema =
    summary === null
      ? { hide: true }
      : {
          operationId: `ingest${path.slice("/v1/".length).replace(/^./, (letter) => letter.toUpperCase())}`,
          tags: ["ingestion"],
          summary,
          description: HOW,
          security: [{ writeKey: [] }],
        };
  app.post(
    path,
    { config: { access: "write-key" }, bodyLimit: LIMITS.batchBytes, schema },
    handler,
  );
  app.options(path, { config: { access: "public" }, schema: { hide: true } }, (_request, reply) =>
    answerPreflight(CLIENTS, reply),
  );
}

const HOW =
  "As Segment's HTTP API takes it. Answered once it is durable; the same `messageId` counts once. `X-Strict-Mode: 1` tells about each event.";

/** What a browser client asks before it sends: where to. */
function addClientSettings(app: App, { settings }: ServerDeps, keys: WriteKeys): void {
  const answer = async (request: FastifyRequest<{ Params: { key: string } }>): Promise<object> => {
    const { key } = request.params;
    await keys.mustBeGood(key, request);
    const [protocol = "", host = ""] = (
      settings.publicUrl ?? `${request.protocol}://${request.host}`
    ).split("://");
    const segment = { apiKey: key, apiHost: `${host}/v1`, protocol };
    return { integrations: { "Segment.io": segment } };
  };
  const options = { config: { access: "write-key" }, schema: { hide: true } } as const;
  app.get<{ Params: { key: string } }>("/v1/projects/:key/settings", options, (request) =>
    answer(request),
  );
}
