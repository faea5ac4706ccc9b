import type { FastifyReply, FastifyRequest } from "fastify";
import { HttpProblem } from "../http-problem.ts";

const ASKED_AGAIN_AFTER_S = "7200";

/**
 * Lets pages of other sites ask (CORS): those in the settings, or any. There are no cookies to
 * protect, since who is asking is told by a token. Other origins are refused, not only unread.
 */
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
    throw new HttpProblem("forbidden", `Pages of ${origin} may not use the widget.`, {
      hint: "Add the origin to `allowed_origins` in the settings.",
    });
  reply.header("access-control-allow-origin", allowed === null ? "*" : origin);
  reply.header("access-control-expose-headers", "etag, retry-after");
}

/** What a browser asks before it asks. */
export function answerPreflight(reply: FastifyReply, methods: string): FastifyReply {
  return reply
    .status(204)
    .header("access-control-allow-methods", methods)
    .header("access-control-allow-headers", "authorization, content-type, if-none-match")
    .header("access-control-max-age", ASKED_AGAIN_AFTER_S)
    .send();
}
