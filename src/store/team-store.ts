import { type Day, formatDay, parseDay } from "../core/time/day.ts";
import type { TeamRow, TeamStore, WriteCounts } from "../engine/ports.ts";
import type { Database, Session } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";

interface TeamRecord extends Omit<TeamRow, "leave" | "row" | "endsOn"> {
  readonly leave: readonly { readonly from: string; readonly to: string }[];
}

const MEMBER = new RecordShape<TeamRecord>({
  id: ["id", "text"],
  name: ["name", "text"],
  email: ["email", "text"],
  role: ["role", "text"],
  access: ["access", "text"],
  hoursPerWeek: ["hours_per_week", "number"],
  pod: ["pod", "text"],
  timezone: ["timezone", "text"],
  region: ["region", "text"],
  languages: ["languages", "texts"],
  skills: ["skills", "texts"],
  startsOn: ["starts_on", "day"],
  leave: ["leave", "jsonb"],
});

const LISTED = MEMBER.with(new RecordShape<{ endsOn: Day | null }>({ endsOn: ["ends_on", "day"] }));

export function teamStore(db: Database): TeamStore {
  return {
    write: (rows) => writeMembers(db, rows),
    async list() {
      const members = await LISTED.read(db, "t", "FROM team_member t ORDER BY t.id");
      return members.map(fromRecord);
    },
  };
}

export async function writeMembers(db: Session, rows: readonly TeamRow[]): Promise<WriteCounts> {
  const written = await db.q<{ id: string }>(
    `INSERT INTO team_member AS t (${MEMBER.names()}) SELECT ${MEMBER.names("n.")} FROM ${MEMBER.table("$1", "n")} ORDER BY id
     ON CONFLICT (id) DO UPDATE SET ${MEMBER.updates("id")}
       WHERE (${MEMBER.names("t.")}) IS DISTINCT FROM (${MEMBER.names("excluded.")})
     RETURNING id`,
    // Of two rows for one person the later one counts.
    [MEMBER.encode([...new Map(rows.map((row) => [row.id, toRecord(row)])).values()])],
  );
  return { written: written.length, unchanged: rows.length - written.length, refused: [] };
}

/** Somebody's last day; on that day or after it nobody is signed in as them any more. */
export async function writeEnd(
  tx: Session,
  { id, endsOn = null }: TeamRow,
  today: Day,
): Promise<void> {
  await tx.q("UPDATE team_member SET ends_on = $2 WHERE id = $1", [
    id,
    endsOn === null ? null : formatDay(endsOn),
  ]);
  if (endsOn === null || endsOn >= today) return;
  await tx.q("DELETE FROM session WHERE member = $1", [id]);
  await tx.q("DELETE FROM sign_in WHERE member = $1", [id]);
}

function toRecord(row: TeamRow): TeamRecord {
  const { row: _, endsOn: _said, ...member } = row;
  const leave = row.leave.map(({ from, to }) => ({ from: formatDay(from), to: formatDay(to) }));
  return { ...member, leave };
}

function fromRecord(record: TeamRecord & { endsOn: Day | null }): TeamRow {
  const leave = record.leave.map(({ from, to }) => ({ from: dayOf(from), to: dayOf(to) }));
  return { ...record, leave };
}

function dayOf(text: string): number {
  const day = parseDay(text);
  if (day === undefined) throw new Error(`${text} is no day`);
  return day;
}
