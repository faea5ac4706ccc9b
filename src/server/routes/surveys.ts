import { z } from "zod";
import type { SurveyAnswer } from "../../engine/ports.ts";
import {
  MOST_COMMENT,
  postAnswers,
  scoreRange,
  SURVEY_NAME,
} from "../../engine/results/surveys.ts";
import { nextCursor, pageOf, pageQuery, placeTime, readCursor } from "../api/cursor.ts";
import { given, ID, instantOf, timeIn, timeOut, timeText } from "../api/fields.ts";
import { audited } from "../api/audited.ts";
import { OPS, READ } from "../api/who-may.ts";
import { answers } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const MOST_AT_ONCE = 500;

const params = z.object({
  name: z.string().regex(SURVEY_NAME, "expected a name of small letters, digits and _").meta({
    description: "`nps` (0 to 10), `csat` (1 to 5), `ces` (1 to 7), or any other (0 to 10).",
  }),
});

const answerIn = z
  .strictObject({
    touch: ID.optional().meta({ description: "Touch that asked: says account and contact." }),
    account: ID.optional(),
    contact: ID.optional(),
    user: ID.optional().meta({ description: "The product's user id; default: the contact's." }),
    email: z.string().min(3).max(320).optional(),
    score: z.number(),
    comment: z.string().max(MOST_COMMENT).optional(),
    at: timeIn.optional().meta({ description: "When it was given; default: now." }),
    id: ID.optional().meta({ description: "The same id again replaces the answer." }),
  })
  .meta({ id: "NewSurveyAnswer" });

const answerOut = z
  .object({
    id: z.string(),
    survey: z.string(),
    account: z.string(),
    score: z.number(),
    comment: z.string().nullable(),
    user: z.string().nullable(),
    contact: z.string().nullable(),
    touch: z.string().nullable(),
    at: timeOut,
  })
  .meta({ id: "SurveyAnswer" });

const postedOut = z
  .object({
    status: z.enum(["recorded", "unchanged", "refused"]),
    account: z.string().optional(),
    id: z.string().optional(),
    reason: z.string().optional(),
  })
  .meta({ id: "SurveyAnswerResult" });

const PLACE = z.object({ at: placeTime, id: z.string() });

/** Answers to surveys: given elsewhere and posted here, and all that there are. */
export const surveys: Routes = (app, deps) => {
  app.get(
    "/api/surveys",
    {
      config: { access: READ },
      schema: {
        operationId: "listSurveys",
        summary: "Surveys that were answered, and how often with which score",
        tags: ["surveys"],
        response: answers(
          200,
          z.object({
            items: z.array(
              z
                .object({
                  name: z.string(),
                  lowest: z.number(),
                  highest: z.number(),
                  answers: z.int(),
                  scores: z.record(z.string(), z.int()),
                })
                .meta({ id: "Survey" }),
            ),
          }),
        ),
      },
    },
    async () => ({ items: surveysOf(await deps.store.surveys.counts()) }),
  );
  app.get(
    "/api/surveys/:name/answers",
    {
      config: { access: READ },
      schema: {
        operationId: "listSurveyAnswers",
        summary: "Answers as they stand, the newest first",
        tags: ["surveys"],
        params,
        querystring: z.object({ ...pageQuery, account: ID.optional() }),
        response: answers(200, pageOf(answerOut)),
      },
    },
    async ({ params: { name }, query: { limit, cursor, account } }) => {
      const list = `surveys/${name}`;
      const after = readCursor(list, PLACE, cursor) ?? undefined;
      const filter = { survey: name, ...given({ account }) };
      const found = await deps.store.surveys.list(filter, limit + 1, after);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      return {
        items: items.map(shown),
        next_cursor: nextCursor(list, last && { at: last.at, id: last.id }),
      };
    },
  );
  app.post(
    "/api/surveys/:name/answers",
    {
      config: { access: OPS },
      schema: {
        operationId: "postSurveyAnswers",
        summary: "Take answers that were given elsewhere",
        description:
          "Each becomes the event `survey:NAME:answered` of its account, with `score`. Whose it is: `touch`, or `email`, or `account` with `contact` or `user`; NPS counts answers that have a user.",
        tags: ["surveys"],
        params,
        body: z.union([
          z.strictObject({ answers: z.array(answerIn).min(1).max(MOST_AT_ONCE) }),
          answerIn,
        ]),
        response: answers(200, z.object({ results: z.array(postedOut) })),
      },
    },
    async ({ params: { name }, body, caller }) => {
      const posted = ("answers" in body ? body.answers : [body]).map(({ at, ...rest }) => ({
        ...rest,
        ...(at === undefined ? {} : { at: instantOf(at) }),
      }));
      const results = await postAnswers(contextOf(deps, caller), name, posted);
      const recorded = results.filter(({ status }) => status === "recorded").length;
      if (recorded > 0) {
        deps.wake("decide");
        const details = { survey: name, answers: recorded };
        await audited(deps, caller, "survey answers posted", { details });
      }
      return { results };
    },
  );
};

function surveysOf(
  counts: readonly { readonly survey: string; readonly score: number; readonly answers: number }[],
) {
  const names = [...new Set(counts.map(({ survey }) => survey))];
  return names.map((name) => {
    const own = counts.filter(({ survey }) => survey === name);
    const { min, max } = scoreRange(name);
    return {
      name,
      lowest: min,
      highest: max,
      answers: own.reduce((sum, one) => sum + one.answers, 0),
      scores: Object.fromEntries(own.map(({ score, answers: count }) => [String(score), count])),
    };
  });
}

function shown({ touchId, at, ...rest }: SurveyAnswer): z.infer<typeof answerOut> {
  return { ...rest, touch: touchId, at: timeText(at) ?? "" };
}
