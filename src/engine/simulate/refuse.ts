import { nearest } from "../../core/text/nearest.ts";
import { isEngineName } from "../../core/facts/index.ts";
import { type Day, formatDay } from "../../core/time/day.ts";
import { AppError } from "../app-error.ts";
import type { BookSurvey } from "./book-survey.ts";
import { CLOSED } from "./past-account.ts";

/** Days that cannot be lived through. */
export function refuseSpan(from: Day, to: Day, today: Day): void {
  if (from > to) {
    throw new AppError(
      "bad-value",
      `--from ${formatDay(from)} is after --to ${formatDay(to)}.`,
      "Give the earlier day first.",
    );
  }
  if (to > today) {
    throw new AppError(
      "bad-value",
      `${formatDay(to)} has not come yet: today is ${formatDay(today)}.`,
      "A simulation goes over days that have been; end it today at the latest.",
    );
  }
}

/** A book without a history in those days. */
export function refuseBook(
  { accounts, firstDay }: BookSurvey,
  from: Day,
  to: Day,
  lastEvent: Day | null,
): void {
  if (accounts === 0) {
    throw new AppError(
      "no-history",
      "There are no accounts, so there is nothing to go over.",
      "Bring them in with `touchstone import`.",
    );
  }
  if (to < firstDay) {
    throw new AppError(
      "no-history",
      `Nothing is known of any account from ${formatDay(from)} to ${formatDay(to)}: the first is known from ${formatDay(firstDay)}.`,
      `Give days from then on${lastEvent === null ? "" : `; the last event is of ${formatDay(lastEvent)}`}.`,
    );
  }
}

/** What says that an account has ended has to have happened to somebody. */
export function requireEvent(ended: string, events: readonly { readonly name: string }[]): void {
  if (ended === CLOSED) return;
  if (isEngineName(ended)) {
    throw new AppError(
      "bad-value",
      `--ended ${ended}: that is what a model makes of an account, and each model makes its own.`,
      `Give an event that customers' systems report, or \`${CLOSED}\`.`,
    );
  }
  const names = events.map(({ name }) => name).filter((name) => !isEngineName(name));
  if (names.includes(ended)) return;
  const near = nearest(ended, [...names, CLOSED]);
  throw new AppError(
    "bad-value",
    `--ended ${ended}: no account has such an event.`,
    near === undefined
      ? `There are: ${[...names.toSorted(), CLOSED].join(", ")}.`
      : `Did you mean \`${near}\`?`,
  );
}
