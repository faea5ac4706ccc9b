import type {
  Moment,
  SurveyAnswer,
  SurveyFilter,
  SurveyPlace,
  SurveyStore,
} from "../engine/ports.ts";
import { accountKeys, lockAccounts, mark } from "./account-keys.ts";
import { bucketOf } from "./bucket.ts";
import type { Database, Param, Session } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";
import { addEngineEvents } from "./engine-events.ts";
import { addNotices } from "./webhook-notices.ts";

interface AnswerRecord extends SurveyAnswer {
  readonly bucket: number;
  readonly event: string;
}

const ANSWER = new RecordShape<AnswerRecord>({
  bucket: ["bucket", "int2"],
  account: ["account", "text"],
  id: ["id", "text"],
  survey: ["survey", "text"],
  score: ["score", "number"],
  comment: ["comment", "text"],
  user: ["user_id", "text"],
  contact: ["contact", "text"],
  touchId: ["touch_id", "text"],
  at: ["at", "instant"],
  event: ["event", "text"],
});

export function surveyStore(db: Database): SurveyStore {
  return {
    put: (answers, moment) => db.tx((tx) => putAnswers(tx, answers, moment)),
    async one(account, id) {
      const where = "FROM survey_answer s WHERE s.bucket = $1 AND s.account = $2 AND s.id = $3";
      const [found] = await ANSWER.read(db, "s", where, [bucketOf(account), account, id]);
      return found ? asAnswer(found) : null;
    },
    list: (filter, limit, after) => listAnswers(db, filter, limit, after),
    counts: () =>
      db.q<{ survey: string; score: number; answers: number }>(
        "SELECT survey, score, count(*) AS answers FROM survey_answer GROUP BY survey, score ORDER BY survey, score",
      ),
  };
}

function asAnswer(record: AnswerRecord): SurveyAnswer {
  const { bucket: _, event: __, ...answer } = record;
  return answer;
}

async function putAnswers(
  tx: Session,
  answers: readonly SurveyAnswer[],
  moment: Moment,
): Promise<ReadonlySet<string>> {
  const accounts = new Set(answers.map(({ account }) => account));
  const present = await lockAccounts(tx, accounts);
  const before = await readAnswers(tx, answers);
  const fresh = answers
    .filter(({ account }) => present.has(account))
    .filter((answer) => isOther(before.get(keyOf(answer)), answer));
  if (fresh.length === 0) return new Set();
  const records = fresh.map((answer) => ({
    ...answer,
    bucket: bucketOf(answer.account),
    event: `survey:${answer.id}:${answer.at}`,
  }));
  const replaced = records.flatMap((record) => before.get(keyOf(record)) ?? []);
  await removeEvents(tx, replaced);
  await tx.q(
    `INSERT INTO survey_answer (${ANSWER.names()}) SELECT ${ANSWER.names("n.")} FROM ${ANSWER.table("$1", "n")}
     ON CONFLICT (bucket, account, id) DO UPDATE SET ${ANSWER.updates("bucket", "account", "id")}`,
    [ANSWER.encode(records)],
  );
  await addEngineEvents(tx, records.map(asEvent), { pending: true, arrived: moment.now });
  await addNotices(tx, records.map(asNotice));
  await mark(tx, new Set(fresh.map(({ account }) => account)), { news: true });
  // An event that is gone is seen only by those who read the account afresh.
  await mark(tx, new Set(replaced.map(({ account }) => account)), { facts: true });
  return new Set(fresh.map(({ id }) => id));
}

/** Whether it says anything that the one before does not; an older one says nothing any more. */
function isOther(before: AnswerRecord | undefined, after: SurveyAnswer): boolean {
  if (!before) return true;
  if (after.at < before.at) return false;
  return before.score !== after.score || before.comment !== after.comment;
}

function keyOf({ account, id }: { readonly account: string; readonly id: string }): string {
  return JSON.stringify([account, id]);
}

async function readAnswers(
  tx: Session,
  answers: readonly SurveyAnswer[],
): Promise<Map<string, AnswerRecord>> {
  const found = await ANSWER.read(
    tx,
    "s",
    `FROM survey_answer s JOIN (SELECT DISTINCT * FROM unnest($1::int2[], $2::text[], $3::text[])) AS k (bucket, account, id)
       ON s.bucket = k.bucket AND s.account = k.account AND s.id = k.id`,
    [...accountKeys(answers.map(({ account }) => account)), answers.map(({ id }) => id)],
  );
  return new Map(found.map((record) => [keyOf(record), record]));
}

async function removeEvents(tx: Session, records: readonly AnswerRecord[]): Promise<void> {
  if (records.length === 0) return;
  await tx.q(
    `DELETE FROM event e USING unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, id)
     WHERE e.bucket = k.bucket AND e.account = k.account AND e.id = k.id`,
    [...accountKeys(records.map(({ account }) => account)), records.map(({ event }) => event)],
  );
}

/** The very form in which a scenario's `answer` step says it. */
function asEvent({
  account,
  event,
  survey,
  at,
  user,
  contact,
  score,
  comment,
  touchId,
}: AnswerRecord) {
  return {
    account,
    id: event,
    name: `survey:${survey}:answered`,
    at,
    user,
    properties: {
      score,
      ...(comment === null ? {} : { comment }),
      ...(contact === null ? {} : { contact }),
      ...(touchId === null ? {} : { touch: touchId }),
    },
  };
}

function asNotice(record: AnswerRecord) {
  const { account, event, survey, score, comment, user, contact, touchId, at } = record;
  return {
    id: event,
    account,
    type: "survey.answered",
    at,
    data: {
      account,
      survey,
      score,
      comment,
      user,
      contact,
      touch: touchId,
      at: new Date(at).toISOString(),
    },
  } as const;
}

async function listAnswers(
  db: Database,
  { survey, account }: SurveyFilter,
  limit: number,
  after: SurveyPlace | undefined,
): Promise<SurveyAnswer[]> {
  const params: Param[] = [Math.trunc(limit)];
  const where = ["true"];
  const add = (condition: (...names: string[]) => string, ...values: Param[]): void => {
    where.push(condition(...values.map((value) => `$${params.push(value)}`)));
  };
  if (survey !== undefined) add((name) => `s.survey = ${name}`, survey);
  if (account !== undefined) {
    add((bucket, id) => `s.bucket = ${bucket} AND s.account = ${id}`, bucketOf(account), account);
  }
  if (after) add((at, id) => `(s.at, s.id) < (${at}, ${id})`, new Date(after.at), after.id);
  const rows = await ANSWER.read(
    db,
    "l",
    `FROM (SELECT s.* FROM survey_answer s WHERE ${where.join(" AND ")} ORDER BY s.at DESC, s.id DESC LIMIT $1) l`,
    params,
  );
  return rows.map(asAnswer);
}
