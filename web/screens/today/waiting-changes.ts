import { WAITING_KEPT_AS as KEPT_AS } from "../../lib/waiting.ts";
import { dayOfMove } from "./day-choices.ts";
import type { Brief, Result, ToDo } from "./today-queries.ts";

/** What somebody did with a touch, on its way to the server. */
export type Deed =
  | {
      readonly verb: "done";
      readonly body: {
        readonly result: Result;
        readonly note?: string;
        readonly minutes?: number;
        readonly set?: Readonly<Record<string, string | number | boolean | null>>;
        readonly action_items?: Brief["touch"]["action_items"];
      };
    }
  | { readonly verb: "skip"; readonly body: { readonly reason: string } }
  | {
      readonly verb: "reschedule";
      readonly body: {
        readonly due?: string;
        readonly starts_at?: string;
        readonly reason: string;
      };
    }
  | { readonly verb: "snooze"; readonly body: { readonly until: string | null } };

export interface WaitingChange {
  /** The request's Idempotency-Key: however often it is sent, it is done once. */
  readonly key: string;
  readonly touch: string;
  readonly title: string;
  readonly account: string;
  /** Whose: nobody else who signs in at this browser sends it under their own name. */
  readonly member: string;
  readonly deed: Deed;
  /** From when it is sent; until then it can be taken back. */
  readonly sendAt: number;
  readonly tries: number;
}

/** What may become of a try. */
export type Tried = "sent" | "away" | { readonly refused: Error };

/** Where it is kept: the browser's storage. */
interface Kept {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
}

interface Parts {
  readonly kept: Kept;
  readonly now: () => number;
  readonly send: (change: WaitingChange, options: { readonly isLast: boolean }) => Promise<Tried>;
  /** Shows what the server has now; the change is overlaid until then. */
  readonly onSent: (change: WaitingChange) => Promise<void>;
  readonly onRefused: (change: WaitingChange, why: Error) => void;
}

export const UNDO_MS = 10_000;

const LONGEST_PAUSE = 60_000;

/**
 * What was done and has not reached the server: kept in the browser, so that neither closing the
 * page nor a server that is away loses any of it, and sent under one key each, so that nothing is
 * done twice. For ten seconds it can be taken back: the server has not heard of it yet.
 */
export class WaitingChanges {
  readonly #parts: Parts;
  #list: readonly WaitingChange[];
  readonly #sending = new Set<string>();
  readonly #watchers = new Set<() => void>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#list = readKept(parts.kept);
  }

  list = (): readonly WaitingChange[] => this.#list;

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  add(change: Omit<WaitingChange, "key" | "sendAt" | "tries">): void {
    const { now } = this.#parts;
    // what was done with the same touch before is not overtaken by this
    const earlier = this.#list.filter(({ touch }) => touch === change.touch);
    const made: WaitingChange = {
      ...change,
      key: crypto.randomUUID(),
      sendAt: now() + UNDO_MS,
      tries: 0,
    };
    this.#put([
      ...this.#list.map((one) => (earlier.includes(one) ? { ...one, sendAt: now() } : one)),
      made,
    ]);
  }

  /** False: it is on its way already, or has been done. */
  undo(key: string): boolean {
    const found = this.#list.find((one) => one.key === key);
    if (!found || this.#sending.has(key) || found.tries > 0) return false;
    this.#put(this.#list.filter((one) => one !== found));
    return true;
  }

  canUndo({ key, sendAt, tries }: WaitingChange): boolean {
    return !this.#sending.has(key) && tries === 0 && sendAt > this.#parts.now();
  }

  /** Sends what is due of this member's; with `all` what could still be taken back as well. */
  async send(member: string, all: "due" | "all" = "due"): Promise<void> {
    const now = this.#parts.now();
    const ready = this.#list.filter(
      (one) => one.member === member && (all === "all" || one.sendAt <= now),
    );
    const touches = new Set<string>();
    const first = ready.filter(({ key, touch }) => {
      if (this.#sending.has(key) || touches.has(touch)) return false;
      touches.add(touch);
      return true;
    });
    await Promise.all(first.map((one) => this.#sendOne(one, all === "all")));
  }

  /** When there is something to send next; null: nothing waits. */
  next(member: string): number | null {
    const times = this.#list
      .filter((one) => one.member === member && !this.#sending.has(one.key))
      .map(({ sendAt }) => sendAt);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Another tab has changed what is kept. */
  readAgain(): void {
    this.#list = readKept(this.#parts.kept);
    this.#tell();
  }

  async #sendOne(change: WaitingChange, isLast: boolean): Promise<void> {
    this.#sending.add(change.key);
    this.#tell();
    try {
      const tried = await this.#parts.send(change, { isLast });
      if (tried === "away") return this.#later(change);
      if (tried === "sent") await this.#parts.onSent(change);
      this.#put(this.#list.filter(({ key }) => key !== change.key));
      if (tried !== "sent") this.#parts.onRefused(change, tried.refused);
    } finally {
      this.#sending.delete(change.key);
      this.#tell();
    }
  }

  #later(change: WaitingChange): void {
    const tries = change.tries + 1;
    const pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** tries);
    const later = { ...change, tries, sendAt: this.#parts.now() + pause };
    this.#put(this.#list.map((one) => (one.key === change.key ? later : one)));
  }

  #put(list: readonly WaitingChange[]): void {
    this.#list = list;
    try {
      this.#parts.kept.setItem(KEPT_AS, JSON.stringify(list));
    } catch {
      // a browser that keeps nothing: what waits is lost only with the page
    }
    this.#tell();
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }
}

function readKept(kept: Kept): readonly WaitingChange[] {
  try {
    const found: unknown = JSON.parse(kept.getItem(KEPT_AS) ?? "[]");
    return Array.isArray(found) ? (found as WaitingChange[]) : [];
  } catch {
    return [];
  }
}

/** Rows as they will be once what waits is done: what is undone or refused comes back by itself. */
export function withWaiting(
  list: Lists,
  changes: readonly WaitingChange[],
  timeZone: string,
): Lists {
  return changes.reduce((one, change) => withOne(one, change, timeZone), list);
}

export interface Lists {
  readonly today: string;
  readonly due: readonly ToDo[];
  readonly coming: readonly ToDo[];
  readonly snoozed: readonly ToDo[];
  /** Of nobody in particular. */
  readonly open: readonly ToDo[];
}

function withOne(list: Lists, { touch, deed }: WaitingChange, timeZone: string): Lists {
  const found = [...list.due, ...list.coming, ...list.snoozed, ...list.open].find(
    ({ id }) => id === touch,
  );
  const isOther = ({ id }: ToDo): boolean => id !== touch;
  const rest: Lists = {
    today: list.today,
    due: list.due.filter(isOther),
    coming: list.coming.filter(isOther),
    snoozed: list.snoozed.filter(isOther),
    open: list.open.filter(isOther),
  };
  if (!found || deed.verb === "done" || deed.verb === "skip") return rest;
  if (deed.verb === "snooze") {
    const { until } = deed.body;
    if (until !== null) {
      return { ...rest, snoozed: [...rest.snoozed, { ...found, snoozed_until: until }] };
    }
    return into(rest, { ...found, snoozed_until: null });
  }
  const due = dayOfMove(deed.body, timeZone) ?? found.due;
  const moved = { ...found, due, starts_at: deed.body.starts_at ?? null, snoozed_until: null };
  return into(rest, { ...moved, overdue_days: 0 });
}

function into(list: Lists, row: ToDo): Lists {
  if (row.due <= list.today) return { ...list, due: [...list.due, row] };
  const at = list.coming.findIndex(({ due }) => due > row.due);
  return { ...list, coming: list.coming.toSpliced(at < 0 ? list.coming.length : at, 0, row) };
}
