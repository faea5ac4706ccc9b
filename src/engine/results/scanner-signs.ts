/**
 * Machines that ask for links and pictures before, or instead of, a person: mail gateways that
 * look for malware, mail clients that load pictures for everybody, previews in chats, scripts.
 */
const MACHINES: readonly (readonly [sign: RegExp, name: string])[] = [
  [/bot\b|bot\/|crawl|spider|slurp|archiver/i, "a crawler"],
  [/preview|prefetch|unfurl|facebookexternalhit|whatsapp|skypeuripreview|iframely/i, "a preview"],
  [
    /proofpoint|mimecast|barracuda|ironport|symantec|messagelabs|trendmicro|forcepoint|zscaler|sophos|fireeye|fortinet|cisco|trustwave|spam|virus|scan|safelinks|defender/i,
    "a mail scanner",
  ],
  [
    /^(?:curl|wget|python|java|go-http|okhttp|node|axios|ruby|perl|php|libwww|apache-http|httpx)/i,
    "a script",
  ],
  [/headlesschrome|phantomjs|puppeteer|playwright|selenium/i, "a browser without a person"],
];

/** What loads the pictures of all mail, read or not. */
const PICTURE_PROXIES: readonly (readonly [sign: RegExp, name: string])[] = [
  [/GoogleImageProxy|ggpht\.com/i, "Gmail's picture proxy"],
  [/YahooMailProxy|YahooCacheSystem/i, "Yahoo's picture proxy"],
  // All that Apple's Mail Privacy Protection says about itself
  [/^Mozilla\/5\.0$/, "Apple's picture proxy"],
];

export interface Asked {
  readonly method: string;
  readonly userAgent: string | null;
  /** `purpose`, `sec-purpose`, `x-purpose`, `x-moz`: what a browser says when nobody has clicked yet. */
  readonly purpose: string | null;
}

/** Why a request is nobody's doing, as far as it shows by itself; null: it may be a person's. */
export function whyNobody(
  kind: "open" | "click",
  { method, userAgent, purpose }: Asked,
): string | null {
  if (method !== "GET") return `a ${method} request`;
  if (purpose !== null && /prefetch|preview|prerender/i.test(purpose)) return "a prefetch";
  if (userAgent === null || userAgent.trim() === "") return "no user agent";
  const signs =
    kind === "open" ? [...PICTURE_PROXIES, ...MACHINES] : [...MACHINES, ...PICTURE_PROXIES];
  return signs.find(([sign]) => sign.test(userAgent))?.[1] ?? null;
}
