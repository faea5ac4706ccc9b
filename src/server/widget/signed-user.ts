import type { FastifyRequest } from "fastify";
import { HttpProblem } from "../http-problem.ts";
import { RateLimit } from "../rate-limit.ts";
import type { ServerDeps } from "../route.ts";

const MINUTE_MS = 60_000;
/** One page asks once a minute; people keep many pages open, and load new ones. */
const A_MINUTE_PER_USER = 120;
const BAD_TOKENS_A_MINUTE = 60;
/** `KEY.TOKEN.USER`, the user's id percent-encoded. */
const AUTH = /^([0-9a-f]{1,64})\.([0-9a-f]{64})\.([^\s]{1,3000})$/i;

/** Knows a user by the token that the customer's own server made of the user's id. */
export class SignedUsers {
  readonly #deps: ServerDeps;
  readonly #asked: RateLimit;
  readonly #bad: RateLimit;

  constructor(deps: ServerDeps) {
    this.#deps = deps;
    this.#asked = new RateLimit(A_MINUTE_PER_USER, MINUTE_MS, deps.clock);
    this.#bad = new RateLimit(BAD_TOKENS_A_MINUTE, MINUTE_MS, deps.clock);
  }

  /** The user's id; refuses a token that is not theirs, and those who ask too often. */
  async known(auth: string, request: FastifyRequest): Promise<string> {
    refuseMore(this.#bad.wait(request.ip));
    const [, key = "", token = "", encoded = ""] = AUTH.exec(auth) ?? [];
    const user = decoded(encoded);
    const isKnown =
      user !== null && (await this.#deps.keys.verifyUser(key.toLowerCase(), user, token)) !== null;
    if (!isKnown) {
      this.#bad.count(request.ip);
      throw new HttpProblem("bad-key", "The widget key is unknown, or did not sign this user.", {
        hint: "The token is the HMAC-SHA256 of the user id with the widget key's secret, in hex.",
      });
    }
    const who = `${key} ${user}`;
    refuseMore(this.#asked.wait(who));
    this.#asked.count(who);
    return user;
  }
}

function refuseMore(retryAfter: number): void {
  if (retryAfter > 0)
    throw new HttpProblem("too-many", "The widget asks too often.", { retryAfter });
}

function decoded(text: string): string | null {
  try {
    return text === "" ? null : decodeURIComponent(text);
  } catch {
    // not percent-encoded: no id that we gave a token for
    return null;
  }
}
