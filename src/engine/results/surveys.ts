import { createHash } from "node:crypto";
import { DAY_MS, type Instant } from "../../core/time/day.ts";
import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import type { ContactRef } from "./find-contact.ts";
import { findContact } from "./find-contact.ts";
import { recordAttemptResult } from "./record-result.ts";
import type { Outgoing, SurveyAnswer } from "../ports.ts";
import { workspaceMoment } from "./workspace-moment.ts";

export interface ScoreRange {
  readonly min: number;
  readonly max: number;
}

/** The scales of surveys that have one by custom; others are asked from 0 to 10. */
const SCALES: Readonly<Record<string, ScoreRange>> = {
  nps: { min: 0, max: 10 },
  csat: { min: 1, max: 5 },
  ces: { min: 1, max: 7 },
};
const OTHER_SCALE: ScoreRange = { min: 0, max: 10 };

export const SURVEY_NAME = /^[a-z][a-z0-9_]{0,60}$/;
export const MOST_COMMENT = 5000;

export function scoreRange(survey: string): ScoreRange {
  return SCALES[survey] ?? OTHER_SCALE;
}

/** A whole number on the survey's scale. */
export function isScore(survey: string, score: number): boolean {
  const { min, max } = scoreRange(survey);
  return Number.isInteger(score) && score >= min && score <= max;
}

/** `nps.9` of a link in a mail: the survey and what was chosen there; null: it is no such thing. */
export function readSurveyDetail(detail: string): { survey: string; score: number } | null {
  const [survey = "", score = ""] = detail.split(".");
  if (!SURVEY_NAME.test(survey) || !/^\d{1,2}$/.test(score)) return null;
  return isScore(survey, Number(score)) ? { survey, score: Number(score) } : null;
}

/** The id of an answer to a message: whoever answers again replaces what was said before. */
function answerId(attempt: Outgoing, survey: string): string {
  return `${attempt.touchId ?? attempt.id}.${survey}`;
}

export async function presentAnswer(
  { store }: EngineContext,
  attempt: Outgoing,
  survey: string,
): Promise<SurveyAnswer | null> {
  return store.surveys.one(attempt.account, answerId(attempt, survey));
}

/** An answer on our own page, to which a message led. */
export async function answerMessage(
  context: EngineContext,
  attempt: Outgoing,
  { survey, score, comment }: { survey: string; score: number; comment: string | null },
): Promise<void> {
  refuseScore(survey, score);
  const { account, contact, touchId } = attempt;
  const [found] = contact === null ? [] : await context.store.persons.find({ account, contact });
  const at = context.clock();
  const answer: SurveyAnswer = {
    account,
    id: answerId(attempt, survey),
    survey,
    score,
    comment,
    user: found?.contact.user ?? contact,
    contact,
    touchId,
    at,
  };
  await context.store.surveys.put([answer], await workspaceMoment(context));
  // Whoever answers has followed the link, however the request that opened the page looked.
  await recordAttemptResult(context, attempt, { result: "clicked", at });
}

/** An answer given elsewhere, as it is posted. */
export interface PostedAnswer extends ContactRef {
  /** The same id again replaces the answer. */
  readonly id?: string | undefined;
  readonly score: number;
  readonly comment?: string | null | undefined;
  readonly at?: Instant | undefined;
}

export interface PostedResult {
  readonly status: "recorded" | "unchanged" | "refused";
  readonly account?: string;
  readonly id?: string;
  readonly reason?: string;
}

/** Takes answers from elsewhere, each for itself: one that is wrong does not stop the others. */
export async function postAnswers(
  context: EngineContext,
  survey: string,
  posted: readonly PostedAnswer[],
): Promise<PostedResult[]> {
  const results: PostedResult[] = [];
  const moment = await workspaceMoment(context);
  for (const one of posted) {
    try {
      const answer = await readAnswer(context, survey, one);
      const stored = await context.store.surveys.put([answer], moment);
      const { account, id } = answer;
      results.push({ status: stored.has(id) ? "recorded" : "unchanged", account, id });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      results.push({ status: "refused", reason: error.message });
    }
  }
  return results;
}

async function readAnswer(
  context: EngineContext,
  survey: string,
  posted: PostedAnswer,
): Promise<SurveyAnswer> {
  refuseScore(survey, posted.score);
  const now = context.clock();
  const at = posted.at ?? now;
  if (at > now + DAY_MS) throw new AppError("bad-value", "The answer lies in the future.");
  const { account, contact, user, touchId } = await findContact(context, posted);
  const comment = posted.comment?.trim() ?? "";
  return {
    account,
    id:
      posted.id ??
      ownId([survey, account, touchId ?? "", user ?? "", contact ?? "", posted.at ?? now]),
    survey,
    score: posted.score,
    comment: comment === "" ? null : comment.slice(0, MOST_COMMENT),
    user,
    contact,
    touchId,
    at,
  };
}

/** Of what makes the answer this one: the same person at the same time. */
function ownId(parts: readonly (string | number)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

function refuseScore(survey: string, score: number): void {
  if (isScore(survey, score)) return;
  const { min, max } = scoreRange(survey);
  throw new AppError(
    "bad-value",
    `The score of ${survey} is a whole number from ${min} to ${max}; it cannot be ${score}.`,
  );
}
