import type { FastifyReply, FastifyRequest } from "fastify";
import { HttpProblem } from "../http-problem.ts";

const ASKED_AGAIN_AFTER_S = "7200";
/** What browser clients send beside what every page may send. */
const HEADERS = "authorization, content-type, content-encoding, anonymousid, x-strict-mode";

/** Lets pages send events: those of the origins in the settings, or any. The write key says whose they are. */
export function allowOrigin(
  request: FastifyRequest,
  reply: FastifyReply,
  allowed: readonly string[] | null,
): void {
  const { origin } = request.headers;
  reply.header("cross-origin-resource-policy", "cross-origin");
  if (allowed !== null) reply.header("vary", "origin");
  if (origin === undefined) return;
  if (allowed !== null && !allowed.includes(origin))
    throw new HttpProblem("forbidden", `Pages of ${origin} may not send events.`, {
      hint: "Add the origin to `allowed_origins` in the settings.",
    });
  // Named, not `*`: beacons come with credentials, and browsers then want the name.
  reply.header("access-control-allow-origin", origin);
  reply.header("access-control-allow-credentials", "true");
  if (allowed === null) reply.header("vary", "origin");
  reply.header("access-control-expose-headers", "retry-after");
}

/** What a browser asks before it asks. */
export function answerPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .status(204)
    .header("access-control-allow-methods", "GET, POST, OPTIONS")
    .header("access-control-allow-headers", HEADERS)
    .header("access-control-max-age", ASKED_AGAIN_AFTER_S)
    .send();
}
