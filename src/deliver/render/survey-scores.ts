import type { MessageLinks } from "../../engine/ports/channel.ts";
import { escapeHtml } from "./escape-html.ts";
import { SURVEY_PLACE } from "./fill-message.ts";
import { SURVEYS, type SurveyName, wordsFor } from "./words.ts";

/**
 * One click answers a survey: a row of scores, each a link. Without a public address nobody
 * could receive the click, so the reader is asked to reply.
 */
export function surveyHtml(
  survey: SurveyName,
  links: MessageLinks | null,
  locale: string | null,
): string {
  const words = wordsFor(locale);
  const scores = scoresOf(survey);
  const [low, high] = words.scale[survey];
  if (!links) return `<p style="${NOTE}">${escapeHtml(reply(survey, locale))}</p>`;
  const width = Math.floor(100 / scores.length);
  const cells = scores
    .map(
      (score) =>
        `<td width="${width}%" align="center" style="padding:0 2px;"><a class="score" href="${escapeHtml(links.survey(survey, score))}" style="${SCORE}">${score}</a></td>`,
    )
    .join("");
  const most = survey === "nps" ? "100%" : "280";
  return (
    `<table role="presentation" width="${most}" cellpadding="0" cellspacing="0" border="0" dir="ltr" style="margin:8px 0 20px;max-width:100%;">` +
    `<tr>${cells}</tr><tr><td colspan="${scores.length}" style="padding:6px 2px 0;">` +
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>` +
    `<td align="left" class="faint" style="${NOTE}">${escapeHtml(low)}</td>` +
    `<td align="right" class="faint" style="${NOTE}">${escapeHtml(high)}</td></tr></table></td></tr></table>`
  );
}

export function surveyText(
  survey: SurveyName,
  links: MessageLinks | null,
  locale: string | null,
): string {
  if (!links) return reply(survey, locale);
  const scores = scoresOf(survey);
  const [low, high] = wordsFor(locale).scale[survey];
  const meaning = (score: number): string =>
    score === scores[0] ? ` (${low})` : score === scores.at(-1) ? ` (${high})` : "";
  return scores
    .map((score) => `${score}${meaning(score)}: ${links.survey(survey, score)}`)
    .join("\n");
}

/** Where `{{ survey }}` stands for the first time, else at the end. */
export function placeSurvey(html: string, block: string): string {
  const placed = html.replace(
    PLACE,
    (_, open?: string, before: string = "", after: string = "") => {
      if (open === undefined) return block;
      const paragraph = (inner: string): string =>
        inner.trim() === "" ? "" : `${open}${inner}</p>`;
      return paragraph(before) + block + paragraph(after);
    },
  );
  return (placed === html ? html + block : placed).replaceAll(SURVEY_PLACE, "");
}

/** In a paragraph, which is parted there, or by itself. */
const PLACE = new RegExp(
  `(<p[^>]*>)((?:(?!</p>|${SURVEY_PLACE})[\\s\\S])*)${SURVEY_PLACE}((?:(?!</p>)[\\s\\S])*)</p>|${SURVEY_PLACE}`,
);

const NOTE = "font-size:13px;line-height:18px;color:#5b6470;";
const SCORE =
  "display:block;padding:9px 0;border:1px solid #b9c2cf;border-radius:6px;color:#1b4ed1;" +
  "font-size:15px;line-height:20px;font-weight:600;text-decoration:none;";

function reply(survey: SurveyName, locale: string | null): string {
  const [low, high] = SURVEYS[survey];
  return wordsFor(locale).reply(low, high);
}

function scoresOf(survey: SurveyName): number[] {
  const [low, high] = SURVEYS[survey];
  return Array.from({ length: high - low + 1 }, (_, at) => low + at);
}
