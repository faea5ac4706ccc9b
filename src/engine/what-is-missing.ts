import type { Behind } from "../core/account/catch-up.ts";
import type { Day, Instant } from "../core/time/day.ts";
import { knownSince } from "./known-since.ts";
import type { LiveAccount } from "./live-book.ts";
import type { Existing } from "./plan/types.ts";
import type { Replay } from "./replay.ts";

export type Cause = "event" | "model" | "person";

/** When the model that decides went live, and whether what was there already starts its programs. */
export interface GoneLive {
  readonly at: Instant;
  readonly existing: Existing;
}

/** The first model's replay takes in the accounts that were known when it was applied. */
export function isReplayed({ stored }: LiveAccount, replay: Replay | null): replay is Replay {
  return stored.decidedOn === null && replay !== null && stored.firstSeenAt <= replay.appliedAt;
}

/** From which day an account has to be evaluated, with which news, and why. */
export function whatIsMissing(
  account: LiveAccount,
  today: Day,
  modelVersion: number,
  replay: Replay | null,
  cause: Cause | null,
  goneLive: GoneLive | null = null,
): Behind {
  const { stored, record, pending } = account;
  if (stored.state === null || stored.decidedOn === null) {
    return firstTime(account, today, isReplayed(account, replay) ? replay : null, goneLive);
  }
  // a day that ended before all of it was looked at is evaluated once more, then those after it
  const { decidedOn } = stored;
  const hasOlderNews = pending.some(({ at }) => record.history.localDay(at) <= decidedOn);
  const from = hasOlderNews || decidedOn >= today ? Math.min(decidedOn, today) : decidedOn + 1;
  return {
    record,
    from,
    liveFrom: null,
    news: pending.filter((event) => isNews(event, stored.firstSeen, record.history.localDay)),
    cause: cause ?? causeOf(account, today, modelVersion),
    ...(stored.decidedModel === modelVersion ? {} : holdBack(account, from, goneLive)),
  };
}

/** The days until which an account that was there before is kept from starting programs. */
function holdBack(
  { record }: LiveAccount,
  from: Day,
  goneLive: GoneLive | null,
): { readonly holdBackUntil?: Day } {
  if (goneLive?.existing !== "new") return {};
  return { holdBackUntil: Math.max(from, record.history.localDay(goneLive.at)) };
}

function firstTime(
  account: LiveAccount,
  today: Day,
  replay: Replay | null,
  goneLive: GoneLive | null,
): Behind {
  const { stored, history, record } = account;
  const { localDay } = record.history;
  const from = replay
    ? Math.min(
        Math.max(replay.since, knownSince({ ...stored, events: history }, record.history)),
        today,
      )
    : today;
  const news = history.filter(({ at, engine }) => !engine && localDay(at) >= from);
  const isThereAlready = goneLive !== null && stored.firstSeenAt <= goneLive.at;
  return {
    record,
    from,
    liveFrom: replay ? replay.liveFrom : null,
    news,
    cause: null,
    ...(isThereAlready ? holdBack(account, from, goneLive) : {}),
  };
}

/** What happened before the account was first seen is its past, however late it comes: it starts nothing. */
function isNews(
  { at, engine }: { readonly at: Instant; readonly engine: boolean },
  firstSeen: Day,
  localDay: (at: Instant) => Day,
): boolean {
  return engine || localDay(at) >= firstSeen;
}

/** What it is evaluated for today, most telling first; null: only because a day has begun. */
function causeOf({ stored, pending }: LiveAccount, today: Day, modelVersion: number): Cause | null {
  if (stored.byHand) return "person";
  if (stored.decidedModel !== null && stored.decidedModel !== modelVersion) return "model";
  return pending.length > 0 || stored.decidedOn === today ? "event" : null;
}
