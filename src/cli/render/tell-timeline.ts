import { formatDay } from "../../core/time/day.ts";
import { formatInstant, localDay, localMinutes } from "../../core/time/zone.ts";
import type { TimelineEntry } from "../../engine/ports.ts";
import {
  movesWith,
  type Names,
  tellEntry,
  type ToldEntry,
} from "../../engine/timeline/tell-entry.ts";
import { paint } from "../output.ts";
import { wrap } from "./columns.ts";
import { setIn } from "./paragraph.ts";

const COLUMNS = 100;
/** Where the text begins, behind the time. */
const TEXT = 9;

/** What happened to an account, day by day, newest first. */
export function tellTimeline(entries: readonly TimelineEntry[], names: Names): string[] {
  const { zone } = names;
  const lines: string[] = [];
  let shown: number | undefined;
  for (const { at, told, times } of alikeTogether(entries, names)) {
    const day = localDay(at, zone);
    if (day !== shown)
      lines.push(...(shown === undefined ? [] : [""]), paint("bold", formatDay(day)));
    shown = day;
    const again = times === 1 ? "" : ` (${times} times)`;
    const text = wrap(told.text + again, COLUMNS - TEXT, "  ");
    lines.push(`  ${clockTime(at, zone)}  ${text.join(`\n${" ".repeat(TEXT)}`)}`);
    lines.push(...told.more.map((one) => setIn(one, TEXT)));
  }
  return lines;
}

/** Touches that end alike at one moment, told once. */
function alikeTogether(
  entries: readonly TimelineEntry[],
  names: Names,
): { readonly at: number; readonly told: ToldEntry; times: number }[] {
  const groups: { at: number; told: ToldEntry; times: number }[] = [];
  for (const entry of entries) {
    const told = tellEntry(entry, names);
    const alike = groups.findLast(
      (one) => one.at === entry.at && one.told.text === told.text && told.more.length === 0,
    );
    if (alike) alike.times += 1;
    else groups.push({ at: entry.at, told, times: 1 });
  }
  return groups;
}

function clockTime(at: number, zone: string): string {
  const minutes = localMinutes(at, zone);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function timelineJson(entry: TimelineEntry, names: Names): unknown {
  const head = { at: formatInstant(entry.at), kind: KINDS[entry.kind], ...tellEntry(entry, names) };
  if (entry.kind === "audit") {
    const { by, what, reason, details } = entry.audit;
    return { ...head, by, what, reason, details };
  }
  if (entry.kind === "decision") {
    const { day, cause, modelVersion } = entry.decision;
    const { first, moves, began, ended } = movesWith(entry.decision);
    return {
      ...head,
      day: formatDay(day),
      cause,
      model_version: modelVersion,
      first,
      moves,
      programs_began: began,
      programs_ended: ended,
    };
  }
  const { name, user, engine, properties, touch } = entry.event;
  return { ...head, event: name, user, by_touchstone: engine, properties, touch };
}

const KINDS = { event: "event", decision: "decision", audit: "person" } as const;
