import type { Instant } from "../../core/time/day.ts";
import type { StagedAccount } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";

interface StagedRecord {
  readonly bucket: number;
  readonly account: string;
  readonly staging: number;
  readonly stateRev: number;
  readonly removes: readonly string[];
  readonly content: StagedAccount;
}

const STAGED = new RecordShape<StagedRecord>({
  bucket: ["bucket", "int2"],
  account: ["account", "text"],
  staging: ["staging", "int8"],
  stateRev: ["state_rev", "int8"],
  removes: ["removes", "json"],
  content: ["content", "json"],
});

/** What others have put aside is gone: only the one begun last can be made. */
export async function beginStaging(tx: Session, now: Instant): Promise<number> {
  await tx.exec("DELETE FROM model_staging; DELETE FROM staged_account");
  const [begun] = await tx.q<{ id: number }>(
    "INSERT INTO model_staging (started_at) VALUES ($1) RETURNING id",
    [new Date(now)],
  );
  if (!begun) throw new Error("the change was not begun");
  return begun.id;
}

export async function stageAccounts(
  tx: Session,
  staging: number,
  batch: readonly StagedAccount[],
): Promise<void> {
  if (batch.length === 0) return;
  const rows = batch.map((content): StagedRecord => {
    const { id, loaded } = content.evaluated;
    const { stateRev } = loaded;
    const removes = content.undo?.touches ?? [];
    return { bucket: bucketOf(id), account: id, staging, stateRev, removes, content };
  });
  await tx.q(
    `INSERT INTO staged_account (${STAGED.names()}) SELECT ${STAGED.names("n.")} FROM ${STAGED.table("$1", "n")}
     ON CONFLICT (bucket, account, staging) DO UPDATE SET ${STAGED.updates("bucket", "account", "staging")}`,
    [STAGED.encode(rows)],
  );
}

/** Accounts whose pages are a few megabytes. */
const AT_ONCE = 100;

/** What was put aside, a page at a time, in the order of accounts. */
export async function* stagedPages(
  tx: Session,
  staging: number,
): AsyncGenerator<readonly StagedAccount[]> {
  let last: readonly [number, string] = [-1, ""];
  for (;;) {
    const rows = await STAGED.read(
      tx,
      "s",
      `FROM staged_account s WHERE s.staging = $1 AND (s.bucket, s.account) > ($2, $3)
       ORDER BY s.bucket, s.account LIMIT ${AT_ONCE}`,
      [staging, ...last],
    );
    const end = rows.at(-1);
    if (!end) return;
    last = [end.bucket, end.account];
    yield rows.map(({ content }) => content);
  }
}
