import type { Reading } from "./reading.ts";
import { TOUCH_RESULTS } from "../schedule/touch-words.ts";
import { EVENT_STATUSES } from "./schema-pieces.ts";
import type { EventPattern } from "./types.ts";
import type { Span } from "./yaml/tree.ts";

/**
 * `Logged In`, `Report *`, `*`: which events are meant. Patterns in the engine's own namespaces
 * (`segment:…`, `touch:…`) are held to what the model can bring about. Undefined when in error.
 */
export function readEventPattern(
  reading: Reading,
  text: string,
  at: Span,
): EventPattern | undefined {
  if (text === "*") return { kind: "tracked" };
  const star = text.indexOf("*");
  if (text.trim() === "" || (star >= 0 && star < text.length - 1)) {
    const hint = "A name of an event, a beginning of names with * at its end, or * alone.";
    reading.report("bad-event", at, `"${text}" is no event that can be looked for.`, hint);
    return undefined;
  }
  const namespace = NAMESPACES.find((prefix) => text.startsWith(`${prefix}:`));
  if (namespace && !checkEngineEvent(reading, namespace, text, at)) return undefined;
  return star < 0 ? { kind: "exact", name: text } : { kind: "prefix", prefix: text.slice(0, -1) };
}

const NAMESPACES = ["segment", "stage", "level", "health", "account", "touch"] as const;
type Namespace = (typeof NAMESPACES)[number];

const MEMBERSHIP = ["entered", "left"];
const TOUCH_ENDS: readonly string[] = [...TOUCH_RESULTS, ...EVENT_STATUSES];

function checkEngineEvent(reading: Reading, namespace: Namespace, text: string, at: Span): boolean {
  if (text.endsWith("*")) return checkPrefix(reading, namespace, text, at);
  const [, subject = "", end = ""] = text.split(":");
  const { subjects, ends } = eventsOf(reading, namespace);
  if (namespace === "account") return checkOneOf(reading, text, at, subject, subjects);
  if (namespace === "touch") reading.use("touchpoint", subject);
  if (!subjects.includes(subject)) {
    const known = subjects.map((name) => `${namespace}:${name}`);
    const message = `No event "${text}" can happen: ${missing(reading, namespace, subject)}`;
    reading.report(
      "unknown-event",
      at,
      message,
      suggest(reading, `${namespace}:${subject}`, known),
    );
    return false;
  }
  if (text.split(":").length === 3 && ends.includes(end)) return true;
  const message = `No event "${text}" can happen.`;
  const hint = reading.didYouMean(end, ends, `It ends in one of: ${ends.join(", ")}.`);
  reading.report("unknown-event", at, message, hint);
  return false;
}

/** What the events of a namespace are about, and how they end. */
function eventsOf(
  reading: Reading,
  namespace: Namespace,
): { readonly subjects: readonly string[]; readonly ends: readonly string[] } {
  const { names } = reading;
  switch (namespace) {
    case "segment": {
      const subjects = [...names.segments].flatMap(([name, entries]) =>
        entries ? entries.map((entry) => `${name}.${entry}`) : [name],
      );
      return { subjects, ends: MEMBERSHIP };
    }
    case "stage":
      return { subjects: [...names.of("stage").keys()], ends: MEMBERSHIP };
    case "level":
      return { subjects: [...names.of("level").keys()], ends: MEMBERSHIP };
    case "health":
      return { subjects: [...names.bands, "unknown"], ends: ["entered"] };
    case "account":
      return { subjects: ["closed", "opened"], ends: [] };
    case "touch":
      return { subjects: [...names.of("touchpoint").keys()], ends: TOUCH_ENDS };
  }
}

function missing(reading: Reading, namespace: Namespace, subject: string): string {
  const entries = namespace === "segment" ? reading.names.segments.get(subject) : undefined;
  if (entries)
    return `"${subject}" has several segments, so name one, like ${subject}.${entries[0] ?? "…"}.`;
  const word = { health: "health band", touch: "touchpoint" }[namespace as string] ?? namespace;
  return `there is no ${word} "${subject}".`;
}

function checkOneOf(
  reading: Reading,
  text: string,
  at: Span,
  subject: string,
  subjects: readonly string[],
): boolean {
  if (subjects.includes(subject) && text.split(":").length === 2) return true;
  const known = subjects.map((name) => `account:${name}`);
  reading.report(
    "unknown-event",
    at,
    `No event "${text}" can happen.`,
    suggest(reading, text, known),
  );
  return false;
}

function checkPrefix(reading: Reading, namespace: Namespace, text: string, at: Span): boolean {
  const prefix = text.slice(0, -1);
  const { subjects, ends } = eventsOf(reading, namespace);
  const all = subjects.flatMap((subject) =>
    ends.length === 0
      ? [`${namespace}:${subject}`]
      : ends.map((end) => `${namespace}:${subject}:${end}`),
  );
  const matches = all.filter((name) => name.startsWith(prefix));
  if (matches.length === 0) {
    const message = `No event of this model begins with "${prefix}".`;
    reading.report("unknown-event", at, message, suggest(reading, prefix, all));
    return false;
  }
  if (namespace === "touch") {
    for (const name of matches) reading.use("touchpoint", name.split(":")[1] ?? "");
  }
  return true;
}

function suggest(reading: Reading, text: string, known: readonly string[]): string | undefined {
  return reading.didYouMean(
    text,
    known,
    known[0] === undefined ? undefined : `For example ${known[0]}.`,
  );
}
