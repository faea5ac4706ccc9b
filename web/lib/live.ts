import { useEffect, useSyncExternalStore } from "react";
import { onlineManager, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { meQuery } from "./me.ts";
import { queries } from "./queries.ts";
import { doesAnswer } from "./reach.ts";

/** Kinds of things that the server tells of; see `GET /api/live`. */
export type LiveKind =
  | "accounts"
  | "touches"
  | "contacts"
  | "team"
  | "models"
  | "outbox"
  | "pauses"
  | "imports"
  | "keys"
  | "webhooks"
  | "views"
  | "drafts";

export interface LiveChange {
  readonly kinds: readonly string[];
  /** Which accounts, where they are few; none: any may have changed. */
  readonly accounts: readonly string[];
}

type Status = "connecting" | "live" | "away";
type Listener = (change: LiveChange) => void;

const TRY_AGAIN_MS = 3_000;

const ALL: LiveChange = { kinds: ["*"], accounts: [] };

/** One stream of events for the whole app, open while anybody listens. */
class LiveStream {
  #source: EventSource | null = null;
  #status: Status = "connecting";
  #wasLive = false;
  readonly #listeners = new Set<Listener>();
  readonly #watchers = new Set<() => void>();

  status = (): Status => this.#status;

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#source === null) {
      this.#open();
      window.addEventListener("offline", this.#onOffline);
      window.addEventListener("online", this.#onOnline);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#close();
    };
  }

  #open(): void {
    const source = new EventSource("/api/live");
    this.#source = source;
    source.addEventListener("open", () => {
      this.#say("live");
      // whatever happened while nobody heard it
      if (this.#wasLive) this.#tell(ALL);
      this.#wasLive = true;
    });
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) void this.#onRefused();
      else this.#say("away");
    });
    source.addEventListener("change", (event: MessageEvent<string>) =>
      this.#tell(JSON.parse(event.data) as LiveChange),
    );
  }

  /** The server, or a proxy before it, would not have the stream: whoever is signed out sees that by it. */
  async #onRefused(): Promise<void> {
    this.#source = null;
    if (await doesAnswer()) void queries.invalidateQueries(meQuery);
    else this.#say("away");
    setTimeout(() => {
      if (this.#source === null && this.#listeners.size > 0) this.#open();
    }, TRY_AGAIN_MS);
  }

  /** The browser knows before the stream does, which may hang for minutes; a server on this machine is there all the same. */
  readonly #onOffline = (): void => {
    const asked = this.#source;
    void doesAnswer().then((isThere) => {
      if (isThere) onlineManager.setOnline(true);
      else if (asked === this.#source) this.#say("away");
    });
  };

  readonly #onOnline = (): void => {
    this.#source?.close();
    this.#open();
  };

  #close(): void {
    window.removeEventListener("offline", this.#onOffline);
    window.removeEventListener("online", this.#onOnline);
    this.#source?.close();
    this.#source = null;
    this.#wasLive = false;
    this.#say("connecting");
  }

  #tell(change: LiveChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  #say(status: Status): void {
    this.#status = status;
    for (const watcher of this.#watchers) watcher();
  }
}

const stream = new LiveStream();

/** Whether the server can be reached: it is asked only where there is doubt. */
export async function isReachable(): Promise<boolean> {
  return (navigator.onLine && stream.status() !== "away") || doesAnswer();
}

export function useLiveStatus(): Status {
  return useSyncExternalStore(stream.watch, stream.status);
}

/**
 * Asks again for what is shown once something of these kinds has changed:
 * `useLive(["touches"], [["today"]])`. With `account`, changes of other accounts are passed over.
 */
export function useLive(
  kinds: readonly LiveKind[],
  keys: readonly QueryKey[],
  account?: string,
): void {
  const queries = useQueryClient();
  const wanted = JSON.stringify([kinds, keys]);
  useEffect(() => {
    const [ofKinds, ofKeys] = JSON.parse(wanted) as [readonly string[], readonly QueryKey[]];
    return stream.listen((change) => {
      if (!change.kinds.some((kind) => kind === "*" || ofKinds.includes(kind))) return;
      const isOther =
        account !== undefined && change.accounts.length > 0 && !change.accounts.includes(account);
      if (isOther) return;
      for (const queryKey of ofKeys) void queries.invalidateQueries({ queryKey });
    });
  }, [queries, wanted, account]);
}
