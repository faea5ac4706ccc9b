import type { FastifyReply } from "fastify";

/** Text that stands safely between tags and in attributes. */
export function escapeHtml(text: string): string {
  const NAMES: Readonly<Record<string, string>> = {
    "&": "amp",
    "<": "lt",
    ">": "gt",
    '"': "quot",
    "'": "#39",
  };
  return text.replace(/[&<>"']/g, (sign) => `&${NAMES[sign] ?? ""};`);
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f5f6f8;color:#1b1f24}
main{max-width:26rem;margin:12vh auto;padding:2rem;background:#fff;border:1px solid #d9dde3;border-radius:8px}
h1{font-size:1.25rem;margin:0 0 .5rem}label{display:block;margin:1rem 0 .25rem}
input{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #6b7280;border-radius:6px}
button{font:inherit;margin-top:1rem;padding:.5rem 1.25rem;border:0;border-radius:6px;background:#1d4ed8;color:#fff;cursor:pointer}
a{color:#1d4ed8}@media(prefers-color-scheme:dark){body{background:#14171c;color:#e6e8eb}main{background:#1c2026;border-color:#343a43}input{background:#14171c;color:inherit}a{color:#8ab4ff}}`;

/** A small page without scripts. `body` is HTML: what comes from elsewhere is escaped by its author. */
export function sendPage(
  reply: FastifyReply,
  status: number,
  title: string,
  body: string,
): FastifyReply {
  return reply
    .status(status)
    .header("cache-control", "no-store")
    .type("text/html; charset=utf-8")
    .serializer(String)
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)} · Touchstone</title><style>${STYLE}</style></head><body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`,
    );
}
