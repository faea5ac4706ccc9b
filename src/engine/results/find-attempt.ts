import type { EngineContext } from "../context.ts";
import { type LinkKind, readLink } from "../links/sign-link.ts";
import type { Outgoing } from "../ports.ts";
import type { Settings } from "../settings.ts";

export interface FollowedLink {
  readonly attempt: Outgoing;
  readonly detail: string;
}

/** The attempt that a link of ours was made for; null: we made no such link, or it is gone. */
export async function followLink(
  { store }: EngineContext,
  { secret }: Pick<Settings, "secret">,
  kind: LinkKind,
  token: string,
): Promise<FollowedLink | null> {
  const link = readLink(secret, kind, token);
  if (!link) return null;
  const attempt = await store.outbox.byId(link.attempt);
  return attempt ? { attempt, detail: link.detail } : null;
}

/** The latest message that went out for a touch. */
export async function latestAttempt(
  { store }: EngineContext,
  touchId: string,
): Promise<Outgoing | null> {
  const attempts = await store.outbox.list({ touchId }, 20);
  return attempts.find(({ kind }) => kind === "touch") ?? null;
}

/** `<id@host>` or without the brackets, as reports write it. */
export async function attemptOfMessageId(
  { store }: EngineContext,
  messageId: string,
): Promise<Outgoing | null> {
  const bare = messageId.trim().replace(/^<|>$/g, "");
  const [found] = await store.outbox.byMessageId(`<${bare}>`);
  return found ?? null;
}
