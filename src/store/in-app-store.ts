import type { InAppMark, InAppStore, StoredInApp } from "../engine/ports.ts";
import { bucketOf } from "./bucket.ts";
import type { Database } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";

export function inAppStore(db: Database): InAppStore {
  return {
    sentTo: (user, since, limit) =>
      SENT.read(db, "w", SENT_TO, [user, new Date(since), Math.trunc(limit)]),
    async mark(marks) {
      if (marks.length === 0) return;
      await db.q(MARK, [MARKED.encode(marks.map(marked))]);
    },
  };
}

const SENT = new RecordShape<StoredInApp>({
  account: ["account", "text"],
  id: ["id", "text"],
  touchId: ["touch_id", "text"],
  touchpoint: ["touchpoint", "text"],
  program: ["program", "text"],
  message: ["message", "json"],
  sentAt: ["sent_at", "instant"],
  purpose: ["purpose", "text"],
  priority: ["priority", "text"],
  result: ["result", "text"],
  isLeft: ["is_left", "bool"],
  seenAt: ["seen_at", "instant"],
  clickedAt: ["clicked_at", "instant"],
  dismissedAt: ["dismissed_at", "instant"],
  itemsDone: ["items_done", "json"],
});

// A run is left for good once its program's `when` was not true since (`rearmed`), or when a
// later run has begun. Runs for each contact are remembered under `program/contact`.
const SENT_TO = `FROM (
  SELECT o.account, o.id, t.id AS touch_id, t.touchpoint, t.program, o.message,
    coalesce(o.sent_at, o.made_at) AS sent_at, t.purpose, t.priority, t.result,
    coalesce((p.past->>'rearmed')::bool AND (p.past->>'last')::int4 = t.run
      OR (p.past->>'last')::int4 > t.run, false) AS is_left,
    i.seen_at, i.clicked_at, i.dismissed_at,
    to_json(coalesce(i.items_done, '{}'::int4[])) AS items_done
  FROM outgoing o
  JOIN account a ON a.bucket = o.bucket AND a.id = o.account AND a.closed_at IS NULL
  JOIN touch t ON t.bucket = o.bucket AND t.account = o.account AND t.key = o.touch
  LEFT JOIN in_app i ON i.bucket = o.bucket AND i.account = o.account AND i.id = o.id
  LEFT JOIN account_state s ON s.bucket = o.bucket AND s.account = o.account
  LEFT JOIN LATERAL (SELECT coalesce(
      s.state->'schedule'->'past'->(t.program || '/' || t.contact),
      s.state->'schedule'->'past'->t.program) AS past) p ON true
  WHERE o.user_id = $1 AND o.channel = 'in_app' AND o.status = 'sent' AND o.kind = 'touch'
    AND coalesce(o.sent_at, o.made_at) >= $2
  ORDER BY coalesce(o.sent_at, o.made_at) DESC, o.id LIMIT $3) w`;

interface Marked {
  readonly bucket: number;
  readonly account: string;
  readonly id: string;
  readonly seenAt: number | null;
  readonly clickedAt: number | null;
  readonly dismissedAt: number | null;
  readonly item: number | null;
}

const MARKED = new RecordShape<Marked>({
  bucket: ["bucket", "int2"],
  account: ["account", "text"],
  id: ["id", "text"],
  seenAt: ["seen_at", "instant"],
  clickedAt: ["clicked_at", "instant"],
  dismissedAt: ["dismissed_at", "instant"],
  item: ["item", "int4"],
});

/** Whatever is done with a message, it was seen. */
function marked({ account, id, action, item, at }: InAppMark): Marked {
  return {
    bucket: bucketOf(account),
    account,
    id,
    seenAt: at,
    clickedAt: action === "clicked" ? at : null,
    dismissedAt: action === "dismissed" ? at : null,
    item: action === "item_done" ? item : null,
  };
}

const MARK = `INSERT INTO in_app (bucket, account, id, seen_at, clicked_at, dismissed_at, items_done)
  SELECT n.bucket, n.account, n.id, min(n.seen_at), min(n.clicked_at), min(n.dismissed_at),
    coalesce(array_agg(DISTINCT n.item) FILTER (WHERE n.item IS NOT NULL), '{}')
  FROM ${MARKED.table("$1", "n")}
  GROUP BY n.bucket, n.account, n.id ORDER BY n.bucket, n.account, n.id
  ON CONFLICT (bucket, account, id) DO UPDATE SET
    seen_at = coalesce(in_app.seen_at, excluded.seen_at),
    clicked_at = coalesce(in_app.clicked_at, excluded.clicked_at),
    dismissed_at = coalesce(in_app.dismissed_at, excluded.dismissed_at),
    items_done = ARRAY(SELECT DISTINCT unnest(in_app.items_done || excluded.items_done) ORDER BY 1)`;
