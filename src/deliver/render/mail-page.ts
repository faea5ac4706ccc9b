import { escapeHtml } from "./escape-html.ts";

export interface MailPage {
  readonly lang: string | null;
  readonly dir: "ltr" | "rtl";
  readonly title: string;
  readonly preheader: string | null;
  /** Clean HTML. */
  readonly body: string;
  readonly button: { readonly label: string; readonly href: string } | null;
  /** Who sends it: name and postal address. */
  readonly sender: readonly string[];
  readonly footLinks: readonly { readonly label: string; readonly href: string }[];
  /** Address of the picture that tells us it was opened. */
  readonly pixel: string | null;
}

/**
 * The frame of every mail: one column of at most 600 px in tables, as Outlook needs it, with
 * styles on the elements, as Gmail needs it; light and dark; plain, as from one person to another.
 */
export function mailPage(page: MailPage): string {
  const { lang, dir, title, preheader, body, button, sender, footLinks, pixel } = page;
  return `<!doctype html>
<html lang="${escapeHtml(lang ?? "en")}" dir="${dir}" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(title)}</title>
<!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript><![endif]-->
<style>${STYLE_SHEET}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f3f5f8;-webkit-text-size-adjust:100%;">
${preheaderOf(preheader)}<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f3f5f8;">
<tr><td align="center" class="edge" style="padding:24px 12px;">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;">
<tr><td class="card" dir="${dir}" style="padding:32px 32px 16px;background:#ffffff;border-radius:8px;font-family:${FONT};font-size:16px;line-height:25px;color:#1d232b;text-align:${dir === "rtl" ? "right" : "left"};word-break:break-word;overflow-wrap:anywhere;">
${body}
${button ? buttonHtml(button.label, button.href) : ""}</td></tr>
<tr><td class="foot" dir="${dir}" style="padding:16px 32px 24px;font-family:${FONT};font-size:13px;line-height:20px;color:#5b6470;text-align:${dir === "rtl" ? "right" : "left"};">
${footHtml(sender, footLinks)}</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
${pixel === null ? "" : `<img src="${escapeHtml(pixel)}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0;">\n`}</body>
</html>
`;
}

const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

const DARK = `.page { background: #16181c !important; }
.card { background: #22262c !important; color: #e7eaee !important; }
.card a { color: #9dbcff !important; }
.card code, .card pre { background: #30353d !important; }
.card td, .card th, .card hr { border-color: #444b55 !important; }
.card blockquote { border-color: #56606d !important; }
.card a.score { border-color: #56606d !important; }
.card .faint, .foot, .foot a { color: #a6aeb9 !important; }
.card .button { background: #2f62e6 !important; }
.card .button a { color: #ffffff !important; }`;

const STYLE_SHEET = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) {
  .edge { padding: 0 !important; }
  .card { padding: 24px 20px 12px !important; border-radius: 0 !important; }
  .foot { padding: 16px 20px 24px !important; }
}
@media (prefers-color-scheme: dark) {
${DARK}
}
${DARK.replaceAll(/^\./gm, "[data-ogsc] .").replaceAll(", .", ", [data-ogsc] .")}
`;

/** What the list of mails shows beside the subject; the blanks keep the body's first words out of it. */
function preheaderOf(preheader: string | null): string {
  if (preheader === null) return "";
  const blanks = "&#847;&zwnj;&nbsp;".repeat(40);
  return `<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all;">${escapeHtml(preheader)}${blanks}</div>\n`;
}

function buttonHtml(label: string, href: string): string {
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px;"><tr>
<td class="button" align="center" bgcolor="#1b4ed1" style="background:#1b4ed1;border-radius:6px;"><a href="${escapeHtml(href)}" style="display:inline-block;padding:12px 22px;font-size:16px;line-height:22px;font-weight:600;color:#ffffff;text-decoration:none;mso-padding-alt:0;"><!--[if mso]><i style="mso-font-width:250%;mso-text-raise:18pt;" hidden>&emsp;</i><![endif]--><span style="mso-text-raise:9pt;">${escapeHtml(label)}</span><!--[if mso]><i style="mso-font-width:250%;" hidden>&emsp;</i><![endif]--></a></td>
</tr></table>
`;
}

function footHtml(sender: MailPage["sender"], links: MailPage["footLinks"]): string {
  const anchors = links.map(
    ({ label, href }) =>
      `<a href="${escapeHtml(href)}" style="color:#5b6470;text-decoration:underline;">${escapeHtml(label)}</a>`,
  );
  const lines = [...sender.map(escapeHtml), anchors.join(" &nbsp;·&nbsp; ")];
  return lines.filter((line) => line !== "").join("<br>\n");
}
