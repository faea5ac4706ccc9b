import type { ContactInput } from "../facts/types.ts";
import type { Model, ProgramDef, TouchpointDef } from "../model/types.ts";
import type { Env } from "../rules/types.ts";
import type { Day, Instant } from "../time/day.ts";
import { localDay, startOfDay } from "../time/zone.ts";
import { contactsAsPersons, type Person } from "./persons.ts";
import { changeEvents } from "./touch-event.ts";
import { programOfKey, runKey } from "./touch-key.ts";
import { isAhead } from "./touch-status.ts";
import type {
  EngineEvent,
  PastRuns,
  PlanInput,
  PlanNote,
  PlanOutput,
  Run,
  ScheduleState,
  StepMemory,
  Touch,
  WorkCalendar,
} from "./types.ts";

/** An account's schedule while it is being planned: what was, and what has changed so far. */
export class Draft {
  readonly model: Model;
  readonly calendar: WorkCalendar;
  readonly input: PlanInput;
  /** When what changes now happened: in a day that is caught up, at its start. */
  readonly at: Instant;
  /** The day it really is: later than `input.today` while days are caught up. */
  readonly present: Day;
  readonly runs: Map<string, Run>;
  readonly past: Map<string, PastRuns>;
  readonly #notes = new Map<string, PlanNote>();
  readonly #steps: Map<string, Map<string, StepMemory>>;
  readonly #events: EngineEvent[] = [];
  readonly #touches: Map<string, Touch>;
  readonly #byRun = new Map<string, Set<string>>();
  readonly #changed = new Set<string>();
  #persons: readonly Person[] | undefined;

  constructor(model: Model, calendar: WorkCalendar, input: PlanInput) {
    const zone = model.workspace.timezone;
    this.model = model;
    this.calendar = calendar;
    this.input = input;
    this.present = Math.max(input.today, localDay(input.now, zone));
    this.at = this.present > input.today ? startOfDay(input.today, zone) : input.now;
    this.runs = new Map(input.state.runs.map((run) => [runKey(run), run]));
    this.past = new Map(Object.entries(input.state.past));
    this.#steps = new Map(
      Object.entries(input.state.steps).map(([key, steps]) => [
        key,
        new Map(Object.entries(steps)),
      ]),
    );
    this.#touches = new Map(input.touches.map((touch) => [touch.key, touch]));
    for (const touch of input.touches) this.#index(touch);
  }

  get touches(): Iterable<Touch> {
    return this.#touches.values();
  }

  /** Those made or changed so far. */
  get changed(): Touch[] {
    return [...this.#changed].flatMap((key) => this.#touches.get(key) ?? []);
  }

  touch(key: string): Touch | undefined {
    return this.#touches.get(key);
  }

  touchesOf(run: Run): Touch[] {
    const keys = this.#byRun.get(numberedKey(run)) ?? [];
    return [...keys].flatMap((key) => this.#touches.get(key) ?? []);
  }

  /** Makes or changes a touch, with the event that says so. */
  put(touch: Touch): void {
    const before = this.#touches.get(touch.key);
    this.#touches.set(touch.key, touch);
    this.#index(touch);
    this.#changed.add(touch.key);
    this.#events.push(...changeEvents(before, touch, this.at));
  }

  /** Calls a touch off, unless it is over or on its way. */
  cancel(touch: Touch, reason: string): void {
    if (isAhead(touch)) this.put({ ...touch, status: "cancelled", reason });
  }

  endRun(run: Run): void {
    this.runs.delete(runKey(run));
    this.#steps.delete(runKey(run));
  }

  /** Ends a run before its time. */
  leaveRun(run: Run, reason: string): void {
    for (const touch of this.touchesOf(run)) this.cancel(touch, reason);
    this.endRun(run);
  }

  memory(run: Run, step: string): StepMemory | undefined {
    return this.#steps.get(runKey(run))?.get(step);
  }

  remember(run: Run, step: string, memory: StepMemory): void {
    const key = runKey(run);
    let steps = this.#steps.get(key);
    if (!steps) this.#steps.set(key, (steps = new Map<string, StepMemory>()));
    steps.set(step, memory);
  }

  get persons(): readonly Person[] {
    this.#persons ??= contactsAsPersons(this.input.contacts, this.#contactsInUse());
    return this.#persons;
  }

  person(contact: string): Person | undefined {
    return this.persons.find(({ id }) => id === contact);
  }

  /** Why a contact is nobody to write to any more; null when it is. */
  whyGone(contact: string): string | null {
    if (this.person(contact)) return null;
    const same = this.persons.find(({ members }) => members.some(({ id }) => id === contact));
    return same ? `the same person as ${same.id}` : "contact gone";
  }

  note(note: PlanNote): void {
    this.#notes.set(JSON.stringify([note.program, note.contact, note.reason]), note);
  }

  env(contact: ContactInput | null): Env {
    return this.input.env(contact);
  }

  touchpoint(name: string): TouchpointDef | undefined {
    return this.model.touchpoints.find((touchpoint) => touchpoint.name === name);
  }

  program(name: string): ProgramDef | undefined {
    return this.model.programs.find((program) => program.name === name);
  }

  output(): PlanOutput {
    const state: ScheduleState = {
      runs: [...this.runs.values()],
      past: Object.fromEntries(this.past),
      steps: Object.fromEntries(
        [...this.#steps].map(([key, steps]) => [key, Object.fromEntries(steps)]),
      ),
    };
    const isSame = JSON.stringify(state) === JSON.stringify(this.input.state);
    return {
      state: isSame ? this.input.state : state,
      touches: this.changed,
      events: this.#events,
      notes: [...this.#notes.values()],
    };
  }

  #index(touch: Touch): void {
    const { program, run, contact } = touch;
    if (program === null || run === null) return;
    // With `for: account` the touch names its receiver, the run nobody.
    for (const owner of contact === null ? [null] : [null, contact]) {
      const key = numberedKey({ program, run, contact: owner });
      const keys = this.#byRun.get(key);
      if (keys) keys.add(touch.key);
      else this.#byRun.set(key, new Set([touch.key]));
    }
  }

  #contactsInUse(): Set<string> {
    const used = new Set<string>();
    for (const { contact } of this.#touches.values()) if (contact !== null) used.add(contact);
    for (const { contact } of this.runs.values()) if (contact !== null) used.add(contact);
    for (const key of this.past.keys()) {
      const program = programOfKey(key);
      if (program !== key) used.add(key.slice(program.length + 1));
    }
    return used;
  }
}

function numberedKey({ program, run, contact }: Pick<Run, "program" | "run" | "contact">): string {
  return contact === null ? `${program}#${run}` : `${program}#${run}/${contact}`;
}
