import { type Model, readModel } from "../core/model/index.ts";
import type { EventPattern } from "../core/model/types.ts";
import type { Page } from "./account-page.ts";
import type { EngineContext } from "./context.ts";
import { type Move, movesOf } from "./overview.ts";
import type { EventChoice, PastDecision, TimelineAfter, TimelineEntry } from "./ports.ts";

/** A stored decision as the timeline tells it. */
export interface TimelineMoves {
  readonly moves: readonly Move[];
  readonly first: boolean;
}

export type TimelineChoice = "important" | "all" | "none";

/**
 * What happened to an account, newest first: what became of its touches, what it joined and
 * left, where its level and stage moved and why, what people changed; of what its users did
 * only what means something by itself (`important`): events that a program waits for, and first
 * times that are facts. Daily logins are not news.
 */
export async function accountTimeline(
  context: EngineContext,
  account: string,
  choice: TimelineChoice,
  after: TimelineAfter | null,
  limit: number,
): Promise<Page<TimelineEntry, TimelineAfter>> {
  const events = choice === "important" ? await importantEvents(context) : choice;
  const found = await context.store.reading.timeline(account, { events }, after, limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const next =
    found.length > limit && last ? { at: last.at, kind: last.kind, seq: last.seq } : null;
  return { items, next };
}

async function importantEvents({ store }: EngineContext): Promise<EventChoice> {
  const live = await store.models.live();
  const { model } = live ? readModel(live.source, { file: live.name }) : { model: undefined };
  return model ? importantNames(model) : "none";
}

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

/** How level and stage moved with this decision. */
export function movesWith({ before, decision }: PastDecision): TimelineMoves {
  if (before) return { first: false, moves: movesOf(before, decision) };
  const started = [
    { what: "level", to: decision.level?.name },
    { what: "stage", to: decision.stage?.name },
  ] as const;
  const moves = started.flatMap(({ what, to }): Move[] =>
    to === undefined ? [] : [{ what, from: null, to, why: "first decision" }],
  );
  return { first: true, moves };
}
