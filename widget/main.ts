import type { InAppAction, InAppReport } from "../src/core/in-app/types.ts";
import { type Identity, Inbox } from "./inbox.ts";
import { Memory } from "./memory.ts";
import { Stage } from "./stage.ts";

/** `touchstone` in the page: for single-page apps, which sign in and out without loading anew. */
interface Api {
  /** Whose messages are shown from now on; null after signing out. */
  readonly identify: (identity: Identity | null) => void;
  /** Asks for messages now: for who knows that something is new. */
  readonly check: () => void;
  /** Takes away what is shown; it comes again on another page. */
  readonly close: () => void;
  /** Calls back when something was seen, clicked, dismissed or ticked off; answers how to stop it. */
  readonly on: (action: InAppAction, callback: (report: InAppReport) => void) => () => void;
  /** Whether anything may be kept in this browser. */
  readonly consent: (isGiven: boolean) => void;
}

declare global {
  interface Window {
    touchstone?: Api;
  }
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && !window.touchstone) start(script);

function start({ src, dataset, nonce }: HTMLScriptElement): void {
  const { key = "", user, token, consent, theme = "" } = dataset;
  const listeners = new Set<readonly [InAppAction, (report: InAppReport) => void]>();
  const told = new Set<string>();
  const memory = new Memory(consent === "yes");
  const stage = new Stage(
    ({ id, seen }, action, item) => {
      const report: InAppReport = { message: id, action, ...(item === undefined ? {} : { item }) };
      const known = JSON.stringify(report);
      if (told.has(known)) return;
      told.add(known);
      if (action !== "seen" || !seen) inbox.tell(report);
      for (const [wanted, callback] of listeners) if (wanted === action) callback(report);
    },
    { nonce, theme },
  );
  // beside the script, wherever that is
  const inbox = new Inbox(new URL(".", src).href, key, memory, {
    messages: (messages) => stage.offer(messages),
    refused: () => {
      stage.forget();
      console.warn("touchstone: the key or the user's token is not valid, so nothing is shown.");
    },
  });
  const identify = (identity: Identity | null): void => {
    stage.forget();
    told.clear();
    inbox.identify(identity);
  };
  window.touchstone = {
    identify,
    check: () => void inbox.ask(),
    close: () => stage.clear(),
    on: (action, callback) => {
      const listener = [action, callback] as const;
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    consent: (isGiven) => memory.allow(isGiven),
  };
  if (user && token) identify({ user, token });
}
