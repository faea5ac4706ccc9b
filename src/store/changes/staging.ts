import type { AccountState } from "../../core/account/state.ts";
import { type Decision, factValues } from "../../core/decide/index.ts";
import type { Day, Instant } from "../../core/time/day.ts";
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
  /** null: only what is in the following changes (`storePlain`). */
  readonly content: StagedAccount | null;
  readonly state: AccountState | null;
  readonly decision: Decision | null;
  readonly facts: readonly unknown[] | null;
  readonly day: Day | null;
  readonly model: number | null;
  readonly news: number | null;
  readonly foundAt: number | null;
}

const STAGED = new RecordShape<StagedRecord>({
  bucket: ["bucket", "int2"],
  account: ["account", "text"],
  staging: ["staging", "int8"],
  stateRev: ["state_rev", "int8"],
  removes: ["removes", "json"],
  content: ["content", "json"],
  state: ["state", "json"],
  decision: ["decision", "json"],
  facts: ["facts", "json"],
  day: ["day", "day"],
  model: ["model", "int4"],
  news: ["news", "int8"],
  foundAt: ["found_at", "int8"],
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

export async function forgetStaged(session: Session, staging: number): Promise<void> {
  await session.q("DELETE FROM staged_account WHERE staging = $1", [staging]);
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
    const key = { bucket: bucketOf(id), account: id, staging };
    return { ...key, stateRev, removes, ...columnsOf(content) };
  });
  await tx.q(
    `INSERT INTO staged_account (${STAGED.names()}) SELECT ${STAGED.names("n.")} FROM ${STAGED.table("$1", "n")}
     ON CONFLICT (bucket, account, staging) DO UPDATE SET ${STAGED.updates("bucket", "account", "staging")}`,
    [STAGED.encode(rows)],
  );
}

type Columns = Omit<StagedRecord, "bucket" | "account" | "staging" | "stateRev" | "removes">;

function columnsOf(content: StagedAccount): Columns {
  const { evaluated, undo } = content;
  const { state, decision, day, modelVersion: model, loaded } = evaluated;
  if (decision === null || !isPlain(content)) return { ...NO_COLUMNS, content };
  const facts = factValues(decision);
  const foundAt = undo?.foundAt ?? null;
  return { content: null, state, decision, facts, day, model, news: loaded.news, foundAt };
}

/** Nothing is made of it but another state and decision. What was never decided has a history. */
function isPlain({ evaluated, undo }: StagedAccount): boolean {
  const { history, events, touches, handled, notices = [] } = evaluated;
  const made = [history, events, touches, handled, notices];
  const undone = undo ? [undo.touches, undo.events, undo.pending] : [];
  return [...made, ...undone].every((list) => list.length === 0);
}

const NO_COLUMNS: Columns = {
  content: null,
  state: null,
  decision: null,
  facts: null,
  day: null,
  model: null,
  news: null,
  foundAt: null,
};

/** Accounts whose pages are a few megabytes. */
const AT_ONCE = 100;

/** Of what was put aside all that is not plain, a page at a time, in the order of accounts. */
export async function* stagedPages(
  tx: Session,
  staging: number,
): AsyncGenerator<readonly StagedAccount[]> {
  let last: readonly [number, string] = [-1, ""];
  for (;;) {
    const rows = await STAGED.read(
      tx,
      "s",
      `FROM staged_account s WHERE s.staging = $1 AND s.content IS NOT NULL AND (s.bucket, s.account) > ($2, $3)
       ORDER BY s.bucket, s.account LIMIT ${AT_ONCE}`,
      [staging, ...last],
    );
    const end = rows.at(-1);
    if (!end) return;
    last = [end.bucket, end.account];
    yield rows.flatMap(({ content }) => content ?? []);
  }
}
