import type { Cap, CapsDef, Channel } from "../model/types.ts";
import type { Day } from "../time/day.ts";
import type { Touch } from "./types.ts";

/** One touch that went out or was held, as caps count it. Exempt ones are no records. */
export interface SentRecord {
  readonly account: string;
  /** Mail address, or what else stands for the person; null when it went to the account. */
  readonly receiver: string | null;
  readonly channel: Channel;
  readonly human: boolean;
  /** `occurrenceOf(touch)`: receivers of one occurrence count once for the account. */
  readonly occurrence: string;
  readonly day: Day;
}

/** What the account cap counts once a day, however many receive it. */
export function occurrenceOf(touch: Touch): string {
  if (touch.program === null) return touch.key;
  return JSON.stringify([
    touch.account,
    touch.program,
    touch.step,
    touch.occurrence,
    touch.channel,
  ]);
}

/** Transactional messages are neither held back nor counted. */
export function isExempt({ purpose }: Pick<Touch, "purpose">): boolean {
  return purpose === "transactional";
}

/** The longest window of a model's caps, in days: how far back records are needed. */
export function longestWindow(caps: CapsDef): number {
  return Math.max(0, ...[...caps.contact, ...caps.account].map(({ days }) => days));
}

interface Counted {
  readonly day: Day;
  readonly channel: Channel;
  readonly human: boolean;
}

/** How much everybody has received, and what that leaves under the caps. */
export class CapWindows {
  readonly #caps: CapsDef;
  readonly #today: Day;
  readonly #receivers = new Map<string, Counted[]>();
  readonly #accounts = new Map<string, Map<string, Counted>>();

  constructor(caps: CapsDef, today: Day, sent: Iterable<SentRecord>) {
    this.#caps = caps;
    this.#today = today;
    for (const record of sent) this.add(record);
  }

  add(record: SentRecord): void {
    const { receiver, account, occurrence, day } = record;
    if (receiver !== null && !record.human) {
      const all = this.#receivers.get(receiver);
      if (all) all.push(record);
      else this.#receivers.set(receiver, [record]);
    }
    let once = this.#accounts.get(account);
    if (!once) this.#accounts.set(account, (once = new Map<string, Counted>()));
    once.set(`${day} ${occurrence}`, record);
  }

  /** The cap that stands in the way of one more today, as people read it; null when none does. */
  whyNot(record: SentRecord): string | null {
    return this.#contactCap(record) ?? this.#accountCap(record);
  }

  #contactCap(record: SentRecord): string | null {
    if (record.human || record.receiver === null) return null;
    const received = this.#receivers.get(record.receiver) ?? [];
    const full = this.#caps.contact.find(
      (cap) => applies(cap, record) && this.#isFull(cap, received),
    );
    return full ? `capped: contact ${capText(full)}` : null;
  }

  #accountCap(record: SentRecord): string | null {
    const once = this.#accounts.get(record.account);
    if (!once || once.has(`${record.day} ${record.occurrence}`)) return null;
    const had = [...once.values()];
    const full = this.#caps.account.find((cap) => applies(cap, record) && this.#isFull(cap, had));
    return full ? `capped: account ${capText(full)}` : null;
  }

  /** A window is so many calendar days, today included. */
  #isFull(cap: Cap, had: readonly Counted[]): boolean {
    const from = this.#today - cap.days + 1;
    let count = 0;
    for (const one of had) {
      if (one.day >= from && one.day <= this.#today && applies(cap, one)) count++;
    }
    return count >= cap.count;
  }
}

function applies({ key }: Cap, { channel, human }: Pick<Counted, "channel" | "human">): boolean {
  return key === "any" || key === channel || (key === "human" && human);
}

/** As in the model: `email 1 per 1d`. */
function capText({ text }: Cap): string {
  return text.replace(":", "");
}
