import type { Instant } from "../time/day.ts";
import { changeEvents } from "./touch-event.ts";
import { isAhead } from "./touch-status.ts";
import type { EngineEvent, Run, Touch } from "./types.ts";

type NumberedRun = Pick<Run, "program" | "run" | "contact">;

/** An account's touches while it is being planned, with what has changed of them. */
export class TouchBook {
  readonly events: EngineEvent[] = [];
  readonly #at: Instant;
  readonly #touches = new Map<string, Touch>();
  readonly #byRun = new Map<string, Map<string, Touch>>();
  readonly #changed = new Set<string>();

  /** @param at when what changes now happened */
  constructor(touches: readonly Touch[], at: Instant) {
    this.#at = at;
    for (const touch of touches) this.#set(touch);
  }

  all(): Iterable<Touch> {
    return this.#touches.values();
  }

  /** Those made or changed so far. */
  changed(): Touch[] {
    return [...this.#changed].flatMap((key) => this.#touches.get(key) ?? []);
  }

  has(key: string): boolean {
    return this.#touches.has(key);
  }

  of(run: NumberedRun): Iterable<Touch> {
    return this.#byRun.get(numberedKey(run))?.values() ?? [];
  }

  /** Makes or changes a touch, with the event that says so. */
  put(touch: Touch): void {
    const before = this.#touches.get(touch.key);
    this.#set(touch);
    this.#changed.add(touch.key);
    this.events.push(...changeEvents(before, touch, this.#at));
  }

  /** Calls a touch off, unless it is over or on its way. */
  cancel(touch: Touch, reason: string): void {
    if (isAhead(touch)) this.put({ ...touch, status: "cancelled", reason });
  }

  #set(touch: Touch): void {
    this.#touches.set(touch.key, touch);
    const { program, run, contact } = touch;
    if (program === null || run === null) return;
    this.#setIn(numberedKey({ program, run, contact: null }), touch);
    // With `for: account` the touch names its receiver, the run nobody.
    if (contact !== null) this.#setIn(numberedKey({ program, run, contact }), touch);
  }

  #setIn(key: string, touch: Touch): void {
    let touches = this.#byRun.get(key);
    if (!touches) this.#byRun.set(key, (touches = new Map<string, Touch>()));
    touches.set(touch.key, touch);
  }
}

function numberedKey({ program, run, contact }: NumberedRun): string {
  return contact === null ? `${program}#${run}` : `${program}#${run}/${contact}`;
}
