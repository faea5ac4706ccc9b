import type { SendResult } from "../engine/ports/channel.ts";
import { type SafeAnswer, SafeRequestError } from "../engine/ports/http.ts";

/** What it means that there was no answer; anything else is a bug and goes on. */
export function requestFailure(error: unknown): SendResult {
  if (!(error instanceof SafeRequestError)) throw error;
  if (error.failure === "refused") return { kind: "permanent", error: error.message };
  return {
    kind: error.failure === "unreachable" ? "temporary" : "uncertain",
    error: error.message,
  };
}

/** What an answer other than a yes means: trouble of the moment, or of the request. */
export function answerFailure(answer: SafeAnswer, what: string): SendResult {
  const { status, body } = answer;
  const said = body.replace(/\s+/g, " ").trim().slice(0, 200);
  const error = `${what} answered ${status}${said === "" ? "" : `: ${said}`}`;
  const isOfTheMoment = status >= 500 || [408, 409, 425, 429].includes(status);
  if (!isOfTheMoment) return { kind: "permanent", error };
  const retryAfterMs = readRetryAfter(answer.headers["retry-after"]);
  return { kind: "temporary", error, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
}

const LONGEST_WAIT_MS = 24 * 3_600_000;

/** Seconds; a date is as good as none, since the other clock may be wrong. */
function readRetryAfter(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,9}$/.test(text.trim())) return null;
  return Math.min(Number(text) * 1000, LONGEST_WAIT_MS);
}
