import type { Decision } from "../../core/decide/decision.ts";
import type { AccountImage, AccountsSince } from "../../engine/ports.ts";
import { accountKeys } from "../account-keys.ts";
import { loadInside } from "../accounts/load-accounts.ts";
import type { Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { hasLeft } from "../outbox/has-left.ts";
import { marksOf } from "./live-changes.ts";

const IMAGE = new RecordShape<AccountImage>({
  id: ["account", "text"],
  stateRev: ["state_rev", "int8"],
  decidedOn: ["decided_on", "day"],
  state: ["state", "json"],
  decision: ["decision", "json"],
  touches: ["touches", "json"],
  handled: ["handled", "json"],
});

const KEYS = "unnest($1::int2[], $2::text[]) AS k (bucket, id)";
const of = (table: string): string =>
  `FROM ${table} t JOIN ${KEYS} ON t.bucket = k.bucket AND t.account = k.id`;

export async function accountsSince(
  tx: Session,
  version: number,
  ids: readonly string[],
): Promise<AccountsSince> {
  const marks = (await marksOf(tx, version)) ?? { event: 0, decision: 0, audit: 0 };
  const keys = accountKeys(ids);
  const images = await IMAGE.read(tx, "t", `${of("account_image")} WHERE t.version = $3`, [
    ...keys,
    version,
  ]);
  const events = await tx.q<{ account: string; ids: string[] }>(
    `SELECT t.account, array_agg(t.id) AS ids ${of("event")} WHERE t.seq > $3 GROUP BY t.account`,
    [...keys, marks.event],
  );
  const decided = await tx.q<{ account: string }>(
    `SELECT DISTINCT t.account ${of("decision")} WHERE t.seq > $3`,
    [...keys, marks.decision],
  );
  const byHand = await tx.q<{ account: string }>(
    `SELECT DISTINCT t.account ${of("audit")}
     WHERE t.id > $3 AND (t.what LIKE 'stage set to %' OR t.what LIKE 'program % started' OR t.what LIKE 'program % stopped')`,
    [...keys, marks.audit],
  );
  const left = await tx.q<{ touch: string }>(
    `SELECT DISTINCT t.touch ${of("outgoing")}
     WHERE t.touch IS NOT NULL AND ${hasLeft("t")}`,
    keys,
  );
  const decisions = await tx.q<{ account: string; decision: Decision }>(
    `SELECT t.account, t.decision ${of("account_state")} WHERE t.decision IS NOT NULL`,
    keys,
  );
  return {
    accounts: await loadInside(tx, ids),
    images: new Map(images.map((image) => [image.id, image])),
    events: new Map(events.map(({ account, ids: own }) => [account, new Set(own)])),
    decided: new Set(decided.map(({ account }) => account)),
    byHand: new Set(byHand.map(({ account }) => account)),
    left: new Set(left.map(({ touch }) => touch)),
    decisions: new Map(decisions.map(({ account, decision }) => [account, decision])),
  };
}

export async function hasImages(session: Session, version: number): Promise<boolean> {
  const found = await session.q("SELECT 1 FROM account_image WHERE version = $1 LIMIT 1", [
    version,
  ]);
  return found.length > 0;
}
