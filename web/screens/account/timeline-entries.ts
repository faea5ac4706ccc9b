import type { TimelineEntry } from "./account-queries.ts";
import type { TimelineKind } from "./account-search.ts";
import { localDayOf } from "./days.ts";

/** By what a reader looks for: where it moved, what became of touches, what people did, what else happened. */
export function kindOf(entry: TimelineEntry): TimelineKind {
  if (entry.kind === "decision") return "moves";
  if (entry.kind === "person") return "people";
  return entry.touch === null && !entry.event.startsWith("touch:") ? "events" : "touches";
}

/** Names an entry in an address. */
export function entryKey({ at, kind }: TimelineEntry): string {
  return `${at}.${kind}`;
}

export function isWanted(
  entry: TimelineEntry,
  kind: TimelineKind | undefined,
  text: string,
): boolean {
  if (kind !== undefined && kindOf(entry) !== kind) return false;
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return true;
  return [entry.text, ...entry.more].some((line) => line.toLowerCase().includes(wanted));
}

export interface DayGroup {
  readonly day: string;
  readonly entries: readonly TimelineEntry[];
}

/** Entries by their local day; they come newest first and stay so. */
export function byDay(entries: readonly TimelineEntry[], timeZone: string): DayGroup[] {
  const groups: { day: string; entries: TimelineEntry[] }[] = [];
  for (const entry of entries) {
    const day = localDayOf(entry.at, timeZone);
    const last = groups.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else groups.push({ day, entries: [entry] });
  }
  return groups;
}
