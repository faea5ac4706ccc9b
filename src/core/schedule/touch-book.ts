import type { Instant } from "../time/day.ts";
import { changeEvents } from "./touch-event.ts";
import { isAhead } from "./touch-status.ts";
import type { EngineEvent, Run, Touch } from "./types.ts";

type NumberedRun = Pick<Run, "program" | "run" | "contact">;

/** An account's touches while it is being planned, with what has changed of them. */
export class TouchBook {
  readonly #at: Instant;
  readonly #touches = new Map<string, Touch>();
  /** By program, then by receiver; null has all of the program's. */
  readonly #byProgram = new Map<string, Map<string | null, Map<string, Touch>>>();
  /** Those made or changed, as they were before. */
  readonly #before = new Map<string, Touch | undefined>();

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
    return [...this.#before.keys()].flatMap((key) => this.#touches.get(key) ?? []);
  }

  /** What became of them, one event each. */
  events(): EngineEvent[] {
    return this.changed().flatMap((touch) =>
      changeEvents(this.#before.get(touch.key), touch, this.#at),
    );
  }

  has(key: string): boolean {
    return this.#touches.has(key);
  }

  /** A run's touches; with `for: account` they name their receivers, and the run nobody. */
  of({ program, run, contact }: NumberedRun): Touch[] {
    const found: Touch[] = [];
    for (const touch of this.#byProgram.get(program)?.get(contact)?.values() ?? []) {
      if (touch.run === run) found.push(touch);
    }
    return found;
  }

  /** Makes or changes a touch. */
  put(touch: Touch): void {
    const { key } = touch;
    if (!this.#before.has(key)) this.#before.set(key, this.#touches.get(key));
    this.#set(touch);
  }

  /** Calls a touch off, unless it is over or on its way. */
  cancel(touch: Touch, reason: string): void {
    if (isAhead(touch)) this.put({ ...touch, status: "cancelled", reason });
  }

  #set(touch: Touch): void {
    this.#touches.set(touch.key, touch);
    const { program, contact } = touch;
    if (program === null) return;
    let byContact = this.#byProgram.get(program);
    if (!byContact) {
      this.#byProgram.set(program, (byContact = new Map<string | null, Map<string, Touch>>()));
    }
    addTo(byContact, null, touch);
    if (contact !== null) addTo(byContact, contact, touch);
  }
}

function addTo(
  byContact: Map<string | null, Map<string, Touch>>,
  whose: string | null,
  touch: Touch,
): void {
  let touches = byContact.get(whose);
  if (!touches) byContact.set(whose, (touches = new Map<string, Touch>()));
  touches.set(touch.key, touch);
}
