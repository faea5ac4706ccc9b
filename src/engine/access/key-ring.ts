import { localDay } from "../../core/time/zone.ts";
import type { AccessStore, KeyKind, StoredKey } from "../ports.ts";
import { hashOf, idInToken, isSame } from "./secrets.ts";
import { isUserToken, widgetSecret } from "./widget-keys.ts";

/** How long a key that was looked up is believed: so late may another process's revoking count here. */
const BELIEVED_MS = 10_000;
const REMEMBERED = 1_000;

interface Remembered {
  readonly key: StoredKey | null;
  readonly until: number;
}

/**
 * Knows a key when it is shown one. Keys come with every request, so those looked up a moment
 * ago are remembered; secrets are compared in constant time.
 */
export class KeyRing {
  readonly #store: AccessStore;
  readonly #clock: () => number;
  readonly #secret: string;
  readonly #remembered = new Map<string, Remembered>();
  readonly #usedOn = new Map<string, number>();

  constructor(store: AccessStore, clock: () => number, serverSecret: string) {
    this.#store = store;
    this.#clock = clock;
    this.#secret = serverSecret;
  }

  /** A key that is good for ingesting; null: unknown, revoked or of another kind. */
  verifyWriteKey(token: string): Promise<StoredKey | null> {
    return this.#verify(token, ["write"]);
  }

  /** A key that is good for the API. */
  verifyApiKey(token: string): Promise<StoredKey | null> {
    return this.#verify(token, ["api", "admin"]);
  }

  /** A widget key by its public id. */
  async widgetKey(id: string): Promise<StoredKey | null> {
    const key = await this.#find(id);
    if (key?.kind !== "widget") return null;
    await this.#use(key);
    return key;
  }

  /** With which users of this widget key are signed. */
  widgetSecret(keyId: string): string {
    return widgetSecret(this.#secret, keyId);
  }

  async verifyUser(keyId: string, userId: string, token: string): Promise<StoredKey | null> {
    const key = await this.widgetKey(keyId);
    return key && isUserToken(this.widgetSecret(keyId), userId, token) ? key : null;
  }

  /** A key was made or revoked here: look again. */
  forget(id: string): void {
    this.#remembered.delete(id);
  }

  /** Keys were made or revoked by another command. */
  forgetAll(): void {
    this.#remembered.clear();
  }

  async #verify(token: string, kinds: readonly KeyKind[]): Promise<StoredKey | null> {
    const id = idInToken(token);
    if (id === undefined) return null;
    const key = await this.#find(id);
    if (!key || !kinds.includes(key.kind) || !isSame(key.hash, hashOf(token))) return null;
    await this.#use(key);
    return key;
  }

  async #find(id: string): Promise<StoredKey | null> {
    const now = this.#clock();
    const seen = this.#remembered.get(id);
    if (seen && now < seen.until && now >= seen.until - BELIEVED_MS) return seen.key;
    const found = await this.#store.key(id);
    const key = found?.revokedAt === null ? found : null;
    if (this.#remembered.size >= REMEMBERED) this.#remembered.clear();
    this.#remembered.set(id, { key, until: now + BELIEVED_MS });
    return key;
  }

  /** Once a day: on which day a key was last used tells which may go. */
  async #use({ id, lastUsedOn }: StoredKey): Promise<void> {
    const today = localDay(this.#clock(), "UTC");
    if ((this.#usedOn.get(id) ?? lastUsedOn ?? Number.NEGATIVE_INFINITY) >= today) return;
    this.#usedOn.set(id, today);
    await this.#store.keyUsedOn(id, today);
  }
}
