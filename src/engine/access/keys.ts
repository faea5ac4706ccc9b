import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import type { Access, KeyKind, KeyScope, StoredKey } from "../ports.ts";
import { hashOf, newKeyToken } from "./secrets.ts";
import { widgetSecret } from "./widget-keys.ts";

export interface NewKey {
  readonly kind: KeyKind;
  readonly name: string;
  readonly scopes?: readonly KeyScope[];
  readonly access?: Access | null;
}

export interface MadeKey {
  readonly key: StoredKey;
  /** Shown now and never again: what a program sends, or for a widget key what signs users. */
  readonly secret: string;
}

/** Makes a key; the audit log says who did. */
export async function makeKey(
  { store, clock, actor }: EngineContext,
  { kind, name, scopes = [], access = null }: NewKey,
  serverSecret: string,
): Promise<MadeKey> {
  const { id, token } = newKeyToken(kind);
  const secret = kind === "widget" ? widgetSecret(serverSecret, id) : token;
  const now = clock();
  const key: StoredKey = {
    id,
    kind,
    name,
    scopes: kind === "api" || kind === "admin" ? scopes : [],
    access: kind === "api" ? access : null,
    hash: hashOf(secret),
    createdAt: now,
    createdBy: actor,
    lastUsedOn: null,
    revokedAt: null,
  };
  await store.access.addKey(key, {
    by: actor,
    what: "key made",
    account: null,
    reason: null,
    details: { key: id, kind, name },
  });
  return { key, secret };
}

/** From now on it opens nothing; elsewhere within seconds. Throws `unknown-key`. */
export async function revokeKey({ store, clock, actor }: EngineContext, id: string): Promise<void> {
  const entry = {
    by: actor,
    what: "key revoked",
    account: null,
    reason: null,
    details: { key: id },
  };
  if (await store.access.revokeKey(id, clock(), entry)) return;
  throw new AppError(
    "unknown-key",
    `There is no key ${id} that could be revoked.`,
    "`touchstone keys list` and GET /api/keys list them.",
  );
}
