import type { FastifyReply, FastifyRequest } from "fastify";

/** `__Host-` binds a cookie to this very host, and browsers take it over TLS only. */
const NAME = "touchstone-session";
const OVER_TLS = `__Host-${NAME}`;

export function sessionSecret(request: FastifyRequest): string | undefined {
  return request.cookies[isOverTls(request) ? OVER_TLS : NAME];
}

export function giveSession(
  request: FastifyRequest,
  reply: FastifyReply,
  secret: string,
  expiresAt: number,
): void {
  const secure = isOverTls(request);
  void reply.setCookie(secure ? OVER_TLS : NAME, secret, {
    ...shape(secure),
    expires: new Date(expiresAt),
  });
}

export function takeSession(request: FastifyRequest, reply: FastifyReply): void {
  const secure = isOverTls(request);
  void reply.clearCookie(secure ? OVER_TLS : NAME, shape(secure));
}

function shape(secure: boolean) {
  return { path: "/", httpOnly: true, sameSite: "lax", secure } as const;
}

function isOverTls(request: FastifyRequest): boolean {
  return request.protocol === "https";
}
