import { AppError } from "../../engine/app-error.ts";
import type { MessageLinks, MessageScene } from "../../engine/ports/channel.ts";
import { badMessage } from "./bad-message.ts";
import { chooseMessage } from "./choose-locale.ts";
import { cleanHtml, readTarget } from "./clean-html.ts";
import { escapeHtml } from "./escape-html.ts";
import { LinkList } from "./link-list.ts";
import { fillTemplate } from "./liquid-engine.ts";
import { markdownHtml } from "./markdown-html.ts";
import { type MessageFile, type MessageHead, readMessageFile } from "./message-file.ts";
import { messageWorld } from "./message-world.ts";
import { directionOf, SURVEYS, type SurveyName } from "./words.ts";
import { ValueMarks } from "./value-marks.ts";

/** Stands in the body where the scores of the survey belong. */
export const SURVEY_PLACE = "\uE002";

/** When neither the contact's language nor its relatives have a file. */
const FALLBACK_LOCALE = "en";

/** A message filled in, before a channel gives it its shape. Heads are plain text, the body clean HTML. */
export interface FilledMessage {
  readonly file: string;
  /** The head lines as written, with their places. */
  readonly heads: MessageFile["heads"];
  /** The file's, for its words and its direction; null: it names none. */
  readonly locale: string | null;
  readonly subject: string;
  readonly title: string;
  readonly preheader: string | null;
  readonly button: { readonly label: string | null; readonly target: string } | null;
  readonly buttonLabel: string | null;
  readonly survey: SurveyName | null;
  readonly show: string | null;
  readonly selector: string | null;
  readonly body: string;
  readonly links: LinkList;
}

export interface FillOptions {
  /** Clicks are counted by way of our own server. */
  readonly track: boolean;
  readonly styles?: (dir: "ltr" | "rtl") => Readonly<Record<string, string>>;
  /** Links within the site the message is shown in. */
  readonly withinSite?: boolean;
}

/** Fills in the message of a touch for its receiver. Throws `bad-message` or `missing-message`. */
export function fillMessage(
  scene: MessageScene,
  links: MessageLinks | null,
  options: FillOptions,
): FilledMessage {
  const chosen = chooseMessage(
    scene.messages,
    scene.template ?? "",
    scene.contact?.locale ?? null,
    FALLBACK_LOCALE,
  );
  if (!chosen) return withoutFile(scene);
  const message = readMessageFile(`messages/${chosen.key}.liquid`, chosen.source);
  const locale = chosen.locale ?? FALLBACK_LOCALE;
  const survey = surveyOf(message);
  const world = messageWorld(scene, links, survey === null ? null : SURVEY_PLACE);
  const head = (name: MessageHead): string | null => headText(message, name, world, locale);
  const list = new LinkList(options.track ? links : null);
  const title = head("title");
  const subject = head("subject");
  return {
    file: message.file,
    heads: message.heads,
    locale: chosen.locale,
    subject: subject ?? title ?? scene.touch.title,
    title: title ?? subject ?? scene.touch.title,
    preheader: head("preheader"),
    button: readButton(message, head, list, options.withinSite),
    buttonLabel: head("button"),
    survey,
    show: head("show"),
    selector: head("selector"),
    body: fillBody(message, world, locale, list, options),
    links: list,
  };
}

/** A person's touch needs no file; what is sent by itself does. */
function withoutFile({ touch, template }: MessageScene): FilledMessage {
  if (!touch.human) {
    throw new AppError(
      "missing-message",
      `${touch.touchpoint} has no message file${template === null ? "" : ` for its template \`${template}\``}.`,
      `Write messages/${template ?? touch.touchpoint}.en.liquid beside the model.`,
    );
  }
  return {
    file: "",
    heads: new Map(),
    locale: null,
    subject: touch.title,
    title: touch.title,
    preheader: null,
    button: null,
    buttonLabel: null,
    survey: null,
    show: null,
    selector: null,
    body: "",
    links: new LinkList(null),
  };
}

function headText(
  { file, heads }: MessageFile,
  name: MessageHead,
  world: object,
  locale: string,
): string | null {
  const piece = heads.get(name);
  if (!piece) return null;
  const text = fillTemplate(file, piece, world, locale, String);
  const line = text
    .replace(/[\p{Cc}\u2028\u2029\uE002]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return line === "" ? null : line;
}

function fillBody(
  { file, body }: MessageFile,
  world: object,
  locale: string,
  list: LinkList,
  { styles, withinSite = false }: FillOptions,
): string {
  const marks = new ValueMarks();
  const markdown = fillTemplate(file, body, world, locale, (value) => marks.mark(value));
  const html = marks.fill(markdownHtml(markdown.trim()), escapeHtml);
  return cleanHtml(html, {
    withinSite,
    link: (target) => list.link(target),
    ...(styles ? { styles: styles(directionOf(locale)) } : {}),
  }).trim();
}

function readButton(
  { file, heads }: MessageFile,
  head: (name: MessageHead) => string | null,
  list: LinkList,
  withinSite: boolean | undefined,
): FilledMessage["button"] {
  const link = head("link");
  if (link === null) return null;
  const target = readTarget(link, withinSite);
  const at = heads.get("link");
  if (target === null) {
    throw badMessage(file, at?.line ?? 1, at?.column ?? 1, `\`${link}\` is no link to the web`);
  }
  return { label: head("button"), target: list.link(target) };
}

function surveyOf({ file, heads }: MessageFile): SurveyName | null {
  const piece = heads.get("survey");
  if (!piece) return null;
  const name = piece.text.trim();
  const known = Object.keys(SURVEYS) as SurveyName[];
  const survey = known.find((one) => one === name);
  if (survey !== undefined) return survey;
  throw badMessage(
    file,
    piece.line,
    piece.column,
    `there is no survey \`${name}\`: there are ${known.join(", ")}`,
  );
}
