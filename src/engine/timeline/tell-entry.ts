import { assertNever } from "../../core/text/assert-never.ts";
import type { AuditEntry, PastDecision, TimelineEntry, TimelineEvent } from "../ports.ts";
import { type Move, movesOf } from "../movers.ts";
import { touchPhrase } from "./touch-phrase.ts";

/** What people and contacts are called. */
export interface Names {
  readonly people: ReadonlyMap<string, string>;
  /** By contact id and by user id. */
  readonly contacts: ReadonlyMap<string, string>;
  /** The workspace's, in which times are told. */
  readonly zone: string;
}

/** How an account moved with a stored decision. */
export interface TimelineMoves {
  readonly moves: readonly Move[];
  readonly first: boolean;
  /** Programs of which a run began or ended with it. */
  readonly began: readonly string[];
  readonly ended: readonly string[];
}

/** An entry of a timeline in words: what happened, and below it what belongs to it. */
export interface ToldEntry {
  readonly text: string;
  readonly more: readonly string[];
}

/** What a CSM reads of an entry; the command, the API and every screen say it with these words. */
export function tellEntry(entry: TimelineEntry, names: Names): ToldEntry {
  switch (entry.kind) {
    case "decision":
      return tellDecision(entry.decision);
    case "event":
      return tellEvent(entry.event, names);
    case "audit":
      return tellAudit(entry.audit, names);
    default:
      return assertNever(entry);
  }
}

/** How level, stage and programs moved with this decision. */
export function movesWith({ before, decision }: PastDecision): TimelineMoves {
  const is = new Set(decision.programs.map(({ name }) => name));
  const was = new Set((before?.programs ?? []).map(({ name }) => name));
  const began = [...is].filter((name) => !was.has(name));
  const ended = [...was].filter((name) => !is.has(name));
  if (before) return { first: false, moves: movesOf(before, decision), began, ended };
  const started = [
    { what: "level", to: decision.level?.name },
    { what: "stage", to: decision.stage?.name },
  ] as const;
  const moves = started.flatMap(({ what, to }): Move[] =>
    to === undefined ? [] : [{ what, from: null, to, why: "first decision" }],
  );
  return { first: true, moves, began, ended };
}

function tellDecision(decision: PastDecision): ToldEntry {
  const { moves, first, began, ended } = movesWith(decision);
  const told = moves.map(({ what, from, to, why }) =>
    first ? `${what} ${to ?? "none"}` : `${what} ${from ?? "none"} -> ${to ?? "none"} (${why})`,
  );
  const { before } = decision;
  const [from, to] = [before?.level?.base, decision.decision.level?.base];
  if (!first && from !== to && from !== undefined && to !== undefined)
    told.push(`base level ${from} -> ${to}`);
  const text = first ? `First decision: ${told.join(", ")}` : told.join("; ");
  return {
    text: text === "" ? "The model decides anew" : capital(text),
    more: [
      ...(first ? [] : [causeOf(decision)]),
      ...(began.length > 0 ? [`begins ${began.join(", ")}`] : []),
      ...(ended.length > 0 ? [`ends ${ended.join(", ")}`] : []),
    ],
  };
}

/** Why it was decided at that moment. */
function causeOf({ cause, modelVersion, decision }: PastDecision): string {
  switch (cause) {
    case "event":
      return "decided because something had arrived";
    case "midnight":
      return "decided as the day began";
    case "person":
      return "decided because of what a person did";
    case "model":
      return `decided because version ${modelVersion} of the model, ${decision.model.name}, went live`;
    case "rollback":
      return `decided because the model went back to version ${modelVersion}, ${decision.model.name}`;
    default:
      return `decided because of: ${cause}`;
  }
}

function tellEvent(event: TimelineEvent, names: Names): ToldEntry {
  const { name, engine, user } = event;
  if (engine && name.startsWith("touch:")) return touchPhrase(event, names);
  const own = engine || name.startsWith("survey:") ? ownEvent(event) : undefined;
  const who = user === null ? "" : `, by ${names.contacts.get(user) ?? user}`;
  return { text: `${own ?? name}${who}`, more: [] };
}

/** Memberships, health and the like; undefined: shown by its name. */
function ownEvent({ name, properties }: TimelineEvent): string | undefined {
  const [kind, of = "", happened = ""] = name.split(":");
  if (kind === "account")
    return of === "closed" ? "The account was closed" : "The account was opened again";
  if (kind === "health") return `Health is ${of} now`;
  if (kind === "segment") {
    const segment = of.replace(".", ": ");
    return happened === "entered" ? `Joined segment ${segment}` : `Left segment ${segment}`;
  }
  if (kind === "survey") {
    const score = properties["score"];
    return `Survey ${of} ${happened}${typeof score === "number" ? `: ${score}` : ""}`;
  }
  return undefined;
}

function tellAudit({ by, what, reason, details }: AuditEntry, names: Names): ToldEntry {
  const who = by === null ? "" : ` by ${by}`;
  const whom = what === "owner changed" ? whose(details, names) : "";
  const text = `${capital(what)}${whom}${who}`;
  return { text: `${text}${reason === null ? "" : `: ${reason}`}`, more: [] };
}

/** ` from Ann Lee to nobody` of a change of owners. */
function whose(details: AuditEntry["details"], { people }: Names): string {
  if (typeof details !== "object" || details === null) return "";
  const said = new Map(Object.entries(details));
  const [from, to] = [said.get("from"), said.get("to")];
  if (!isOwner(from) || !isOwner(to)) return "";
  const called = (one: string | null): string =>
    one === null ? "nobody" : (people.get(one) ?? one);
  return ` from ${called(from)} to ${called(to)}`;
}

function isOwner(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
