import type { InAppMessage, InAppReport } from "../src/core/in-app/types.ts";
import type { Memory } from "./memory.ts";

export interface Identity {
  readonly user: string;
  /** HMAC-SHA256 of the user id, made by the customer's own server. */
  readonly token: string;
}

const EVERY_MS = 60_000;
const SOONEST_MS = 15_000;
const LATEST_MS = 15 * 60_000;
const UNSENT = "unsent";

export interface InboxEvents {
  readonly messages: (messages: readonly InAppMessage[]) => void;
  readonly refused: () => void;
}

/** Asks the server for messages, and tells it what was done with them. */
export class Inbox {
  readonly #base: string;
  readonly #key: string;
  readonly #memory: Memory;
  readonly #on: InboxEvents;
  #auth: string | null = null;
  #etag = "";
  #timer = 0;
  #askedAt = 0;
  #wait = EVERY_MS;
  #unsent: readonly InAppReport[] = [];
  #isSending = false;

  constructor(base: string, key: string, memory: Memory, on: InboxEvents) {
    this.#base = base;
    this.#key = key;
    this.#memory = memory;
    this.#on = on;
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && Date.now() - this.#askedAt > SOONEST_MS) void this.ask();
    });
    addEventListener("pagehide", () => void this.#post());
  }

  /** Whose messages they are; null: nobody's. */
  identify(identity: Identity | null): void {
    // of whoever was here before
    void this.#post();
    const { user, token } = identity ?? {};
    this.#auth = user && token ? `${this.#key}.${token}.${encodeURIComponent(user)}` : null;
    this.#etag = "";
    this.#wait = EVERY_MS;
    this.#unsent = this.#auth === null ? [] : this.#memory.read(this.#storageKey());
    clearTimeout(this.#timer);
    if (this.#auth !== null) void this.ask();
  }

  async ask(): Promise<void> {
    clearTimeout(this.#timer);
    const auth = this.#auth;
    if (auth === null) return;
    this.#askedAt = Date.now();
    if (this.#unsent.length > 0) await this.#send();
    const status = await this.#fetchMessages(auth);
    if (auth !== this.#auth) return;
    if (status === 401 || status === 403) {
      this.#auth = null;
      this.#on.refused();
      return;
    }
    const isGood = status === 200 || status === 304;
    this.#wait = isGood ? EVERY_MS : Math.min(this.#wait * 2, LATEST_MS);
    // not all pages at the same second
    this.#timer = setTimeout(
      () => (document.hidden ? undefined : void this.ask()),
      this.#wait * (0.8 + Math.random() * 0.4),
    );
  }

  /** 0: the server could not be reached. */
  async #fetchMessages(auth: string): Promise<number> {
    try {
      const headers: Record<string, string> = { authorization: `Bearer ${auth}` };
      if (this.#etag !== "") headers["if-none-match"] = this.#etag;
      const answer = await fetch(`${this.#base}widget/messages`, {
        headers,
        credentials: "omit",
        cache: "no-store",
      });
      if (answer.status === 200) {
        const { messages } = (await answer.json()) as { messages: readonly InAppMessage[] };
        if (auth !== this.#auth) return 200;
        this.#etag = answer.headers.get("etag") ?? "";
        this.#on.messages(messages.filter(({ id }) => !this.#isClosed(id)));
      }
      return answer.status;
    } catch {
      // offline: asked again later
      return 0;
    }
  }

  /** Closed here, and the server has not heard of it. */
  #isClosed(id: string): boolean {
    return this.#unsent.some(({ message, action }) => message === id && action === "dismissed");
  }

  tell(report: InAppReport): void {
    this.#keep([...this.#unsent, report]);
    void this.#send();
  }

  /** One after the other, so that they are told in the order in which they happened. */
  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#unsent.length > 0 && (await this.#post()));
    this.#isSending = false;
  }

  /**
   * Tells all that the server has not acknowledged; false: it could not be told and stays. A page
   * that is being left tells again what is on its way, so that nothing overtakes it.
   */
  async #post(): Promise<boolean> {
    const auth = this.#auth;
    const reports = this.#unsent;
    if (auth === null || reports.length === 0) return false;
    try {
      // Plain text with the token inside asks for no preflight, so it also gets out of a page
      // that is being left.
      const answer = await fetch(`${this.#base}widget/reports`, {
        method: "POST",
        body: JSON.stringify({ auth, reports }),
        credentials: "omit",
        keepalive: true,
      });
      if (answer.status === 429 || answer.status >= 500) return false;
    } catch {
      // offline: kept for later
      return false;
    }
    if (auth === this.#auth) this.#keep(this.#unsent.filter((one) => !reports.includes(one)));
    return true;
  }

  #keep(reports: readonly InAppReport[]): void {
    this.#unsent = reports;
    this.#memory.write(this.#storageKey(), reports);
  }

  #storageKey(): string {
    return `${UNSENT}:${this.#auth ?? ""}`;
  }
}
