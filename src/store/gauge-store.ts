import type { Instant } from "../core/time/day.ts";
import type { Gauges, GaugeStore } from "../engine/ports.ts";
import type { Database, Session } from "./db/database.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Every question is answered from a small index, however much has piled up behind it. */
export function gaugeStore(db: Database): GaugeStore {
  return {
    read: async (now) => ({ ...(await deciding(db, now)), ...(await sending(db, now)) }),
    async ping() {
      await db.q("SELECT 1");
    },
  };
}

type Deciding = Pick<Gauges, "accountsWaiting" | "waitingSince" | "heldMessages" | "workers">;

async function deciding(db: Session, now: Instant): Promise<Deciding> {
  const [found] = await db.q<Deciding>(
    `SELECT (SELECT count(*) FROM account WHERE waiting) AS "accountsWaiting",
       (SELECT min(e.arrived) FROM
          (SELECT bucket, id FROM account WHERE waiting LIMIT 200) a
          JOIN event e ON e.bucket = a.bucket AND e.account = a.id AND e.pending) AS "waitingSince",
       (SELECT count(*) FROM (SELECT 1 FROM held_message LIMIT 10001) h) AS "heldMessages",
       (SELECT count(*) FROM worker WHERE seen_at > $1) AS workers`,
    [new Date(now - MINUTE_MS)],
  );
  return found ?? { accountsWaiting: 0, waitingSince: null, heldMessages: 0, workers: 0 };
}

type Sending = Omit<Gauges, keyof Deciding>;

async function sending(db: Session, now: Instant): Promise<Sending> {
  const yesterday = new Date(now - DAY_MS);
  const [dead] = await db.q<{ count: number }>(
    "SELECT count(*) AS count FROM webhook_message WHERE made_at > $1 AND status = 'dead'",
    [yesterday],
  );
  return {
    touchesToSend: await db.q(
      `SELECT status, count(*) AS count FROM touch
       WHERE status IN ('due', 'deferred') AND NOT human GROUP BY status ORDER BY status`,
    ),
    outgoingOpen: await db.q(
      `SELECT status, channel, count(*) AS count FROM outgoing
       WHERE status IN ('queued', 'sending', 'uncertain') GROUP BY 1, 2 ORDER BY 1, 2`,
    ),
    outgoingOfDay: await db.q(
      `SELECT status, channel, count(*) AS count FROM outgoing WHERE made_at > $1
       GROUP BY 1, 2 ORDER BY 1, 2`,
      [yesterday],
    ),
    webhooksOpen: await db.q(
      `SELECT status, count(*) AS count FROM webhook_message
       WHERE status IN ('queued', 'sending') GROUP BY status ORDER BY status`,
    ),
    webhooksDeadOfDay: dead?.count ?? 0,
  };
}
