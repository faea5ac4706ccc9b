import type { MessageLinks, MessageScene, RenderedMessage } from "../../engine/ports/channel.ts";
import { type FilledMessage, fillMessage } from "./fill-message.ts";
import { mailPage } from "./mail-page.ts";
import { mailStyles } from "./mail-styles.ts";
import { plainText } from "./plain-text.ts";
import { placeSurvey, surveyHtml, surveyText } from "./survey-scores.ts";
import { SURVEY_PLACE } from "./fill-message.ts";
import { directionOf, wordsFor } from "./words.ts";

export interface MailLook {
  readonly postalAddress: string | null;
  /** The button leads to a registration (webinars). */
  readonly registers?: boolean;
}

/** The message of a touch as a mail: HTML in its frame, and the same as plain text. */
export function renderMail(
  scene: MessageScene,
  links: MessageLinks | null,
  look: MailLook,
): RenderedMessage {
  const filled = fillMessage(scene, links, { track: true, styles: mailStyles });
  const button = buttonOf(filled, look.registers === true);
  const footLinks = footLinksOf(scene, links, filled.locale);
  const sender = senderLines(scene.workspace.name, look.postalAddress);
  const html = mailPage({
    lang: filled.locale,
    dir: directionOf(filled.locale),
    title: filled.subject,
    preheader: filled.preheader,
    body: withScores(filled, links),
    button,
    sender,
    footLinks,
    pixel: links?.open() ?? null,
  });
  const { subject, preheader, locale } = filled;
  return {
    subject,
    preheader,
    locale,
    html,
    text: mailText(filled, links, button, sender, footLinks),
    links: filled.links.targets,
    extra: {},
  };
}

function withScores({ body, survey, locale }: FilledMessage, links: MessageLinks | null): string {
  return survey === null ? body : placeSurvey(body, surveyHtml(survey, links, locale));
}

interface Labelled {
  readonly label: string;
  readonly href: string;
}

function buttonOf({ button, locale }: FilledMessage, registers: boolean): Labelled | null {
  if (!button) return null;
  const label = button.label ?? (registers ? wordsFor(locale).register : button.target);
  return { label, href: button.target };
}

/** What the contract or the law asks for (transactional) goes out whatever was said of the rest. */
function footLinksOf(
  { touch }: MessageScene,
  links: MessageLinks | null,
  locale: string | null,
): Labelled[] {
  if (!links) return [];
  const words = wordsFor(locale);
  const preferences = { label: words.preferences, href: links.preferences() };
  if (touch.purpose === "transactional") return [preferences];
  return [{ label: words.unsubscribe, href: links.unsubscribe() }, preferences];
}

/** The postal address often begins with the name. `\\n` in a setting is a new line, too. */
function senderLines(name: string, address: string | null): string[] {
  const lines = (address ?? "")
    .split(/\r?\n|\\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines[0]?.startsWith(name) === true ? lines : [name, ...lines];
}

function mailText(
  { body, survey, locale }: FilledMessage,
  links: MessageLinks | null,
  button: Labelled | null,
  sender: readonly string[],
  footLinks: readonly Labelled[],
): string {
  const scores = survey === null ? "" : surveyText(survey, links, locale);
  const read = plainText(body);
  const text = read.includes(SURVEY_PLACE) ? read.replace(SURVEY_PLACE, () => scores) : read;
  const parts = [
    text.replaceAll(SURVEY_PLACE, ""),
    read.includes(SURVEY_PLACE) ? "" : scores,
    button ? `${button.label}: ${button.href}` : "",
    ["-- ", ...sender, ...footLinks.map(({ label, href }) => `${label}: ${href}`)].join("\n"),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
