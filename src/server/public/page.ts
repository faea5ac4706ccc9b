import { createHash } from "node:crypto";
import type { FastifyReply } from "fastify";
import { escapeHtml } from "../pages.ts";
import { PAGE_STYLE } from "./page-style.ts";
import type { Words } from "./words.ts";

/** HTML that was put together here; everything else is text and is escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | null | false | readonly Part[];

/** `html\`<p>${anything}</p>\``: what is put in is escaped unless it is HTML of ours. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    strings
      .map((text, index) => text + (index < parts.length ? partText(parts[index] ?? null) : ""))
      .join(""),
  );
}

function partText(part: Part): string {
  if (part === null || part === false) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "string" || typeof part === "number") return escapeHtml(String(part));
  return part.map(partText).join("");
}

/** The policy's hash is that of the very letters between the tags. */
const STYLE_TAG = new Html(`<style>${PAGE_STYLE}</style>`);
const STYLE_HASH = createHash("sha256").update(PAGE_STYLE).digest("base64");

/** No script, no picture, no font, nothing from elsewhere, in nobody's frame; forms only to us. */
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

export interface Page {
  readonly status?: number;
  readonly words: Words;
  /** Who writes to the reader; its name stands above the page. */
  readonly sender: string;
  readonly title: string;
  readonly body: Html;
}

/** A page that a customer's people see. */
export function sendPublicPage(
  reply: FastifyReply,
  { status = 200, words, sender, title, body }: Page,
): FastifyReply {
  const page = html`<!doctype html>
    <html lang="${words.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${sender}</title>
        ${STYLE_TAG}
      </head>
      <body>
        <main>
          <p class="sender">${sender}</p>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
  return reply
    .status(status)
    .headers({
      "content-security-policy": POLICY,
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
      "x-robots-tag": "noindex, nofollow",
    })
    .type("text/html; charset=utf-8")
    .serializer(String)
    .send(page.text);
}
