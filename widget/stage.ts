import type { InAppAction, InAppKind, InAppMessage } from "../src/core/in-app/types.ts";
import { banner } from "./kinds/banner.ts";
import { celebration } from "./kinds/celebration.ts";
import { checklist } from "./kinds/checklist.ts";
import { modal } from "./kinds/modal.ts";
import { tooltip } from "./kinds/tooltip.ts";
import { make } from "./build-dom.ts";
import type { Acts, Kind, View } from "./view.ts";
import styles from "./widget.css";

const KINDS: Readonly<Record<InAppKind, Kind>> = { banner, modal, checklist, tooltip, celebration };

/** Between two messages, so that closing one is not answered by the next at once. */
const PAUSE_MS = 1_000;
/** The page may draw what a tooltip points at a little later. */
const WAITS_MS = 30_000;
const LOOKS_EVERY_MS = 250;

export type Did = (message: InAppMessage, action: InAppAction, item?: number) => void;

/** Where messages are shown, one at a time: a shadow root that the page's styles do not reach. */
export class Stage {
  readonly #host = make("div");
  readonly #root: ShadowRoot;
  readonly #did: Did;
  #waiting: readonly InAppMessage[] = [];
  /** Closed on this page: the server may not have heard of it yet. */
  readonly #over = new Set<string>();
  #shown: { readonly message: InAppMessage; readonly view: View } | null = null;
  /** The server counts what is shown as over, for what was done here: it stays until it is closed. */
  #isDone = false;
  #lookout: MutationObserver | null = null;
  #timer = 0;

  constructor(did: Did, { nonce, theme }: { readonly nonce: string; readonly theme: string }) {
    this.#did = did;
    followTheme(this.#host, theme);
    this.#root = this.#host.attachShadow({ mode: "open" });
    addStyles(this.#root, nonce);
    this.#root.append(make("div", { class: "live", "aria-live": "polite" }));
  }

  /** What there is to show now, the most urgent in front. */
  offer(messages: readonly InAppMessage[]): void {
    this.#waiting = messages.filter(({ id }) => !this.#over.has(id));
    const shown = this.#shown?.message.id;
    if (!this.#isDone && !this.#waiting.some(({ id }) => id === shown)) this.clear();
    this.#next();
  }

  /** Takes away what is shown, without the user having turned it down. */
  clear(): void {
    const { element } = this.#shown?.view ?? {};
    this.#shown?.view.closed?.();
    this.#shown = null;
    element?.remove();
  }

  forget(): void {
    this.clear();
    this.#waiting = [];
    this.#over.clear();
    this.#look(false);
    this.#host.remove();
  }

  #next(): void {
    // what is being closed has set the timer: the next comes by it
    if (this.#shown) return;
    clearTimeout(this.#timer);
    for (const message of this.#waiting) {
      const kind = KINDS[message.show] as Kind | undefined;
      const view = kind?.(message, this.#actsOf(message));
      if (!view) continue;
      this.#look(false);
      this.#show(message, view);
      return;
    }
    this.#look(this.#waiting.some(({ show }) => show === "tooltip"));
  }

  #show(message: InAppMessage, view: View): void {
    // outside the body: pages that draw their body anew leave it alone
    if (!this.#host.isConnected) document.documentElement.append(this.#host);
    const { element } = view;
    element.dir = message.dir;
    if (message.lang !== null) element.lang = message.lang;
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || message.show === "modal") return;
      event.stopPropagation();
      this.#end(message, "dismissed");
    });
    this.#root.querySelector(".live")?.append(element);
    this.#shown = { message, view };
    // one is congratulated once: seeing it is all
    this.#isDone = message.show === "celebration";
    view.opened?.();
    this.#did(message, "seen");
  }

  #actsOf(message: InAppMessage): Acts {
    return {
      click: () => this.#end(message, "clicked"),
      follow: () => {
        this.#isDone ||= message.show !== "checklist";
        this.#did(message, "clicked");
      },
      dismiss: () => this.#end(message, "dismissed"),
      tick: (item) => this.#did(message, "item_done", item),
      finish: () => this.#end(message, null),
      leave: () => {
        this.clear();
        this.#next();
      },
    };
  }

  #end(message: InAppMessage, action: InAppAction | null): void {
    if (this.#over.has(message.id)) return;
    this.#over.add(message.id);
    if (action) this.#did(message, action);
    this.#waiting = this.#waiting.filter(({ id }) => id !== message.id);
    // a link's own click goes on first
    setTimeout(() => {
      if (this.#shown?.message.id === message.id) this.clear();
    });
    this.#timer = setTimeout(() => this.#next(), PAUSE_MS);
  }

  /** Watches the page for what tooltips point at, and gives up quietly. */
  #look(isOn: boolean): void {
    this.#lookout?.disconnect();
    this.#lookout = null;
    if (!isOn) return;
    let timer = 0;
    const lookout = new MutationObserver(() => {
      timer ||= setTimeout(() => {
        timer = 0;
        if (this.#lookout === lookout) this.#next();
      }, LOOKS_EVERY_MS);
    });
    const all = { childList: true, subtree: true, attributes: true };
    lookout.observe(document.documentElement, all);
    setTimeout(() => lookout.disconnect(), WAITS_MS);
    this.#lookout = lookout;
  }
}

/** Light or dark as the page asks for, else as the user's system is. */
function followTheme(host: HTMLElement, theme: string): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const set = (): void => {
    const isDark = theme === "dark" || (theme !== "light" && system.matches);
    host.dataset["theme"] = isDark ? "dark" : "light";
  };
  system.addEventListener("change", set);
  set();
}

/** A constructed stylesheet needs no permission from the page's CSP; older browsers get an element. */
function addStyles(root: ShadowRoot, nonce: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const element = make("style", {}, styles);
    element.nonce = nonce;
    root.append(element);
  }
}
