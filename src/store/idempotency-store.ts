import type { Claimed, IdempotencyStore } from "../engine/ports.ts";
import type { Instant } from "../core/time/day.ts";
import type { Database } from "./db/database.ts";
import { json } from "./db/send-value.ts";

interface Stored {
  readonly bodyHash: string;
  readonly status: number | null;
  readonly answer: string | null;
  readonly until: Instant;
}

export function idempotencyStore(db: Database): IdempotencyStore {
  return {
    async claim(key, bodyHash, now, until): Promise<Claimed> {
      const taken = await db.q(
        `INSERT INTO idempotency AS i (key, body_hash, made_at, held_until) VALUES ($1, $2, $3, $4)
         ON CONFLICT (key) DO UPDATE SET made_at = excluded.made_at, held_until = excluded.held_until
           WHERE i.status IS NULL AND i.held_until <= $3 AND i.body_hash = excluded.body_hash
         RETURNING key`,
        [key, bodyHash, new Date(now), new Date(until)],
      );
      if (taken.length > 0) return { kind: "yours", claim: now };
      const [found] = await db.q<Stored>(
        `SELECT body_hash AS "bodyHash", status, answer, held_until AS until FROM idempotency WHERE key = $1`,
        [key],
      );
      // whoever was at it has let it go between the two statements: for the next attempt
      if (!found) return { kind: "busy", until: now };
      if (found.bodyHash !== bodyHash) return { kind: "other" };
      if (found.status === null) return { kind: "busy", until: found.until };
      return { kind: "done", status: found.status, answer: found.answer ?? "" };
    },
    async hold(keys, until) {
      await db.q(
        "UPDATE idempotency SET held_until = $2 WHERE key = ANY($1::text[]) AND status IS NULL",
        [keys, new Date(until)],
      );
    },
    async finish(key, claim, status, answer) {
      await db.q(
        "UPDATE idempotency SET status = $3, answer = $4 WHERE key = $1 AND made_at = $2 AND status IS NULL",
        [key, new Date(claim), status, json(answer)],
      );
    },
    async release(key, claim) {
      await db.q("DELETE FROM idempotency WHERE key = $1 AND made_at = $2 AND status IS NULL", [
        key,
        new Date(claim),
      ]);
    },
    async forget(before) {
      const gone = await db.q("DELETE FROM idempotency WHERE made_at < $1 RETURNING key", [
        new Date(before),
      ]);
      return gone.length;
    },
  };
}
