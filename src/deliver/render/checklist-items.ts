import { readTarget } from "./clean-html.ts";
import { plainText } from "./plain-text.ts";

export interface TakenItems {
  readonly items: readonly { readonly text: string; readonly link: string | null }[];
  /** The message without that list. */
  readonly rest: string;
}

/** The first list of a message becomes the steps of its checklist; a step may have one link. */
export function takeItems(html: string): TakenItems {
  const list = /<(ul|ol)[^>]*>([\s\S]*?)<\/\1>/.exec(html);
  if (!list) return { items: [], rest: html };
  const items = [...(list[2] ?? "").matchAll(/<li[^>]*>([\s\S]*?)<\/li>/g)].map(([, item = ""]) => {
    const href = /<a\s[^>]*href="([^"]*)"/.exec(item)?.[1] ?? "";
    const words = item.replace(/<\/?a\b[^>]*>/g, "");
    return {
      text: plainText(words)
        .replace(/^[\u2610\u2611]\s*/, "")
        .replace(/\s+/g, " "),
      link: readTarget(href.replaceAll("&amp;", "&"), true),
    };
  });
  return { items, rest: html.replace(list[0], "").trim() };
}
