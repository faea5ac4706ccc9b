import type { Problem } from "./problem.ts";

/** Refusals that only exist over HTTP; the engine's own are in its catalogue. */
export const HTTP_CODES = {
  "sign-in-needed": [401, "Nobody is signed in."],
  "bad-key": [401, "The key is unknown or was revoked."],
  "link-used": [410, "The sign-in link is used up or has expired."],
  forbidden: [403, "This needs more access."],
  "other-site": [403, "The request comes from another site."],
  "not-found": [404, "There is nothing here."],
  "method-not-allowed": [405, "This cannot be done here."],
  "bad-request": [400, "The request is not what was expected."],
  "idempotency-busy": [409, "The same request is being worked on."],
  "idempotency-mismatch": [422, "The Idempotency-Key belongs to another request."],
  "bad-import": [422, "The import cannot begin."],
  "upload-gone": [410, "The file that was sent is not kept any more."],
  "import-running": [409, "Another import is running."],
  "too-large": [413, "The request is too large."],
  "wrong-media-type": [415, "The content type is not one that is read here."],
  "too-many": [429, "Too many requests."],
  "not-set-up": [409, "Something that this needs is not set up."],
  stopping: [503, "The server is stopping."],
  unavailable: [503, "The database cannot be used just now."],
  internal: [500, "Something went wrong that is no fault of yours."],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type HttpCode = keyof typeof HTTP_CODES;

/** Thrown by hooks and routes for a reason of HTTP's own. */
export class HttpProblem extends Error {
  readonly code: HttpCode;
  readonly hint: string | undefined;
  /** Seconds, for `Retry-After`. */
  readonly retryAfter: number | undefined;

  constructor(code: HttpCode, detail: string, more: { hint?: string; retryAfter?: number } = {}) {
    super(detail);
    this.name = "HttpProblem";
    this.code = code;
    this.hint = more.hint;
    this.retryAfter = more.retryAfter;
  }

  get status(): number {
    return HTTP_CODES[this.code][0];
  }
}

export function problem(
  code: string,
  status: number,
  title: string,
  more: Omit<Problem, "type" | "code" | "status" | "title"> = {},
): Problem {
  return { type: `urn:touchstone:${code}`, code, title, status, ...more };
}
