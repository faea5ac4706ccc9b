import type { Model } from "../core/model/index.ts";
import type { EventPattern } from "../core/model/types.ts";
import type { Day } from "../core/time/day.ts";
import { startOfDay } from "../core/time/zone.ts";
import type { Page } from "./account-page.ts";
import type { EngineContext } from "./context.ts";
import { presentModel } from "./edit-account.ts";
import { peopleNames } from "./explain-account.ts";
import type { EventChoice, TimelineAfter, TimelineEntry, TimelineFilter } from "./ports.ts";
import type { Names } from "./timeline/tell-entry.ts";

export type TimelineChoice = "important" | "all" | "none";

export interface TimelineQuery {
  readonly choice: TimelineChoice;
  /** Local days, both ends included. */
  readonly from?: Day;
  readonly to?: Day;
}

/**
 * What happened to an account, newest first: what became of its touches, what it joined and
 * left, where its level and stage moved and why, what people changed; of what its users did
 * only what means something by itself (`important`): events that a program waits for, and first
 * times that are facts. Daily logins are not news.
 */
export async function accountTimeline(
  context: EngineContext,
  account: string,
  { choice, from, to }: TimelineQuery,
  after: TimelineAfter | null,
  limit: number,
): Promise<Page<TimelineEntry, TimelineAfter>> {
  const model = await presentModel(context);
  const important = model ? importantNames(model) : "none";
  const zone = zoneOf(model);
  const filter: TimelineFilter = {
    events: choice === "important" ? important : choice,
    ...(from === undefined ? {} : { from: startOfDay(from, zone) }),
    ...(to === undefined ? {} : { until: startOfDay(to + 1, zone) }),
  };
  const found = await context.store.reading.timeline(account, filter, after, limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const next =
    found.length > limit && last ? { at: last.at, kind: last.kind, seq: last.seq } : null;
  return { items, next };
}

/** What those are called who occur in an account's timeline. */
export async function timelineNames(context: EngineContext, account: string): Promise<Names> {
  const contacts = new Map<string, string>();
  const found = await context.store.reading.contacts({ account }, null, MOST_CONTACTS);
  for (const { id, user, name, email } of found) {
    const called = name ?? email ?? id;
    contacts.set(id, called);
    if (user !== null) contacts.set(user, called);
  }
  const zone = zoneOf(await presentModel(context));
  return { people: await peopleNames(context), contacts, zone };
}

function zoneOf(model: Model | undefined): string {
  return model?.workspace.timezone ?? "UTC";
}

const MOST_CONTACTS = 1000;

export function importantNames(model: Model): Exclude<EventChoice, string> {
  const awaited = model.programs.flatMap(({ on }) => (on ? nameOf(on.pattern) : []));
  const firsts = model.facts.flatMap(({ source }) =>
    source.kind === "event" && source.aggregate.kind === "first"
      ? nameOf(source.aggregate.pattern)
      : [],
  );
  return { names: [...new Set(awaited)], firsts: [...new Set(firsts)] };
}

function nameOf(pattern: EventPattern): string[] {
  if (pattern.kind === "exact") return [pattern.name];
  return pattern.kind === "prefix" ? [`${pattern.prefix}*`] : [];
}
