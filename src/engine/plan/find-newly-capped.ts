import type { Cap, CapsDef } from "../../core/model/types.ts";
import { isExempt } from "../../core/schedule/index.ts";
import { foldEmail } from "../../core/schedule/persons.ts";
import type { Day } from "../../core/time/day.ts";
import type { BookTouch } from "../ports.ts";
import type { NewlyCapped } from "./types.ts";

/** `same`: before and after. */
type Side = "before" | "after" | "same";
type Planned = Map<string, Counted[]>;
type Counted = Pick<BookTouch, "account" | "contact" | "channel" | "due">;

/**
 * Whom more is planned for than a cap lets through, by the new model and not by the live one. A
 * person is a mail address, over all accounts (model.md "caps"); who has none is a contact.
 */
export class CapCounts {
  readonly #today: Day;
  readonly #planned: Readonly<Record<Side, Planned>> = {
    before: new Map(),
    after: new Map(),
    same: new Map(),
  };

  constructor(today: Day) {
    this.#today = today;
  }

  add(side: Side, touches: readonly BookTouch[]): void {
    for (const touch of touches) {
      const { human, contact, email, account, channel, due } = touch;
      if (human || contact === null || isExempt(touch)) continue;
      const person = foldEmail(email) ?? JSON.stringify([account, contact]);
      const counted = { account, contact, channel, due: Math.max(due, this.#today) };
      const planned = this.#planned[side].get(person);
      if (planned) planned.push(counted);
      else this.#planned[side].set(person, [counted]);
    }
  }

  /** @param caps of each model; null: none is live */
  result(caps: { readonly before: CapsDef | null; readonly after: CapsDef }): NewlyCapped[] {
    const found: NewlyCapped[] = [];
    const { same, after } = this.#planned;
    const areSame = caps.before !== null && textOf(caps.before) === textOf(caps.after);
    // of whom nothing is another is over a cap by both models
    for (const person of areSame ? after.keys() : new Set([...same.keys(), ...after.keys()])) {
      const over = firstOver(caps.after.contact, this.#of(person, "after"));
      if (!over) continue;
      if (caps.before && firstOver(caps.before.contact, this.#of(person, "before"))) continue;
      const { account, contact } = over.touch;
      found.push({ account, contact, cap: over.cap.text, planned: over.planned });
    }
    return found.toSorted(
      (a, b) => b.planned - a.planned || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0),
    );
  }

  #of(person: string, side: "before" | "after"): readonly Counted[] {
    const [same, own] = [this.#planned.same.get(person), this.#planned[side].get(person)];
    return same && own ? [...same, ...own] : (same ?? own ?? []);
  }
}

function textOf({ contact }: CapsDef): string {
  return JSON.stringify(contact);
}

interface Over {
  readonly cap: Cap;
  /** In the fullest window. */
  readonly planned: number;
  readonly touch: Counted;
}

function firstOver(caps: readonly Cap[], planned: readonly Counted[]): Over | null {
  for (const cap of caps) {
    const counted = planned.filter(({ channel }) => cap.key === "any" || cap.key === channel);
    if (counted.length <= cap.count) continue;
    const over = fullest(
      cap,
      counted.toSorted((a, b) => a.due - b.due || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)),
    );
    if (over.planned > cap.count) return over;
  }
  return null;
}

/** The window of the cap's days in which most is due. */
function fullest(cap: Cap, sorted: readonly Counted[]): Over {
  let best: Over = { cap, planned: 0, touch: sorted[0] as Counted };
  for (let end = 0, start = 0; end < sorted.length; end++) {
    const last = sorted[end] as Counted;
    while ((sorted[start] as Counted).due <= last.due - cap.days) start += 1;
    if (end - start + 1 > best.planned) best = { cap, planned: end - start + 1, touch: last };
  }
  return best;
}

function key({ account, contact }: Pick<NewlyCapped, "account" | "contact">): string {
  return JSON.stringify([account, contact]);
}
