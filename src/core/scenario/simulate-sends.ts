import {
  applyChoice,
  chooseSends,
  contactsAsPersons,
  isPerReceiver,
  nextSendTime,
  type Person,
  receiverKey,
  receiverZone,
  recordOutcome,
  type SendCandidate,
  type SentRecord,
  sentRecord,
  type Touch,
} from "../schedule/index.ts";
import type { Day, Instant } from "../time/day.ts";
import { localDay } from "../time/zone.ts";
import type { World } from "./world.ts";

interface Waiting {
  readonly account: string;
  readonly touch: Touch;
  readonly person: Person | undefined;
  /** When it may be tried: now, or when the receiver's window opens. */
  readonly at: Instant;
}

/**
 * The sending of a scenario's world: automated touches go out when their receiver's window
 * opens, are delivered, and count against caps; each is tried once a day.
 */
export class SimulatedSends {
  readonly #tried = new Map<string, Day>();

  /** When the next touch may be tried; undefined when none waits. */
  next(world: World): Instant | undefined {
    const times = this.#waiting(world).map(({ at }) => at);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Tries what may go now; answers the accounts whose touches changed. */
  sendNow(world: World): string[] {
    const open = this.#waiting(world).filter(({ at }) => at <= world.now);
    if (open.length === 0) return [];
    const changed = new Set<string>();
    const choices = chooseSends({
      caps: world.model.caps,
      today: world.today,
      candidates: open.map(({ account, touch, person }): SendCandidate => ({
        touch,
        receiver: person ? receiverKey(account, person) : null,
      })),
      sent: this.#sent(world),
      lastHuman: lastHumanDays(world),
    });
    for (const choice of choices) {
      const { touch } = choice;
      this.#tried.set(touch.key, world.today);
      const isSent = choice.verdict === "send" && !touch.human;
      const after = isSent ? recordOutcome(touch, "delivered", world.now) : applyChoice(choice, world.now);
      if (after.touch === touch) continue;
      world.putTouch(touch.account, after.touch);
      for (const event of after.events) world.happen(touch.account, { ...event, engine: true });
      changed.add(touch.account);
    }
    return [...changed];
  }

  #waiting(world: World): Waiting[] {
    const { today } = world;
    const waiting: Waiting[] = [];
    for (const [account, { record }] of world.accounts) {
      const people = contactsAsPersons(record.history.contacts(today).map((contact) => contact.at(today)));
      for (const touch of record.touches.values()) {
        const isOpen = touch.status === "due" || touch.status === "deferred";
        if (!isOpen || touch.due > today || this.#tried.get(touch.key) === today) continue;
        const person = isPerReceiver(touch) ? people.find((one) => one.members.some(({ id }) => id === touch.contact)) : undefined;
        waiting.push({ account, touch, person, at: touch.human ? world.now : opensAt(world, account, person, touch.due) });
      }
    }
    return waiting;
  }

  /** What counts against caps: what was delivered or done, and human touches let through today. */
  #sent(world: World): SentRecord[] {
    const sent: SentRecord[] = [];
    for (const [account, { record }] of world.accounts) {
      const people = contactsAsPersons(record.history.contacts(world.today).map((contact) => contact.at(world.today)));
      for (const touch of record.touches.values()) {
        if (touch.purpose === "transactional") continue;
        const person = people.find((one) => one.members.some(({ id }) => id === touch.contact));
        const receiver = person ? receiverKey(account, person) : null;
        if (touch.doneAt !== null) sent.push(sentRecord(touch, receiver, localDay(touch.doneAt, world.zone)));
        else if (touch.human && touch.status === "due" && this.#tried.get(touch.key) === world.today) {
          sent.push(sentRecord(touch, receiver, world.today));
        }
      }
    }
    return sent;
  }
}

function opensAt(world: World, account: string, person: Person | undefined, due: Day): Instant {
  const zone = receiverZone(world.model, world.account(account).record.history.identity.timezone, person?.timezone ?? null);
  return nextSendTime(world.model, zone, due, world.now);
}

function lastHumanDays(world: World): Map<string, Day> {
  const days = new Map<string, Day>();
  for (const [account, { record }] of world.accounts) {
    for (const { human, status, doneAt } of record.touches.values()) {
      if (!human || status !== "done" || doneAt === null) continue;
      days.set(account, Math.max(days.get(account) ?? Number.NEGATIVE_INFINITY, localDay(doneAt, world.zone)));
    }
  }
  return days;
}
