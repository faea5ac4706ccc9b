import type { ContactInput } from "../../facts/types.ts";
import { readModel } from "../../model/index.ts";
import type { Model } from "../../model/types.ts";
import { evaluateRule } from "../../rules/evaluate.ts";
import type { Env, Value } from "../../rules/types.ts";
import { type Day, dayOf, formatDay, parseDay } from "../../time/day.ts";
import { workCalendar } from "../../time/work-calendar.ts";
import { instantAt, localDay, startOfDay } from "../../time/zone.ts";
import {
  EMPTY_SCHEDULE,
  isOpen,
  type PlanInput,
  type PlanNote,
  type PlanOutput,
  planAccount,
  recordOutcome,
  type ScheduleState,
  type Touch,
  type TouchChange,
  type TouchResult,
  type Trigger,
} from "../index.ts";

const ZONE = "America/New_York";

/** 19 June and 3 July 2026 are off, Saturdays and Sundays too. */
export const calendar = workCalendar(
  [1, 2, 3, 4, 5],
  () => new Set([dayOf(2026, 6, 19), dayOf(2026, 7, 3)]),
);

const HEAD = `
touchstone: 1
name: Planning
workspace: { timezone: ${ZONE}, currency: USD }
facts:
  on: { type: boolean }
  tier: { type: string, values: [high, low] }
  renewal_date: { type: date }
segments:
  quiet: { when: on }
  power: { when: on }
lifecycle:
  stages: { growth: {} }
levels:
  high: { often: 2w, channels: [call, email], kinds: [], by: csm }
  low:  { often: 4w, channels: [email], kinds: [], by: pool }
touch:
  base: [ { when: 'tier == "high"', level: high }, { otherwise: low } ]
touchpoints:
  call:   { title: Call, purpose: proactive, channel: call, by: owner, minutes: 60, succeeds: held, drives: adoption }
  review: { title: Review, purpose: proactive, channel: video, by: owner, minutes: 300, succeeds: held, must: true }
  mail:   { title: Mail, purpose: educational, channel: email, by: automation, template: mail, succeeds: clicked }
  tip:    { title: Tip, purpose: proactive, channel: in_app, by: automation, template: tip, to: 'contact.role == "admin"' }
  bill:   { title: Bill, purpose: transactional, channel: email, by: automation, template: bill, priority: renewal }
  ping:   { title: Ping, purpose: proactive, channel: slack, by: automation, template: ping }
  pitch:  { title: Pitch, purpose: proactive, channel: call, by: sales, accountable: cs_ops, minutes: 30 }
`;

/** A model of these programs (YAML) over a few touchpoints and facts. */
export function planningModel(programs: string, rest = ""): Model {
  const indented = programs.replaceAll(/^(?=.)/gm, "  ");
  const { model, diagnostics } = readModel(`${HEAD}programs:\n${indented}\n${rest}`, {
    file: "test",
  });
  if (!model) throw new Error(JSON.stringify(diagnostics, null, 1));
  return model;
}

export function day(text: string): Day {
  const found = parseDay(text);
  if (found === undefined) throw new Error(`no day: ${text}`);
  return found;
}

export function contact(given: Partial<ContactInput> & { readonly id: string }): ContactInput {
  return {
    email: `${given.id}@x.test`,
    name: null,
    role: "user",
    timezone: null,
    locale: null,
    createdAt: null,
    from: 0,
    user: given.id,
    optOuts: [],
    ...given,
  };
}

/** An account that lives through days, with the passes at its midnights. */
export class SimulatedAccount {
  model: Model;
  today: Day;
  contacts: readonly ContactInput[] = [];
  held = false;
  owner: string | null = "ann";
  state: ScheduleState = EMPTY_SCHEDULE;
  liveFrom: Day | null = null;
  closed = false;
  /** The real day, when `today` is being caught up. */
  present: Day | null = null;
  notes: readonly PlanNote[] = [];
  readonly facts = new Map<string, Value>([["on", true]]);
  readonly touches = new Map<string, Touch>();
  readonly events: string[] = [];

  constructor(model: Model, today: string) {
    this.model = model;
    this.today = day(today);
  }

  plan(over: Partial<PlanInput> & { readonly closing?: boolean } = {}): PlanOutput {
    const { closing = false, ...rest } = over;
    if (closing) this.closed = true;
    const output = planAccount(this.model, calendar, { ...this.#input(closing), ...rest });
    this.state = JSON.parse(JSON.stringify(output.state)) as ScheduleState;
    for (const touch of output.touches) this.touches.set(touch.key, touch);
    this.events.push(...output.events.map(({ name }) => name));
    this.notes = output.notes;
    return output;
  }

  /** Day by day, planning at each midnight. */
  goTo(text: string): void {
    while (this.today < day(text)) {
      this.today++;
      this.plan();
    }
  }

  /** Something happens; being closed also closes the account. */
  hear(name: string, more: Partial<Trigger> = {}): PlanOutput {
    const at = this.#now();
    return this.plan({
      triggers: [{ at, user: null, properties: {}, engine: name.includes(":"), ...more, name }],
      closing: name === "account:closed",
    });
  }

  /** What became of the earliest open touch of a touchpoint; planned again at once. */
  outcome(touchpoint: string, result: TouchResult): PlanOutput {
    const touch = this.open(touchpoint);
    this.apply(recordOutcome(touch, result, instantAt(this.today, 12 * 60, ZONE)));
    return this.plan();
  }

  open(touchpoint: string): Touch {
    const [first] = [...this.touches.values()]
      .filter((touch) => touch.touchpoint === touchpoint && isOpen(touch))
      .toSorted((a, b) => a.due - b.due);
    if (!first) throw new Error(`no open ${touchpoint}`);
    return first;
  }

  apply(change: TouchChange): void {
    this.touches.set(change.touch.key, change.touch);
    this.events.push(...change.events.map(({ name }) => name));
  }

  /** `2026-06-15 mail to c1 planned`, in order of day; with the reason where there is one. */
  list(): string[] {
    return [...this.touches.values()]
      .toSorted((a, b) => a.due - b.due || (a.key < b.key ? -1 : 1))
      .map(({ due, touchpoint, contact: to, status, result, reason }) => {
        const what = `${formatDay(due)} ${touchpoint}${to === null ? "" : ` to ${to}`}`;
        return `${what} ${result ?? status}${reason === null ? "" : `: ${reason}`}`;
      });
  }

  runs(): string[] {
    return this.state.runs.map(
      ({ program, contact: who, run, entered, status }) =>
        `${program}${who === null ? "" : `/${who}`} ${run} since ${formatDay(entered)}${status === "open" ? "" : ` ${status}`}`,
    );
  }

  #now(): number {
    return startOfDay(this.present ?? this.today, ZONE) + 9 * 3_600_000;
  }

  #input(closing: boolean): PlanInput {
    const env = (who: ContactInput | null): Env => ({
      today: this.today,
      localDay: (at) => localDay(at, ZONE),
      get: (name) => {
        if (!name.startsWith("contact.")) return this.facts.get(name) ?? null;
        const value = who?.[name.slice(8) as keyof ContactInput] ?? null;
        return typeof value === "object" ? null : value;
      },
    });
    return {
      account: {
        id: "acme",
        timezone: null,
        held: this.held,
        baseLevel: null,
        closed: this.closed,
        closing,
        owner: this.owner,
      },
      today: this.today,
      now: this.#now(),
      modelVersion: 1,
      holds: (index) => {
        const when = this.model.programs[index]?.when;
        if (!when || when.names.some((name) => name.startsWith("contact."))) return true;
        return evaluateRule(when, env(null)) === true;
      },
      env,
      contacts: this.contacts,
      triggers: [],
      state: this.state,
      touches: [...this.touches.values()],
      liveFrom: this.liveFrom !== null && this.today <= this.liveFrom ? this.liveFrom : null,
    };
  }
}
