import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { HttpProblem, type HttpCode } from "./http-problem.ts";
import { ofHttp, send } from "./errors.ts";
import type { App } from "./route.ts";

/** An address that no route is even looked for: it is no URL, or its parts are too long. */
export function refuseAddress(
  { code }: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (code === "FST_ERR_MAX_PARAM_LENGTH")
    send(reply, { ...ofHttp("bad-request", "The address is too long."), status: 414 });
  else send(reply, ofHttp("bad-request", "The address is no URL: its %XX are not UTF-8."));
}

const NOT_HTTP: Readonly<Record<string, readonly [status: number, code: HttpCode, why: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, "bad-request", "The request took too long to arrive."],
  HPE_HEADER_OVERFLOW: [431, "bad-request", "The address and headers are too long together."],
};

/** What is no HTTP, never arrives whole, or has headers without end. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  const [status, code, why] = NOT_HTTP[error.code ?? ""] ?? [
    400,
    "bad-request",
    "This is no HTTP that can be read.",
  ];
  const body = JSON.stringify({ ...ofHttp(code, why), status });
  if (socket.writable)
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\nContent-Type: application/problem+json; charset=utf-8\r\n\r\n${body}`,
    );
  socket.destroy(error);
}

/** Only ingestion unpacks bodies; elsewhere packed ones would be read as broken JSON. */
export function refusePacked(app: App): void {
  app.addHook("onRequest", (request, _reply, done) => {
    const packing = request.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
    const { access } = request.routeOptions.config;
    if (packing === "identity" || packing === "" || access === undefined || access === "write-key")
      done();
    else
      done(
        new HttpProblem("wrong-media-type", "Packed bodies (content-encoding) are not read here.", {
          hint: "Send the body as it is. A packed file to import is sent as application/gzip.",
        }),
      );
  });
}
