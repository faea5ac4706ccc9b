import { Evaluator } from "../../account/evaluate-accounts.ts";
import { type Life, type News, unborn } from "../../account/testing/random-life.ts";
import type { FactPlan } from "../../facts/index.ts";
import type { Trigger, WorkCalendar } from "../../schedule/types.ts";
import type { Day } from "../../time/day.ts";
import { simulateDays } from "../simulate-days.ts";
import type { PastAccount, SimulatedTouch, Span } from "../types.ts";

/** An account of which all that is told in a life is known at once, as history. */
export function pastOf(plan: FactPlan, life: Life, isTold: (news: News) => boolean): PastAccount {
  const record = unborn(plan, life);
  const triggers: Trigger[] = [];
  const known = new Set<string>();
  for (const day of [...life.news.keys()].toSorted((a, b) => a - b)) {
    for (const news of life.news.get(day) ?? []) {
      if (!isTold(news)) continue;
      if (news.kind === "trait") record.history.addTrait(news.change);
      else if (news.kind === "event") {
        record.history.addEvent(news.event);
        triggers.push(news.event);
      } else {
        // as in the store: since when a contact is known stays, later news are its traits' history
        if (!known.has(news.contact.id)) record.history.putContact(news.contact);
        known.add(news.contact.id);
        for (const change of news.traits) record.history.addContactTrait(news.contact.id, change);
      }
    }
  }
  return { record, since: life.createdAt, triggers, ends: [] };
}

/** A simulated day as plain values, kept. */
export interface LivedDay {
  readonly day: Day;
  readonly standings: readonly (string | null)[];
  readonly touches: readonly SimulatedTouch[];
  readonly dropped: number;
}

export function lived(
  evaluator: Evaluator,
  calendar: WorkCalendar,
  accounts: readonly PastAccount[],
  span: Span,
): LivedDay[] {
  return Array.from(simulateDays(evaluator, calendar, accounts, span), (one) => {
    const { open, level, base, band, revenue } = one.standings;
    return {
      day: one.day,
      standings: accounts.map((_, place) =>
        open[place] === 1
          ? [level, base, band, revenue].map((column) => String(column[place])).join(" ")
          : null,
      ),
      touches: one.touches,
      dropped: one.dropped,
    };
  });
}

/** Plans every account on every day, whether anything can come of it or not. */
export class PlainEvaluator extends Evaluator {
  override evaluate(...[records, occasion]: Parameters<Evaluator["evaluate"]>) {
    return super.evaluate(records, { ...occasion, mayRest: false });
  }
}
