import { factValues } from "../../core/decide/index.ts";
import { type Day, formatDay } from "../../core/time/day.ts";
import type { EvaluatedAccount, Moment, SaveResult } from "../../engine/ports.ts";
import { type AccountForSave, lockForSave } from "../account-keys.ts";
import { followTouches } from "../appointments/appointment-rows.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { json } from "../db/send-value.ts";
import { storableVersion } from "../changes/live-changes.ts";
import { DECISION } from "../decision-record.ts";
import { addEngineEvents } from "../engine-events.ts";
import { putTouches } from "../touch-rows.ts";
import { addNotices } from "../webhook-notices.ts";

/**
 * The same of what was evaluated by the model that is live: what an older one says holds no more,
 * and while a change of the model waits to be made nothing new is stored that would hold it up.
 */
export async function saveByLive(
  tx: Session,
  evaluated: readonly EvaluatedAccount[],
  moment: Moment,
): Promise<SaveResult> {
  const { live, isHeld } = await storableVersion(tx, moment.now);
  const isStorable = ({ modelVersion }: EvaluatedAccount): boolean =>
    !isHeld && (live === null || modelVersion === live);
  const { raced, stateRevs } = await saveAccounts(tx, evaluated.filter(isStorable), moment);
  const others = evaluated.filter((one) => !isStorable(one)).map(({ id }) => id);
  return { raced: [...raced, ...others], stateRevs };
}

/**
 * Everything an evaluation of a batch came to. An account whose state or touches have changed
 * since it was loaded is left as it is: what was worked out from the older ones does not hold.
 */
export async function saveAccounts(
  tx: Session,
  evaluated: readonly EvaluatedAccount[],
  moment: Moment,
): Promise<SaveResult> {
  if (evaluated.length === 0) return { raced: [], stateRevs: new Map() };
  const present = await lockForSave(
    tx,
    evaluated.map(({ id }) => id),
  );
  const isRaced = ({ id, loaded }: EvaluatedAccount): boolean =>
    present.get(id)?.stateRev !== loaded.stateRev;
  const batch = evaluated.filter((account) => !isRaced(account));
  await putStates(tx, batch);
  await addDecisions(tx, batch);
  await addEngineEvents(
    tx,
    batch.flatMap(({ id, events }) => events.map((event) => ({ ...event, account: id }))),
    { pending: false, arrived: moment.now },
  );
  await putTouches(
    tx,
    batch.flatMap(({ touches }) => touches),
  );
  await followTouches(
    tx,
    batch.flatMap(({ touches }) => touches),
    moment.now,
    { byHand: false },
  );
  await settleEvents(tx, batch);
  await addNotices(
    tx,
    batch.flatMap(({ notices }) => notices ?? []),
  );
  await settleNews(tx, batch, present);
  return {
    raced: evaluated.filter(isRaced).map(({ id }) => id),
    stateRevs: new Map(batch.map(({ id, loaded }) => [id, loaded.stateRev + 1])),
  };
}

async function putStates(tx: Session, batch: readonly EvaluatedAccount[]): Promise<void> {
  const rows = batch.map(({ id, state, decision }) => ({
    bucket: bucketOf(id),
    account: id,
    state,
    decision,
    facts: decision && factValues(decision),
  }));
  await tx.q(
    `INSERT INTO account_state (bucket, account, state, decision, facts)
     SELECT n.bucket, n.account, n.state, n.decision, n.facts
     FROM json_to_recordset($1::json) AS n (bucket int2, account text, state json, decision json, facts json)
     ON CONFLICT (bucket, account) DO UPDATE
       SET state = excluded.state, decision = excluded.decision, facts = excluded.facts`,
    [json(rows)],
  );
}

async function addDecisions(tx: Session, batch: readonly EvaluatedAccount[]): Promise<void> {
  const rows = batch.flatMap(({ id, history }) =>
    history.map((record) => ({
      ...record,
      bucket: bucketOf(id),
      account: id,
      level: record.decision.level?.name ?? null,
      stage: record.decision.stage?.name ?? null,
      band: record.decision.health.band,
    })),
  );
  if (rows.length === 0) return;
  // The numbers that order them are given out in the order in which rows are inserted.
  await tx.q(
    `INSERT INTO decision (${DECISION.names()}) SELECT ${DECISION.names("n.")} FROM ${DECISION.table("$1", "n")}`,
    [DECISION.encode(rows)],
  );
}

async function settleEvents(tx: Session, batch: readonly EvaluatedAccount[]): Promise<void> {
  const handled = batch.flatMap(({ id, handled }) => handled.map((event) => ({ id, event })));
  if (handled.length === 0) return;
  await tx.q(
    `UPDATE event e SET pending = false
     FROM unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, id)
     WHERE e.bucket = k.bucket AND e.account = k.account AND e.id = k.id`,
    [
      handled.map(({ id }) => bucketOf(id)),
      handled.map(({ id }) => id),
      handled.map(({ event }) => event),
    ],
  );
}

interface Settled {
  readonly bucket: number;
  readonly id: string;
  readonly day: Day;
  readonly model: number;
  readonly news: number;
  /** Events past it came after loading, of an account not decided before: they are news now. */
  readonly lastSeq: number | null;
}

async function settleNews(
  tx: Session,
  batch: readonly EvaluatedAccount[],
  present: ReadonlyMap<string, AccountForSave>,
): Promise<void> {
  const settled = batch.map((account) => settledOf(account, present.get(account.id)));
  await tx.q(
    `UPDATE account a SET decided_on = n.decided_on, decided_news = n.news, decided_model = n.model,
       state_rev = a.state_rev + 1
     FROM json_to_recordset($1::json) AS n (bucket int2, id text, decided_on date, model int4, news int8)
     WHERE a.bucket = n.bucket AND a.id = n.id`,
    [json(settled.map(({ day, ...rest }) => ({ ...rest, decided_on: formatDay(day) })))],
  );
  const late = settled.filter(({ lastSeq }) => lastSeq !== null);
  if (late.length === 0) return;
  await tx.q(
    `UPDATE event e SET pending = true
     FROM unnest($1::int2[], $2::text[], $3::int8[]) AS k (bucket, account, seq)
     WHERE e.bucket = k.bucket AND e.account = k.account AND e.seq > k.seq AND NOT e.engine`,
    [
      late.map(({ bucket }) => bucket),
      late.map(({ id }) => id),
      late.map(({ lastSeq }) => lastSeq),
    ],
  );
}

function settledOf(
  { id, day, modelVersion, loaded }: EvaluatedAccount,
  account: AccountForSave | undefined,
): Settled {
  const isLate = account?.isDecided === false && loaded.news !== account.news;
  const { news, lastSeq } = loaded;
  const bucket = bucketOf(id);
  return { bucket, id, day, model: modelVersion, news, lastSeq: isLate ? lastSeq : null };
}
