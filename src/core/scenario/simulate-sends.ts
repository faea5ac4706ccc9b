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
  readonly zone: string;
  /** When it may be tried: now, or when the receiver's window opens. */
  readonly at: Instant;
}

/**
 * The sending of a scenario's world: automated touches go out when their receiver's window
 * opens, are delivered, and count against caps; each is tried once a day.
 */
export class SimulatedSends {
  /** By touch: the day, in its receiver's zone, on which it was last tried. */
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
      const zone = open.find((one) => one.touch === touch)?.zone ?? world.zone;
      this.#tried.set(touch.key, localDay(world.now, zone));
      const isSent = choice.verdict === "send" && !touch.human;
      const after = isSent
        ? recordOutcome(touch, "delivered", world.now)
        : applyChoice(choice, world.now);
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
      const people = contactsAsPersons(
        record.history.contacts(today).map((contact) => contact.at(today)),
      );
      for (const touch of record.touches.values()) {
        const isOpen = touch.status === "due" || touch.status === "deferred";
        const tried = this.#tried.get(touch.key);
        if (!isOpen || touch.due > today || (touch.human && tried === today)) continue;
        const person = isPerReceiver(touch)
          ? people.find((one) => one.members.some(({ id }) => id === touch.contact))
          : undefined;
        const zone = touch.human ? world.zone : zoneOf(world, account, person);
        // what was held back is tried again on the next day, when the window opens
        const from = Math.max(touch.due, tried === undefined ? touch.due : tried + 1);
        const at = touch.human ? world.now : nextSendTime(world.model, zone, from, world.now);
        waiting.push({ account, touch, person, zone, at });
      }
    }
    return waiting;
  }

  /** What counts against caps: what was delivered or done, and human touches let through today. */
  #sent(world: World): SentRecord[] {
    const sent: SentRecord[] = [];
    for (const [account, { record }] of world.accounts) {
      const people = contactsAsPersons(
        record.history.contacts(world.today).map((contact) => contact.at(world.today)),
      );
      for (const touch of record.touches.values()) {
        if (touch.purpose === "transactional") continue;
        const person = people.find((one) => one.members.some(({ id }) => id === touch.contact));
        const receiver = person ? receiverKey(account, person) : null;
        if (touch.doneAt !== null)
          sent.push(sentRecord(touch, receiver, localDay(touch.doneAt, world.zone)));
        else if (
          touch.human &&
          touch.status === "due" &&
          this.#tried.get(touch.key) === world.today
        ) {
          sent.push(sentRecord(touch, receiver, world.today));
        }
      }
    }
    return sent;
  }
}

function zoneOf(world: World, account: string, person: Person | undefined): string {
  const own = world.account(account).record.history.identity.timezone;
  return receiverZone(world.model, own, person?.timezone ?? null);
}

function lastHumanDays(world: World): Map<string, Day> {
  const days = new Map<string, Day>();
  for (const [account, { record }] of world.accounts) {
    for (const { human, status, doneAt } of record.touches.values()) {
      if (!human || status !== "done" || doneAt === null) continue;
      days.set(
        account,
        Math.max(days.get(account) ?? Number.NEGATIVE_INFINITY, localDay(doneAt, world.zone)),
      );
    }
  }
  return days;
}
