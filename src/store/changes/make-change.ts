import type {
  ChangeMade,
  ChangeToMake,
  ModelHead,
  Moment,
  StagedAccount,
} from "../../engine/ports.ts";
import { saveAccounts } from "../accounts/save-accounts.ts";
import { lockBook } from "../lock-rows.ts";
import { addAudit } from "../audit-store.ts";
import type { Session } from "../db/database.ts";
import { addVersion } from "../model-store.ts";
import { hasLeft } from "../outbox/has-left.ts";
import { forgetImages, reviveImages, takeImages } from "./images.ts";
import { addLiveChange, lockModels, modelHead } from "./live-changes.ts";
import { stagedPages } from "./staging.ts";
import { storePlain } from "./store-plain.ts";
import { undoAccounts } from "./undo-accounts.ts";

/**
 * Another model, and every account as it is by it, in one transaction: whoever looks finds all of
 * it or nothing. While it runs nobody else stores decisions, and no account changes.
 */
export async function makeChange(
  tx: Session,
  staging: number,
  change: ChangeToMake,
  moment: Moment,
): Promise<ChangeMade> {
  await lockModels(tx);
  const head = await modelHead(tx);
  const [begun] = await tx.q("SELECT id FROM model_staging WHERE id = $1", [staging]);
  if (!begun || head.seq !== change.seq || isOtherNumber(change, head))
    return { kind: "overtaken" };
  await lockBook(tx);
  const ids = await racedAccounts(tx, staging);
  if (ids.length > 0) return { kind: "raced", ids };
  await recordChange(tx, change, head, moment);
  await storePlain(tx, staging, change.goal);
  for await (const page of stagedPages(tx, staging)) await storePage(tx, page, change, moment);
  if (change.goal.kind === "rollback" && head.live !== null) await forgetImages(tx, [head.live]);
  else await forgetImages(tx, "old");
  await tx.q("DELETE FROM model_staging WHERE id = $1", [staging]);
  return { kind: "made" };
}

/** What was evaluated says by which version: that has to be the number it gets. */
function isOtherNumber({ goal }: ChangeToMake, { next }: ModelHead): boolean {
  return goal.kind === "apply" && goal.version !== next;
}

/**
 * Accounts that are not as they were put aside: changed since, decided since without being among
 * them, or with a message on its way of a touch that was to go.
 */
async function racedAccounts(tx: Session, staging: number): Promise<string[]> {
  const found = await tx.q<{ id: string }>(
    `SELECT a.id FROM account a
     LEFT JOIN staged_account s ON s.bucket = a.bucket AND s.account = a.id AND s.staging = $1
     WHERE (s.account IS NULL AND a.decided_on IS NOT NULL) OR s.state_rev <> a.state_rev
     UNION
     SELECT o.account FROM staged_account s
     CROSS JOIN LATERAL json_array_elements_text(s.removes) AS r (key)
     JOIN outgoing o ON o.bucket = s.bucket AND o.account = s.account AND o.touch = r.key
     WHERE s.staging = $1 AND ${hasLeft("o")}`,
    [staging],
  );
  return found.map(({ id }) => id);
}

/** Before the accounts: what is stored with them counts as come since. */
async function recordChange(
  tx: Session,
  { goal, by, reason, existing, details }: ChangeToMake,
  { live }: ModelHead,
  moment: Moment,
): Promise<void> {
  const { version } = goal;
  const at = moment.now;
  if (goal.kind === "apply") {
    const own = { version, appliedAt: at, by, reason, existing, parent: live };
    await addVersion(tx, { ...goal.model, ...own });
  } else {
    const entry = { by, what: "model rolled back", account: null, reason };
    await addAudit(tx, { ...entry, details: { version, from: live } }, at);
  }
  const { kind } = goal;
  await addLiveChange(tx, { at, kind, version, before: live, by, reason, existing, details });
}

async function storePage(
  tx: Session,
  page: readonly StagedAccount[],
  { goal }: ChangeToMake,
  moment: Moment,
): Promise<void> {
  const evaluated = page.map((one) => one.evaluated);
  if (goal.kind === "apply") await takeImages(tx, goal.version, evaluated);
  else await undoAccounts(tx, page);
  const { raced } = await saveAccounts(tx, evaluated, moment);
  if (raced.length > 0) throw new Error(`locked accounts have changed: ${raced.join(", ")}`);
  if (goal.kind === "rollback") await reviveImages(tx, goal.version, page.flatMap(revived));
}

function revived({ evaluated, undo }: StagedAccount): Parameters<typeof reviveImages>[2] {
  const found = undo?.foundAt ?? null;
  return found === null
    ? []
    : [{ id: evaluated.id, before: found, now: evaluated.loaded.stateRev + 1 }];
}
