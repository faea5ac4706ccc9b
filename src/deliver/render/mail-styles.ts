/** Mail programs that drop the style sheet still read these. Dark colours: mail-page.ts. */
const LEFT_TO_RIGHT: Readonly<Record<string, string>> = {
  p: "margin:0 0 16px;",
  h1: "margin:24px 0 12px;font-size:22px;line-height:30px;font-weight:600;",
  h2: "margin:24px 0 12px;font-size:19px;line-height:27px;font-weight:600;",
  h3: "margin:20px 0 8px;font-size:16px;line-height:24px;font-weight:600;",
  h4: "margin:20px 0 8px;font-size:16px;line-height:24px;font-weight:600;",
  ul: "margin:0 0 16px;padding:0 0 0 24px;",
  ol: "margin:0 0 16px;padding:0 0 0 24px;",
  li: "margin:0 0 6px;",
  a: "color:#1b4ed1;text-decoration:underline;",
  blockquote: "margin:0 0 16px;padding:8px 0 0 16px;border-left:3px solid #c9d1dc;",
  code: "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px;background:#eef1f5;padding:1px 4px;border-radius:3px;",
  pre: "margin:0 0 16px;padding:12px;background:#eef1f5;border-radius:6px;overflow:auto;white-space:pre-wrap;",
  hr: "margin:24px 0;border:0;border-top:1px solid #dde2e9;",
  img: "max-width:100%;height:auto;border:0;",
  table: "margin:0 0 16px;border-collapse:collapse;",
  th: "padding:6px 12px 6px 0;text-align:start;border-bottom:1px solid #c9d1dc;",
  td: "padding:6px 12px 6px 0;border-bottom:1px solid #e6eaf0;vertical-align:top;",
};

/** Where the text begins at the right, lists and quotes are set in from there. */
const RIGHT_TO_LEFT: Readonly<Record<string, string>> = {
  ...LEFT_TO_RIGHT,
  ul: "margin:0 0 16px;padding:0 24px 0 0;",
  ol: "margin:0 0 16px;padding:0 24px 0 0;",
  blockquote: "margin:0 0 16px;padding:8px 16px 0 0;border-right:3px solid #c9d1dc;",
  th: "padding:6px 0 6px 12px;text-align:start;border-bottom:1px solid #c9d1dc;",
  td: "padding:6px 0 6px 12px;border-bottom:1px solid #e6eaf0;vertical-align:top;",
};

export function mailStyles(dir: "ltr" | "rtl"): Readonly<Record<string, string>> {
  return dir === "rtl" ? RIGHT_TO_LEFT : LEFT_TO_RIGHT;
}
