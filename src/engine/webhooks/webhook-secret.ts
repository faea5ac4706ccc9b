import { createHmac } from "node:crypto";

/**
 * The secret with which the messages of a webhook are signed: worked out from the server's own,
 * so that none is kept in the database.
 */
export function webhookSecret(serverSecret: string, webhookId: string): string {
  return `whsec_${key(serverSecret, webhookId).toString("base64")}`;
}

/** As whose messages those of the channel `webhook` are signed. */
export const TOUCH_WEBHOOK = "touches";

function key(serverSecret: string, webhookId: string): Buffer {
  return createHmac("sha256", serverSecret).update(`touchstone webhook\n${webhookId}`).digest();
}

/** The headers of a message by Standard Webhooks 1.0 (symmetric, `v1`). */
export function signedHeaders(
  serverSecret: string,
  message: { readonly webhook: string; readonly id: string; readonly body: string },
  now: number,
): Record<string, string> {
  const { webhook, id, body } = message;
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac("sha256", key(serverSecret, webhook))
    .update(`${id}.${timestamp}.${body}`)
    .digest("base64");
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}
