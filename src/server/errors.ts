import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { AppError, ERROR_CODES, type ErrorCode } from "../engine/app-error.ts";
import type { PlanProblem } from "../engine/plan/types.ts";
import { PlanBlocked, PlanOutdated } from "../engine/plan-difference.ts";
import { HTTP_CODES, type HttpCode, HttpProblem, problem } from "./http-problem.ts";
import type { Problem } from "./problem.ts";

/** The one place that says how each of the engine's refusals is told over HTTP. */
export const STATUS: { readonly [C in ErrorCode]: number } = {
  "no-model": 409,
  "invalid-model": 422,
  "unknown-account": 404,
  "unknown-touch": 404,
  "unknown-message": 404,
  "ambiguous-touch": 409,
  "unknown-touchpoint": 422,
  "unknown-level": 422,
  "wrong-status": 409,
  "bad-value": 422,
  "bad-rule": 422,
  "missing-message": 422,
  "not-decided": 409,
  "no-such-file": 404,
  "changed-meanwhile": 409,
  "unsafe-host": 409,
  "cannot-listen": 409,
  "needs-server": 409,
  "unknown-key": 404,
  "unknown-webhook": 404,
  "unknown-member": 404,
  "no-team": 409,
  "not-suggested": 409,
  "unknown-contact": 404,
  "unknown-note": 404,
  "bad-message": 422,
  "changed-by-other": 412,
  "unknown-program": 422,
  "unknown-segment": 404,
  "unknown-version": 404,
  "plan-blocked": 409,
  "plan-outdated": 409,
  "nothing-before": 409,
  "no-history": 409,
  "unknown-import": 404,
  "unknown-template": 404,
  "not-empty": 409,
};

/** Fastify's own refusals, by what it calls them. */
const FROM_FASTIFY: Readonly<Record<string, HttpCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "too-large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "wrong-media-type",
};

/** Answers with a problem document whatever was thrown. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const told = tellError(error);
  if (told === null) {
    request.log.error({ err: error }, "a request failed");
    send(reply, { ...ofHttp("internal"), request: request.id });
    return;
  }
  if (error instanceof HttpProblem && error.retryAfter !== undefined)
    reply.header("retry-after", String(error.retryAfter));
  if (told.status >= 500) request.log.error({ err: error }, "a request failed");
  send(reply, told);
}

export function send(reply: FastifyReply, told: Problem): void {
  void reply
    .status(told.status)
    .type("application/problem+json; charset=utf-8")
    .serializer(JSON.stringify)
    .send(told);
}

/** null: a bug or an outage, of which nothing is told but its id. */
function tellError(error: unknown): Problem | null {
  if (error instanceof HttpProblem) return ofHttp(error.code, error.message, error.hint);
  if (error instanceof AppError) {
    const { code, message, hint } = error;
    const whole = problem(code, STATUS[code] ?? 400, ERROR_CODES[code], told(message, hint));
    const errors = errorsOf(error);
    return errors.length > 0 ? { ...whole, errors } : whole;
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ instancePath, message }) => ({
      path: `${error.validationContext ?? ""}${instancePath.replace(/\/$/, "")}`,
      message: message ?? "is not what was expected",
    }));
    const [first] = errors;
    const detail = first === undefined ? error.message : `${first.path}: ${first.message}`;
    return { ...ofHttp("bad-request", detail), errors };
  }
  const { name, code, message, hint, statusCode } = error as Partial<FastifyError> & {
    hint?: string;
  };
  if (name === "StoreError") return ofHttp("unavailable", message, hint);
  if (statusCode === undefined || statusCode < 400 || statusCode >= 500) return null;
  const known = FROM_FASTIFY[code ?? ""];
  if (known) return ofHttp(known, message);
  return { ...ofHttp("bad-request", message), status: statusCode };
}

/** What of a plan blocks or has changed, one by one. */
function errorsOf(error: AppError): { path: string; message: string }[] {
  const blocking = ({ where, code, message }: PlanProblem) => ({
    path: where,
    message: `${code}: ${message}`,
  });
  if (error instanceof PlanBlocked) return error.problems.map(blocking);
  if (!(error instanceof PlanOutdated)) return [];
  const { live, moves, problems } = error.difference;
  const list = (texts: readonly string[]): string => texts.join("; ") || "stays";
  return [
    ...(live
      ? [
          {
            path: "live",
            message: `planned on ${live.planned?.version ?? "none"}, now ${live.now?.version ?? "none"}`,
          },
        ]
      : []),
    ...moves.map(({ account, planned, now }) => ({
      path: `accounts/${account}`,
      message: `planned: ${list(planned)}; now: ${list(now)}`,
    })),
    ...problems.map(blocking),
  ];
}

export function ofHttp(code: HttpCode, detail?: string, hint?: string): Problem {
  const [status, title] = HTTP_CODES[code];
  return problem(code, status, title, told(detail, hint));
}

function told(detail: string | undefined, hint: string | undefined) {
  return { ...(detail === undefined ? {} : { detail }), ...(hint === undefined ? {} : { hint }) };
}
