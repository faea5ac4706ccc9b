import type { Cap, CapsDef } from "../../core/model/types.ts";
import { isExempt } from "../../core/schedule/index.ts";
import { foldEmail } from "../../core/schedule/persons.ts";
import type { Day } from "../../core/time/day.ts";
import type { BookTouch } from "../ports.ts";
import type { NewlyCapped } from "./types.ts";

type Side = "before" | "after";
type Counted = Pick<BookTouch, "account" | "contact" | "channel" | "due">;

/**
 * Whom more is planned for than a cap lets through, by the new model and not by the live one. A
 * person is a mail address, over all accounts (model.md "caps"); who has none is a contact.
 */
export class CapCounts {
  readonly #today: Day;
  readonly #planned = { before: new Map<string, Counted[]>(), after: new Map<string, Counted[]>() };

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
    for (const [person, planned] of this.#planned.after) {
      const over = firstOver(caps.after.contact, planned);
      if (!over) continue;
      const was = this.#planned.before.get(person) ?? [];
      if (caps.before && firstOver(caps.before.contact, was)) continue;
      const { account, contact } = over.touch;
      found.push({ account, contact, cap: over.cap.text, planned: over.planned });
    }
    return found.toSorted(
      (a, b) => b.planned - a.planned || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0),
    );
  }
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
      counted.toSorted((a, b) => a.due - b.due),
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

function key({ account, contact }: NewlyCapped): string {
  return JSON.stringify([account, contact]);
}
