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

/** Each sign of emphasis is looked for among all that follow: more than this cost minutes. */
const MOST_SIGNS = 2000;

export function markdownHtml(markdown: string): string {
  return MARKED.parse(withoutFlood(markdown), { async: false });
}

/** Who writes thousands of them emphasises nothing: they stay what they are. */
function withoutFlood(markdown: string): string {
  const signs = markdown.match(/[*_]/g)?.length ?? 0;
  return signs > MOST_SIGNS ? markdown.replaceAll(/(?<!\\)[*_]/g, String.raw`\$&`) : markdown;
}

/** An author may have written `&amp;` already. */
function escapeOnce(text: string): string {
  return escapeHtml(text).replaceAll(/&amp;(#\d+|#x[\da-f]+|[a-z]+);/gi, "&$1;");
}
