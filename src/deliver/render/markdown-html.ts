import { Marked, type Tokens } from "marked";
import { escapeHtml } from "./escape-html.ts";

/**
 * Markdown → HTML that still has to be sanitised. Addresses are kept as written (marked would
 * percent-encode the marks of values), and a step of a list (`- [ ] Connect`) keeps its box as
 * text, since mail has no boxes to tick.
 */
const MARKED = new Marked({
  gfm: true,
  // As people write mails: a new line is a new line.
  breaks: true,
  async: false,
  renderer: {
    link({ href, title, tokens }: Tokens.Link): string {
      const said = title === null || title === undefined ? "" : ` title="${escapeOnce(title)}"`;
      return `<a href="${escapeOnce(href)}"${said}>${this.parser.parseInline(tokens)}</a>`;
    },
    image({ href, title, text }: Tokens.Image): string {
      const said = title === null || title === undefined ? "" : ` title="${escapeOnce(title)}"`;
      return `<img src="${escapeOnce(href)}" alt="${escapeOnce(text)}"${said}>`;
    },
    checkbox({ checked }: Tokens.Checkbox): string {
      return checked ? "\u2611 " : "\u2610 ";
    },
  },
});

export function markdownHtml(markdown: string): string {
  return MARKED.parse(markdown, { async: false });
}

/** An author may have written `&amp;` already. */
function escapeOnce(text: string): string {
  return escapeHtml(text).replaceAll(/&amp;(#\d+|#x[\da-f]+|[a-z]+);/gi, "&$1;");
}
