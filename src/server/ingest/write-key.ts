import type { FastifyRequest } from "fastify";
import { HttpProblem } from "../http-problem.ts";
import { RateLimit } from "../rate-limit.ts";

/** Whether a key may ingest; asked with every request, so whoever answers remembers. */
export type WriteKeyCheck = (key: string) => Promise<boolean>;

/** Keys are too long to be guessed; this keeps the guessing from costing anything. */
const BAD_KEYS = { most: 100, windowMs: 60_000 };

export class WriteKeys {
  readonly #check: WriteKeyCheck;
  readonly #bad: RateLimit;

  constructor(check: WriteKeyCheck, clock: () => number) {
    this.#check = check;
    this.#bad = new RateLimit(BAD_KEYS.most, BAD_KEYS.windowMs, clock);
  }

  /** Throws a 401 when the key is none, a 429 when too many were tried from there. */
  async mustBeGood(key: string | null, request: FastifyRequest): Promise<void> {
    if (key === null)
      throw new HttpProblem("bad-key", "There is no write key.", {
        hint: "Send it as the user of HTTP Basic authentication, or as `writeKey` in the body.",
      });
    const wait = this.#bad.wait(request.ip);
    if (wait > 0) throw new HttpProblem("too-many", "Too many wrong keys.", { retryAfter: wait });
    if (await this.#check(key)) return;
    this.#bad.count(request.ip);
    throw new HttpProblem("bad-key", "This is no write key, or it was revoked.", {
      hint: "`touchstone keys list` lists them; API keys cannot ingest.",
    });
  }
}

/** The user of HTTP Basic authentication; null: there is none. */
export function basicUser(authorization: string | undefined): string | null {
  const match = /^basic\s+(\S+)$/i.exec(authorization ?? "");
  if (match?.[1] === undefined) return null;
  const [user = ""] = Buffer.from(match[1], "base64").toString("utf8").split(":");
  return user === "" ? null : user;
}
