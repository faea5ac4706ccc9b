import Fastify from "fastify";
import type {
  FastifyBaseLogger,
  FastifyReply,
  FastifyRequest,
  FastifyServerOptions,
} from "fastify";

export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * One JSON object per line on stderr. No address, no token, no name of a customer gets in: a
 * request is told by its route, not by its URL.
 */
export function logOptions(level: LogLevel): FastifyServerOptions["logger"] {
  if (level === "silent") return false;
  return {
    level,
    stream: { write: writeLog },
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { req: ({ method }: FastifyRequest) => ({ method }), err: describeError },
  };
}

/** A reader that has stopped reading must neither stop the server nor fill its memory. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024;

function writeLog(line: string): void {
  if (process.stderr.writableLength < MOST_UNREAD_BYTES) process.stderr.write(line);
}

/** For what is no request: the worker. */
export function openLog(level: LogLevel): FastifyBaseLogger {
  return Fastify({ logger: logOptions(level) ?? false }).log;
}

interface Described {
  readonly [key: string]: unknown;
  readonly type: string;
  readonly message: string;
  readonly stack: string;
}

/** Without the fields that a database or mail server adds: they quote rows and addresses. */
function describeError(error: unknown): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: "", stack: "" };
  const { name, message, stack = "", cause } = error;
  return {
    type: name,
    message: withoutAddresses(message),
    stack: withoutAddresses(stack),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}

function withoutAddresses(text: string): string {
  return text.replace(/[^\s<>"'@,;:(]+@[\w.-]+\.\w+/g, "(address)");
}

/** A line for each answered request. */
export function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const line = {
    method: request.method,
    route: request.routeOptions.url ?? "(none)",
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    ...(request.caller ? { access: request.caller.access } : {}),
  };
  if (reply.statusCode >= 500) request.log.error(line, "answered");
  else request.log.info(line, "answered");
}
