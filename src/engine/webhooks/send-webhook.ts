import type { Json } from "../../core/facts/types.ts";
import { type SafeHttp, SafeRequestError } from "../ports/http.ts";
import type { Webhook } from "../ports/webhooks.ts";
import type { Settings } from "../settings.ts";
import { signedHeaders } from "./webhook-secret.ts";

/** Receivers answer first and work later: who takes longer is asked again. */
const TIMEOUT_MS = 15_000;
const MOST_ANSWER = 4096;

export interface Delivery {
  /** `gone`: the receiver wants no more (410). */
  readonly kind: "delivered" | "failed" | "gone";
  readonly status: number | null;
  /** What went wrong, as people read it. */
  readonly error: string | null;
  /** When it wants to be asked again, in ms from now. */
  readonly retryAfterMs: number | null;
}

/** One try to hand a message to a webhook. Any 2xx is taken for an answer. */
export async function sendWebhook(
  http: SafeHttp,
  settings: Pick<Settings, "secret" | "allowPrivateTargets">,
  webhook: Pick<Webhook, "id" | "url">,
  message: { readonly id: string; readonly payload: Json },
  now: number,
): Promise<Delivery> {
  const body = JSON.stringify(message.payload);
  const headers = signedHeaders(
    settings.secret,
    { webhook: webhook.id, id: message.id, body },
    now,
  );
  try {
    const answer = await http.request(webhook.url, {
      method: "POST",
      headers,
      body,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MOST_ANSWER,
      allowPrivate: settings.allowPrivateTargets,
    });
    return deliveryOf(answer.status, answer.headers["retry-after"]);
  } catch (error) {
    if (!(error instanceof SafeRequestError)) throw error;
    return { kind: "failed", status: null, error: error.message, retryAfterMs: null };
  }
}

function deliveryOf(status: number, retryAfter: string | undefined): Delivery {
  if (status >= 200 && status < 300) {
    return { kind: "delivered", status, error: null, retryAfterMs: null };
  }
  if (status === 410) {
    return { kind: "gone", status, error: "it answered 410 Gone", retryAfterMs: null };
  }
  const isRedirect = status >= 300 && status < 400;
  const error = `it answered ${status}${isRedirect ? ", which leads elsewhere" : ""}`;
  const seconds = /^\d{1,6}$/.test(retryAfter ?? "") ? Number(retryAfter) : null;
  return {
    kind: "failed",
    status,
    error,
    retryAfterMs: seconds === null ? null : seconds * 1000,
  };
}
