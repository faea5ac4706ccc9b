import sanitizeHtml from "sanitize-html";

const TAGS = [
  "p",
  "br",
  "hr",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "strong",
  "b",
  "em",
  "i",
  "u",
  "s",
  "del",
  "small",
  "sub",
  "sup",
  "code",
  "pre",
  "blockquote",
  "ul",
  "ol",
  "li",
  "a",
  "img",
  "table",
  "thead",
  "tbody",
  "tr",
  "th",
  "td",
] as const;

export interface Cleaning {
  /** Style by tag, for mail programs that read no style sheet. */
  readonly styles?: Readonly<Record<string, string>>;
  /** Where a link to the web leads instead. */
  readonly link?: (target: string) => string;
  /** Links within the site (`/settings`) are kept: in the app they mean something, in a mail nothing. */
  readonly withinSite?: boolean;
}

/**
 * Only what a message needs, whatever its author or its data wrote: no scripts, styles, forms or
 * frames; links to the web, mail and phone only.
 */
export function cleanHtml(
  html: string,
  { styles = {}, link, withinSite = false }: Cleaning,
): string {
  return sanitizeHtml(html, {
    allowedTags: [...TAGS],
    allowedAttributes: {
      "*": ["style"],
      a: ["href", "title"],
      img: ["src", "alt", "title", "width", "height"],
      ol: ["start"],
      th: ["align", "colspan", "rowspan"],
      td: ["align", "colspan", "rowspan"],
    },
    allowedSchemes: ["http", "https", "mailto", "tel"],
    allowedSchemesByTag: { img: ["http", "https"] },
    allowProtocolRelative: false,
    parseStyleAttributes: false,
    transformTags: {
      "*": (tagName, attribs) => {
        // the author's own style goes, ours comes in its place
        const style = styles[tagName];
        const ours = style === undefined ? {} : { style };
        delete attribs["style"];
        if (tagName !== "a") return { tagName, attribs: { ...attribs, ...ours } };
        const { href, ...others } = attribs;
        const target = readTarget(href ?? "", withinSite);
        const to =
          target === null ? {} : { href: isWeb(target) ? (link?.(target) ?? target) : target };
        return { tagName, attribs: { ...others, ...to, ...ours } };
      },
    },
  });
}

/** A link as it will be followed; null: nowhere one may go. */
export function readTarget(href: string, withinSite = false): string | null {
  const text = href.trim();
  if (withinSite && /^\/(?![/\\])[^\s\\]*$/.test(text)) return text;
  if (!/^(https?|mailto|tel):/i.test(text) || !URL.canParse(text)) return null;
  return new URL(text).href;
}

export function isWeb(target: string): boolean {
  return /^https?:/i.test(target);
}
