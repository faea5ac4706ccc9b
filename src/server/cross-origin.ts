import type { FastifyReply, FastifyRequest } from "fastify";
import { HttpProblem } from "./http-problem.ts";

const ASKED_AGAIN_AFTER_S = "7200";

/** What pages of other sites may do here (CORS), and what they may send and read. */
export interface CrossOrigin {
  /** `send events`: told to those who may not. */
  readonly purpose: string;
  readonly methods: string;
  readonly headers: string;
  readonly exposed: string;
  /** Beacons come with credentials, and browsers then want the origin named instead of `*`. */
  readonly named: boolean;
}

/** Lets pages ask: those of the origins in the settings, or any. Others are refused, not only unread. */
export function allowOrigin(
  { purpose, exposed, named }: CrossOrigin,
  request: FastifyRequest,
  reply: FastifyReply,
  allowed: readonly string[] | null,
): void {
  const { origin } = request.headers;
  reply.header("cross-origin-resource-policy", "cross-origin");
  if (allowed !== null) reply.header("vary", "origin");
  if (origin === undefined) return;
  if (allowed !== null && !allowed.includes(origin))
    throw new HttpProblem("forbidden", `Pages of ${origin} may not ${purpose}.`, {
      hint: "Add the origin to `allowed_origins` in the settings.",
    });
  reply.header("access-control-allow-origin", named || allowed !== null ? origin : "*");
  if (named) {
    reply.header("access-control-allow-credentials", "true");
    reply.header("vary", "origin");
  }
  reply.header("access-control-expose-headers", exposed);
}

/** What a browser asks before it asks. */
export function answerPreflight(
  { methods, headers }: CrossOrigin,
  reply: FastifyReply,
): FastifyReply {
  return reply
    .status(204)
    .header("access-control-allow-methods", methods)
    .header("access-control-allow-headers", headers)
    .header("access-control-max-age", ASKED_AGAIN_AFTER_S)
    .send();
}
