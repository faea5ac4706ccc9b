import type { RenderedMessage } from "../../engine/ports/channel.ts";
import { escapeHtml } from "../render/escape-html.ts";
import { mailPage } from "../render/mail-page.ts";
import { mailStyles } from "../render/mail-styles.ts";
import { directionOf } from "../render/words.ts";

/** The text of an invitation in the frame of our mails. */
export function invitationHtml({ subject, text, preheader, locale }: RenderedMessage): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map(
      (one) =>
        `<p style="${mailStyles("ltr")["p"]}">${escapeHtml(one).replaceAll("\n", "<br>")}</p>`,
    );
  return mailPage({
    lang: locale,
    dir: directionOf(locale),
    title: subject,
    preheader,
    body: paragraphs.join("\n"),
    button: null,
    sender: [],
    footLinks: [],
    pixel: null,
  });
}
