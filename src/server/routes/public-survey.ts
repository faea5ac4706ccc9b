import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  answerMessage,
  isScore,
  MOST_COMMENT,
  presentAnswer,
  readSurveyDetail,
  scoreRange,
} from "../../engine/results/surveys.ts";
import { formOf, readForms } from "../public/form.ts";
import { type Html, html, sendPublicPage } from "../public/page.ts";
import { sendNotFound, visitOf } from "../public/visit.ts";
import type { Words } from "../public/words.ts";
import type { Routes, ServerDeps } from "../route.ts";

const schema = { hide: true, params: z.object({ token: z.string().max(300) }) } as const;

/** The one question. A link in a mail only chooses the score: what counts is that somebody sends it. */
export const publicSurvey: Routes = (app, deps) => {
  readForms(app);
  app.get("/s/:token", { config: { access: "public" }, schema }, async (request, reply) => {
    const visit = await surveyVisit(deps, request, reply);
    if (!visit) return reply;
    const { context, attempt, words, sender, survey, score } = visit;
    const before = await presentAnswer(context, attempt, survey);
    return sendPublicPage(reply, {
      words,
      sender,
      title: words.question(survey, sender),
      body: formPart(words, survey, { score, comment: before?.comment ?? "", problem: null }),
    });
  });
  app.post("/s/:token", { config: { access: "public" }, schema }, async (request, reply) => {
    const visit = await surveyVisit(deps, request, reply);
    if (!visit) return reply;
    const { context, attempt, words, sender, survey } = visit;
    const form = formOf(request.body);
    const text = form.get("score") ?? "";
    const comment = (form.get("comment") ?? "").trim().slice(0, MOST_COMMENT);
    if (!/^\d{1,2}$/.test(text) || !isScore(survey, Number(text))) {
      return sendPublicPage(reply, {
        status: 422,
        words,
        sender,
        title: words.question(survey, sender),
        body: formPart(words, survey, { score: null, comment, problem: words.chooseScore }),
      });
    }
    const score = Number(text);
    await answerMessage(context, attempt, {
      survey,
      score,
      comment: comment === "" ? null : comment,
    });
    deps.wake("decide");
    return sendPublicPage(reply, {
      words,
      sender,
      title: words.answered,
      body: html`<p role="status">
          ${words.score}: <strong>${score}</strong>. ${words.answeredText}
        </p>
        <p><a href="">${words.changeAnswer}</a></p>`,
    });
  });
};

/** Who follows a link of a survey, and which one they chose; null: it leads nowhere, and they have been told. */
async function surveyVisit(
  deps: ServerDeps,
  request: FastifyRequest<{ Params: { token: string } }>,
  reply: FastifyReply,
) {
  const visit = await visitOf(deps, "survey", request, reply);
  if (!visit) return null;
  const chosen = readSurveyDetail(visit.detail);
  if (chosen) return { ...visit, ...chosen };
  sendNotFound(deps, reply, visit.words);
  return null;
}

interface Shown {
  readonly score: number | null;
  readonly comment: string;
  readonly problem: string | null;
}

function formPart(words: Words, survey: string, { score, comment, problem }: Shown): Html {
  const { min, max } = scoreRange(survey);
  const scores = Array.from({ length: max - min + 1 }, (_, index) => min + index);
  const [low, high] = words.scale(survey);
  const boxes = scores.map(
    (one) =>
      html`<label
        ><input
          type="radio"
          name="score"
          value="${one}"
          required${one === score && html` checked`}
        />${one}</label
      >`,
  );
  return html`${problem !== null && html`<p class="note bad" role="alert">${problem}</p>`}
    <form method="post">
      <fieldset>
        <legend>${words.score}</legend>
        <div class="scores${scores.length > 8 && " long"}">${boxes}</div>
        <div class="ends"><span>${min} · ${low}</span><span>${max} · ${high}</span></div>
      </fieldset>
      <label class="ask" for="comment">${words.comment}</label>
      <p class="hint" id="comment-hint">${words.commentHint}</p>
      <textarea
        id="comment"
        name="comment"
        maxlength="${MOST_COMMENT}"
        rows="4"
        aria-describedby="comment-hint"
      >
${comment}</textarea>
      <button>${words.send}</button>
    </form>`;
}
