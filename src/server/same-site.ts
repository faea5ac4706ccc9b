import type { FastifyRequest } from "fastify";

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/**
 * A page of another site makes a browser ask in its user's name (CSRF). Browsers say where a
 * request comes from; what they do not say comes from no browser, or from one whose
 * `SameSite=Lax` cookies stay behind.
 */
export function isFromElsewhere(request: FastifyRequest, publicUrl: string | null): boolean {
  if (SAFE_METHODS.includes(request.method)) return false;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin } = request.headers;
  if (origin === undefined) return false;
  const ours = [`${request.protocol}://${request.host}`];
  if (publicUrl !== null) ours.push(new URL(publicUrl).origin);
  return !ours.includes(origin);
}
