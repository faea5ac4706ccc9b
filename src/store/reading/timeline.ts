import type {
  PastDecision,
  TimelineAfter,
  TimelineEntry,
  TimelineEvent,
  TimelineFilter,
  TimelineKind,
} from "../../engine/ports.ts";
import type { Json } from "../../core/facts/types.ts";
import type { Instant } from "../../core/time/day.ts";
import { bucketOf } from "../bucket.ts";
import type { Database, Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { Conditions, likeText } from "./conditions.ts";
import { decisionsWhere } from "./past-decisions.ts";

/** Of two things at one instant the one named later is told first: what was decided, then why. */
const KINDS: readonly TimelineKind[] = ["event", "decision", "audit"];

/** What happened to an account, what was decided and what people did, newest first. */
export function timelinePage(
  db: Database,
  account: string,
  filter: TimelineFilter,
  after: TimelineAfter | null,
  limit: number,
): Promise<TimelineEntry[]> {
  return db.tx(
    async (tx) => {
      const found = [
        ...(await eventsBefore(tx, account, filter, after, limit)),
        ...(await decisionsBefore(tx, account, filter, after, limit)),
        ...(await auditBefore(tx, account, filter, after, limit)),
      ];
      return found.toSorted(newestFirst).slice(0, limit);
    },
    { snapshot: true },
  );
}

function newestFirst(a: TimelineEntry, b: TimelineEntry): number {
  return b.at - a.at || KINDS.indexOf(b.kind) - KINDS.indexOf(a.kind) || b.seq - a.seq;
}

/** What comes after the last one seen, told by time, kind and number; times are cut to milliseconds as they are shown. */
function addAfter(
  where: Conditions,
  kind: TimelineKind,
  columns: { readonly at: string; readonly seq: string },
  after: TimelineAfter | null,
): void {
  if (!after) return;
  const at = `date_trunc('milliseconds', ${columns.at})`;
  const time = where.param(new Date(after.at));
  const order = KINDS.indexOf(kind) - KINDS.indexOf(after.kind);
  if (order < 0) where.also(`${at} <= ${time}`);
  else if (order > 0) where.also(`${at} < ${time}`);
  else where.also(`(${at}, ${columns.seq}) < (${time}, ${where.param(after.seq)})`);
}

function addBetween(where: Conditions, at: string, { from, until }: TimelineFilter): void {
  if (from !== undefined) where.also(`${at} >= ${where.param(new Date(from))}`);
  if (until !== undefined) where.also(`${at} < ${where.param(new Date(until))}`);
}

/** The account's bucket is its first parameter and its id the second, which others may name again. */
function ofAccount(account: string, alias: string): Conditions {
  const where = new Conditions();
  where.add(bucketOf(account), (param) => `${alias}.bucket = ${param}`);
  return where.add(account, (param) => `${alias}.account = ${param}`);
}

interface EventRow extends Omit<TimelineEvent, "touch"> {
  readonly at: Instant;
  readonly seq: number;
  readonly touchId: string | null;
  readonly title: string | null;
  readonly owner: string | null;
  readonly note: string | null;
  readonly minutesSpent: number | null;
  readonly reason: string | null;
}
const EVENT = new RecordShape<EventRow>({
  at: ["at", "instant"],
  seq: ["seq", "int8"],
  name: ["name", "text"],
  user: ["user_id", "text"],
  engine: ["engine", "bool"],
  properties: ["properties", "jsonb"],
  touchId: ["touch_id", "text"],
  title: ["title", "text"],
  owner: ["owner", "text"],
  note: ["note", "text"],
  minutesSpent: ["minutes_spent", "number"],
  reason: ["reason", "text"],
});

async function eventsBefore(
  tx: Session,
  account: string,
  filter: TimelineFilter,
  after: TimelineAfter | null,
  limit: number,
): Promise<TimelineEntry[]> {
  const where = ofAccount(account, "e");
  const choice = filter.events;
  // moves of level and stage are told with their causes as decisions
  where.also("NOT (e.engine AND (e.name LIKE 'level:%' OR e.name LIKE 'stage:%'))");
  if (choice === "none") where.also("e.engine");
  else if (choice !== "all")
    where.also(
      `(e.engine OR ${namesCondition(where, choice.names)} OR ${firstsCondition(where, choice.firsts)})`,
    );
  // that a touch is due, waits or is being sent is no news by itself
  if (choice !== "all")
    where.also(
      "NOT (e.engine AND e.name LIKE 'touch:%' AND e.properties ->> 'status' IN ('due', 'deferred', 'sending'))",
    );
  addBetween(where, "e.at", filter);
  addAfter(where, "event", { at: "e.at", seq: "e.seq" }, after);
  const rows = await EVENT.read(
    tx,
    "l",
    `FROM (SELECT e.at, e.seq, e.name, e.user_id, e.engine, e.properties,
        t.id AS touch_id, t.title, t.owner, t.note, t.minutes_spent, t.reason
      FROM (SELECT e.* FROM event e WHERE ${where.sql}
        ORDER BY e.at DESC, e.seq DESC LIMIT ${where.param(limit)}) e
      LEFT JOIN touch t ON e.engine AND e.name LIKE 'touch:%' AND t.id = e.properties ->> 'touch'
        AND t.bucket = $1 AND t.account = $2) l
     ORDER BY l.at DESC, l.seq DESC`,
    where.params,
  );
  return rows.map(({ at, seq, touchId, title, owner, note, minutesSpent, reason, ...event }) => ({
    at,
    seq,
    kind: "event",
    event: {
      ...event,
      touch:
        touchId === null
          ? null
          : { id: touchId, title: title ?? "", owner, note, minutesSpent, reason },
    },
  }));
}

function namesCondition(where: Conditions, names: readonly string[]): string {
  const exact = names.filter((name) => !name.endsWith("*"));
  const prefixes = names.filter((name) => name.endsWith("*")).map((name) => name.slice(0, -1));
  const isExact = `e.name = ANY(${where.param(exact)}::text[])`;
  const begins = prefixes.map((prefix) => `e.name LIKE ${where.param(`${likeText(prefix)}%`)}`);
  return `(${[isExact, ...begins].join(" OR ")})`;
}

/** Nothing of its name came before it. */
function firstsCondition(where: Conditions, firsts: readonly string[]): string {
  return `(e.name = ANY(${where.param(firsts)}::text[]) AND NOT EXISTS (
    SELECT 1 FROM event p WHERE p.bucket = $1 AND p.account = $2 AND p.name = e.name
      AND (p.at, p.seq) < (e.at, e.seq)))`;
}

async function decisionsBefore(
  tx: Session,
  account: string,
  filter: TimelineFilter,
  after: TimelineAfter | null,
  limit: number,
): Promise<TimelineEntry[]> {
  const where = ofAccount(account, "d");
  // a model that went live or was taken back is told where it changed anything of the account
  where.also(
    "(d.level IS DISTINCT FROM d.before_level OR d.stage IS DISTINCT FROM d.before_stage OR d.cause IN ('model', 'rollback'))",
  );
  addBetween(where, "d.at", filter);
  addAfter(where, "decision", { at: "d.at", seq: "d.seq" }, after);
  const found = await decisionsWhere(
    tx,
    account,
    where,
    (d) => `${d}.at DESC, ${d}.seq DESC`,
    limit,
  );
  return found.map((decision: PastDecision) => ({
    at: decision.at,
    seq: decision.seq,
    kind: "decision",
    decision,
  }));
}

interface AuditRow {
  readonly at: Instant;
  readonly seq: number;
  readonly by: string | null;
  readonly what: string;
  readonly account: string | null;
  readonly reason: string | null;
  readonly details: Json;
}
const AUDIT = new RecordShape<AuditRow>({
  at: ["at", "instant"],
  seq: ["id", "int8"],
  by: ["done_by", "text"],
  what: ["what", "text"],
  account: ["account", "text"],
  reason: ["reason", "text"],
  details: ["details", "json"],
});

async function auditBefore(
  tx: Session,
  account: string,
  filter: TimelineFilter,
  after: TimelineAfter | null,
  limit: number,
): Promise<TimelineEntry[]> {
  const where = ofAccount(account, "u");
  addBetween(where, "u.at", filter);
  addAfter(where, "audit", { at: "u.at", seq: "u.id" }, after);
  const rows = await AUDIT.read(
    tx,
    "u",
    `FROM audit u WHERE ${where.sql} ORDER BY u.at DESC, u.id DESC LIMIT ${where.param(limit)}`,
    where.params,
  );
  return rows.map(({ at, seq, ...audit }) => ({ at, seq, kind: "audit", audit }));
}
