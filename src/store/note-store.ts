import type { FreeNote, ListedNote, NoteAfter, NoteStore } from "../engine/ports.ts";
import { addAudit } from "./audit-store.ts";
import { bucketOf } from "./bucket.ts";
import type { Database } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";
import { Conditions } from "./reading/conditions.ts";

const NOTE = new RecordShape<FreeNote>({
  account: ["account", "text"],
  id: ["id", "text"],
  at: ["at", "instant"],
  by: ["by", "text"],
  author: ["author", "text"],
  note: ["note", "text"],
  changedAt: ["changed_at", "instant"],
});

interface NoteRow extends FreeNote {
  readonly touch: string | null;
  readonly title: string | null;
}
const LISTED = NOTE.with(
  new RecordShape<Pick<NoteRow, "touch" | "title">>({
    touch: ["touch", "text"],
    title: ["title", "text"],
  }),
);

export function noteStore(db: Database): NoteStore {
  return {
    list: (account, after, limit) => listNotes(db, account, after, limit),
    async one(account, id) {
      const where = "FROM account_note n WHERE n.bucket = $1 AND n.account = $2 AND n.id = $3";
      const [found] = await NOTE.read(db, "n", where, [bucketOf(account), account, id]);
      return found ?? null;
    },
    put: (note, audit, moment) =>
      db.tx(async (tx) => {
        const bucket = bucketOf(note.account);
        await tx.q(
          `INSERT INTO account_note (bucket, ${NOTE.names()})
           SELECT $2, ${NOTE.names("n.")} FROM ${NOTE.table("$1", "n")}
           ON CONFLICT (bucket, account, id) DO UPDATE SET note = excluded.note, changed_at = excluded.changed_at`,
          [NOTE.encode([note]), bucket],
        );
        await addAudit(tx, audit, moment.now);
      }),
    remove: (account, id, audit, moment) =>
      db.tx(async (tx) => {
        const gone = await tx.q(
          "DELETE FROM account_note WHERE bucket = $1 AND account = $2 AND id = $3 RETURNING id",
          [bucketOf(account), account, id],
        );
        if (gone.length > 0) await addAudit(tx, audit, moment.now);
        return gone.length > 0;
      }),
  };
}

/** Free notes and those of touches; a touch's note is of the time when it was done. */
async function listNotes(
  db: Database,
  account: string,
  after: NoteAfter | null,
  limit: number,
): Promise<ListedNote[]> {
  const where = new Conditions();
  const bucket = where.param(bucketOf(account));
  const id = where.param(account);
  if (after)
    where.also(
      `(date_trunc('milliseconds', l.at), l.id) < (${where.param(new Date(after.at))}, ${where.param(after.id)})`,
    );
  const rows = await LISTED.read(
    db,
    "l",
    `FROM (SELECT * FROM (
        SELECT account, id, at, by, author, note, changed_at, NULL::text AS touch, NULL::text AS title
        FROM account_note WHERE bucket = ${bucket} AND account = ${id}
        UNION ALL
        SELECT account, id, coalesce(done_at, planned_at), owner, NULL, note, NULL, id, title
        FROM touch WHERE bucket = ${bucket} AND account = ${id} AND note <> ''
      ) l WHERE ${where.sql}
      ORDER BY date_trunc('milliseconds', l.at) DESC, l.id DESC LIMIT ${where.param(limit)}) l
      ORDER BY date_trunc('milliseconds', l.at) DESC, l.id DESC`,
    where.params,
  );
  return rows.map(({ touch, title, ...note }) => ({
    ...note,
    touch: touch === null ? null : { id: touch, title: title ?? "" },
  }));
}
