import type { AccountRecord } from "../account/record.ts";
import type { Model } from "../model/types.ts";
import {
  applyChoice,
  chooseSends,
  type EngineEvent,
  isExempt,
  isPerReceiver,
  longestWindow,
  personsById,
  receiverKey,
  recordOutcome,
  type SendCandidate,
  type SentRecord,
  sentRecord,
  type Touch,
  TOUCH_RESULTS,
  type TouchResult,
  type WorkCalendar,
} from "../schedule/index.ts";
import type { Day } from "../time/day.ts";
import { instantAt } from "../time/zone.ts";

/** What became of an account's touches on a day. */
export interface Sent {
  readonly record: AccountRecord;
  readonly events: readonly EngineEvent[];
  readonly done: readonly Touch[];
  readonly dropped: number;
}

/**
 * The touches of a simulated day take place. As in scenarios, automated ones go out when
 * `send_between` opens and are delivered, as far as caps let them. Human ones are all held on
 * their day, so that the hours are what the model costs in full.
 */
export class SendDay {
  readonly #model: Model;
  readonly #calendar: WorkCalendar;
  readonly #succeeds: ReadonlyMap<string, TouchResult>;
  readonly #lastHuman = new Map<string, Day>();
  /** What was tried today: what had to wait is tried again tomorrow. */
  readonly #tried = new Set<string>();
  #today: Day | undefined;
  #sent: SentRecord[] = [];

  constructor(model: Model, calendar: WorkCalendar) {
    this.#model = model;
    this.#calendar = calendar;
    this.#succeeds = new Map(
      model.touchpoints.map(({ name, succeeds }) => [name, resultOf(succeeds) ?? "held"]),
    );
  }

  /**
   * Records are brought up to date in place. May be asked again on the same day, for touches that
   * came of those that took place.
   */
  send(records: readonly AccountRecord[], today: Day): Sent[] {
    if (this.#today !== today) this.#tried.clear();
    this.#today = today;
    const waiting = records.flatMap((record) => this.#waiting(record, today));
    if (waiting.length === 0) return [];
    const first = today - longestWindow(this.#model.caps);
    this.#sent = this.#sent.filter(({ day }) => day > first);
    const recordOf = new Map(waiting.map(({ candidate, record }) => [candidate.touch, record]));
    const receiverOf = new Map(
      waiting.map(({ candidate }) => [candidate.touch, candidate.receiver]),
    );
    const choices = chooseSends({
      caps: this.#model.caps,
      today,
      candidates: waiting.map(({ candidate }) => candidate),
      sent: this.#sent,
      lastHuman: this.#lastHuman,
    });
    const sent = new Map<
      AccountRecord,
      { events: EngineEvent[]; done: Touch[]; dropped: number }
    >();
    for (const choice of choices) {
      const { touch, verdict } = choice;
      this.#tried.add(touch.key);
      const at = this.#instant(today, touch.human);
      const after =
        verdict === "send"
          ? recordOutcome(touch, this.#resultOf(touch), at)
          : applyChoice(choice, at);
      if (after.touch === touch) continue;
      const record = recordOf.get(touch) as AccountRecord;
      let own = sent.get(record);
      if (!own) sent.set(record, (own = { events: [], done: [], dropped: 0 }));
      record.touches.set(touch.key, after.touch);
      own.events.push(...after.events);
      if (after.touch.status === "dropped") own.dropped += 1;
      if (verdict !== "send") continue;
      own.done.push(after.touch);
      if (touch.human) this.#lastHuman.set(touch.account, today);
      if (!isExempt(touch))
        this.#sent.push(sentRecord(touch, receiverOf.get(touch) ?? null, today));
    }
    return [...sent].map(([record, own]) => ({ record, ...own }));
  }

  #waiting(
    record: AccountRecord,
    today: Day,
  ): { readonly record: AccountRecord; readonly candidate: SendCandidate }[] {
    const found: { record: AccountRecord; candidate: SendCandidate }[] = [];
    let receivers: ReadonlyMap<string, string> | undefined;
    for (const touch of record.touches.values()) {
      if (touch.due > today || (touch.status !== "due" && touch.status !== "deferred")) continue;
      if (this.#tried.has(touch.key)) continue;
      // what a cap held back over Friday is not held on Saturday
      if (touch.human && !this.#calendar.isWorkingDay(today) && touch.due < today) continue;
      let receiver: string | null = null;
      if (isPerReceiver(touch) && touch.contact !== null) {
        receivers ??= receiversOf(record, today);
        receiver = receivers.get(touch.contact) ?? null;
      }
      found.push({ record, candidate: { touch, receiver } });
    }
    return found;
  }

  #resultOf({ human, touchpoint }: Touch): TouchResult {
    return human ? (this.#succeeds.get(touchpoint) ?? "held") : "delivered";
  }

  #instant(today: Day, human: boolean): number {
    const { workspace, caps } = this.#model;
    const { from } = human ? workspace.workingHours : caps.sendBetween;
    return instantAt(today, from, workspace.timezone);
  }
}

/** By contact: what contact caps count it as. */
function receiversOf(record: AccountRecord, today: Day): Map<string, string> {
  const persons = personsById(record.history.contactsAsOf(today), () => new Set());
  const receivers = new Map<string, string>();
  for (const person of persons.values()) {
    const key = receiverKey(record.history.identity.id, person);
    for (const { id } of person.members) receivers.set(id, key);
  }
  return receivers;
}

function resultOf(text: string | undefined): TouchResult | undefined {
  return TOUCH_RESULTS.find((result) => result === text);
}
