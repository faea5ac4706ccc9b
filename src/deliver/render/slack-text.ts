const DECODED: Readonly<Record<string, string>> = { "&quot;": '"', "&#39;": "'", "&nbsp;": " " };

/**
 * Clean HTML → Slack's own marks. `&`, `<` and `>` stay escaped, as Slack wants them, so that no
 * name can call the whole channel (`<!channel>`).
 */
export function slackText(html: string): string {
  const text = html
    .replace(
      /<pre[^>]*>([\s\S]*?)<\/pre>/g,
      (_, code: string) => `\n\`\`\`${code.replace(/<[^>]*>/g, "").trim()}\`\`\`\n\n`,
    )
    .replace(/<a\s[^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g, (_, href: string, words: string) =>
      `<${href.replaceAll("|", "%7C")}|${words.replace(/<[^>]*>/g, "").replaceAll("|", "/")}>`
        .replace(/^</, LINK_OPEN)
        .replace(/>$/, LINK_CLOSE),
    )
    .replace(/<(?:strong|b|h[1-6])(?:\s[^>]*)?>/g, "*")
    .replace(/<\/(?:strong|b)>/g, "*")
    .replace(/<\/h[1-6]>/g, "*\n\n")
    .replace(/<\/?(?:em|i)(?:\s[^>]*)?>/g, "_")
    .replace(/<\/?(?:del|s)(?:\s[^>]*)?>/g, "~")
    .replace(/<\/?code(?:\s[^>]*)?>/g, "`")
    .replace(/<ol[^>]*>([\s\S]*?)<\/ol>/g, (_, items: string) => numbered(items))
    .replace(/<li[^>]*>\s*/g, "• ")
    .replace(/\s*<\/li>\s*/g, "\n")
    .replace(/<br[^>]*>\s*/g, "\n")
    .replace(/<\/(?:p|ul|ol|blockquote|table)>/g, "\n\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:quot|#39|nbsp);/g, (entity) => DECODED[entity] ?? entity);
  return text
    .replaceAll(LINK_OPEN, "<")
    .replaceAll(LINK_CLOSE, ">")
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** A link's brackets while tags are being removed. */
const LINK_OPEN = "\uE003";
const LINK_CLOSE = "\uE004";

function numbered(items: string): string {
  let number = 0;
  return `${items.replace(/<li[^>]*>\s*/g, () => `${++number}. `)}\n\n`;
}
