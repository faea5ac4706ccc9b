import type { ContactInput } from "../facts/types.ts";
import type { Model, TouchpointDef } from "../model/types.ts";
import type { Env } from "../rules/types.ts";
import type { Day } from "../time/day.ts";
import { localDay, startOfDay } from "../time/zone.ts";
import { type ModelIndex, modelIndex } from "./model-index.ts";
import { type Person, personsById } from "./persons.ts";
import { whyNotReceived } from "./receivers.ts";
import { TouchBook } from "./touch-book.ts";
import { programOfKey, runKey } from "./touch-key.ts";
import type {
  HeldBack,
  PastRuns,
  PlanInput,
  PlanNote,
  PlanOutput,
  Run,
  ScheduleState,
  StepMemory,
  WorkCalendar,
} from "./types.ts";

type Steps = { readonly [step: string]: StepMemory };

/** An account's schedule while it is being planned: what was, and what has changed so far. */
export class Draft {
  readonly model: Model;
  readonly index: ModelIndex;
  readonly calendar: WorkCalendar;
  readonly input: PlanInput;
  readonly touches: TouchBook;
  /** The day it really is: later than `input.today` while days are caught up. */
  readonly present: Day;
  readonly runs: Map<string, Run>;
  readonly past: Map<string, PastRuns>;
  readonly #steps: Map<string, Steps>;
  readonly #notes = new Map<string, PlanNote>();
  readonly #heldBack: HeldBack[] = [];
  readonly #reasons = new Map<string, Map<string, string | null>>();
  #persons: ReadonlyMap<string, Person> | undefined;

  constructor(model: Model, calendar: WorkCalendar, input: PlanInput) {
    const zone = model.workspace.timezone;
    this.model = model;
    this.index = modelIndex(model);
    this.calendar = calendar;
    this.input = input;
    const nowDay = localDay(input.now, zone);
    this.present = Math.max(input.today, input.present ?? nowDay);
    // What a day that is caught up changes happened at its start.
    const at = nowDay > input.today ? startOfDay(input.today, zone) : input.now;
    this.touches = new TouchBook(input.touches, at);
    this.runs = new Map(input.state.runs.map((run) => [runKey(run), run]));
    this.past = new Map(Object.entries(input.state.past));
    this.#steps = new Map(Object.entries(input.state.steps));
  }

  endRun(run: Run): void {
    this.runs.delete(runKey(run));
    this.#steps.delete(runKey(run));
  }

  /** Ends a run before its time. */
  leaveRun(run: Run, reason: string): void {
    for (const touch of this.touches.of(run)) this.touches.cancel(touch, reason);
    this.endRun(run);
  }

  memory(run: Run, step: string): StepMemory | undefined {
    // No step is called like anything on a prototype: its name has a `#`.
    return this.#steps.get(runKey(run))?.[step];
  }

  remember(run: Run, step: string, memory: StepMemory): void {
    if (this.memory(run, step) === memory) return;
    const key = runKey(run);
    this.#steps.set(key, { ...this.#steps.get(key), [step]: memory });
  }

  get persons(): ReadonlyMap<string, Person> {
    this.#persons ??= personsById(this.input.contacts, () => this.#contactsInUse());
    return this.#persons;
  }

  /** The person a run is for; null when it is for the account. */
  personOf({ contact }: Pick<Run, "contact">): Person | null {
    return contact === null ? null : (this.persons.get(contact) ?? null);
  }

  /** Why a contact is nobody to write to any more; null when it is somebody. */
  whyGone(contact: string): string | null {
    if (this.persons.has(contact)) return null;
    for (const { id, members } of this.persons.values()) {
      if (members.some((member) => member.id === contact)) return `the same person as ${id}`;
    }
    return "contact gone";
  }

  /** Why a touchpoint may not go to a person; asked once per planning. */
  whyNotReceived(touchpoint: TouchpointDef, person: Person): string | null {
    let reasons = this.#reasons.get(touchpoint.name);
    if (!reasons) {
      this.#reasons.set(touchpoint.name, (reasons = new Map<string, string | null>()));
    }
    let reason = reasons.get(person.id);
    if (reason === undefined) {
      reason = whyNotReceived(touchpoint, person, (contact) => this.env(contact));
      reasons.set(person.id, reason);
    }
    return reason;
  }

  note(note: PlanNote): void {
    this.#notes.set(JSON.stringify([note.program, note.contact, note.reason]), note);
  }

  /** Where only newcomers start programs: that this one would have. */
  holdBack(held: HeldBack): void {
    this.#heldBack.push(held);
  }

  env(contact: ContactInput | null): Env {
    return this.input.env(contact);
  }

  output(): PlanOutput {
    return {
      state: this.#state(),
      touches: this.touches.changed(),
      events: this.touches.events(),
      notes: [...this.#notes.values()],
      heldBack: this.#heldBack,
    };
  }

  /** The very state that came in where nothing in it has changed. */
  #state(): ScheduleState {
    const { state } = this.input;
    const runs = [...this.runs.values()];
    const isSame =
      runs.length === state.runs.length &&
      runs.every((run, index) => run === state.runs[index]) &&
      sameEntries(this.past, state.past) &&
      sameEntries(this.#steps, state.steps);
    if (isSame) return state;
    return { runs, past: Object.fromEntries(this.past), steps: Object.fromEntries(this.#steps) };
  }

  #contactsInUse(): Set<string> {
    const used = new Set<string>();
    for (const { contact } of this.touches.all()) if (contact !== null) used.add(contact);
    for (const { contact } of this.runs.values()) if (contact !== null) used.add(contact);
    for (const key of this.past.keys()) {
      const program = programOfKey(key);
      if (program !== key) used.add(key.slice(program.length + 1));
    }
    return used;
  }
}

function sameEntries<T>(
  map: ReadonlyMap<string, T>,
  before: { readonly [key: string]: T },
): boolean {
  const keys = Object.keys(before);
  return keys.length === map.size && keys.every((key) => map.get(key) === before[key]);
}
