import { isSame, signature } from "./secrets.ts";

/**
 * A widget key's secret is worked out from the server's own: nothing that could be stolen is
 * kept. The customer's backend signs each user's id with it, the widget sends id and token.
 */
export function widgetSecret(serverSecret: string, keyId: string): string {
  return signature(serverSecret, `widget key ${keyId}`);
}

/** HMAC-SHA256 of the user id, in hex. */
export function userToken(widgetKeySecret: string, userId: string): string {
  return signature(widgetKeySecret, userId);
}

export function isUserToken(widgetKeySecret: string, userId: string, token: string): boolean {
  return isSame(userToken(widgetKeySecret, userId), token.toLowerCase());
}
