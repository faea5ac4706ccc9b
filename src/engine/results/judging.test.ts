import { expect, test } from "vitest";
import { readMailReports } from "./read-mail-reports.ts";
import { judgeHits } from "./judge-hits.ts";
import { whyNobody } from "./scanner-signs.ts";
import { isScore, readSurveyDetail } from "./surveys.ts";
import { MOST_TRIES, waitAfter } from "../webhooks/retry-times.ts";
import type { MessageHit } from "../ports.ts";

const PEOPLE = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)",
];
const MACHINES = [
  "Googlebot/2.1 (+http://www.google.com/bot.html)",
  "LinkedInBot/1.0 (compatible; Mozilla/5.0)",
  "WhatsApp/2.23.20.0",
  "facebookexternalhit/1.1",
  "Mozilla/5.0 (Windows NT 6.1) HeadlessChrome/120.0 Safari/537.36",
  "Mozilla/5.0 Proofpoint URL Defense",
  "curl/8.5.0",
  "Go-http-client/2.0",
];

test("people's browsers and mail programs count, machines do not", () => {
  for (const kind of ["click", "open"] as const) {
    for (const userAgent of PEOPLE)
      expect(whyNobody(kind, { method: "GET", userAgent, purpose: null }), userAgent).toBeNull();
    for (const userAgent of MACHINES)
      expect(
        whyNobody(kind, { method: "GET", userAgent, purpose: null }),
        userAgent,
      ).not.toBeNull();
  }
});

test("hits are judged by the time since delivery and by their neighbours", () => {
  const hit = (kind: "open" | "click", link: number, at: number): MessageHit => ({
    account: "a",
    outgoing: "t.1",
    kind,
    link,
    at,
    weak: null,
  });
  const judged = judgeHits(
    [
      hit("open", -1, 9999),
      hit("open", -1, 10_000),
      hit("click", 0, 4999),
      hit("click", 0, 20_000),
      hit("click", 1, 21_000),
      hit("click", 0, 30_000),
      hit("click", 0, 30_400),
      hit("click", 1, 31_401),
      hit("open", -1, 31_402),
    ],
    0,
  );
  expect(judged.map(({ weak }) => weak)).toEqual([
    "within seconds of delivery",
    null,
    "within seconds of delivery",
    "several links within a second",
    "several links within a second",
    null,
    null,
    null,
    null,
  ]);
  expect(judgeHits([hit("click", 0, 1)], null)[0]?.weak).toBeNull();
});

test("scores lie on their survey's scale", () => {
  expect([0, 10].map((score) => isScore("nps", score))).toEqual([true, true]);
  expect([-1, 11, 2.5, Number.NaN].some((score) => isScore("nps", score))).toBe(false);
  expect([0, 1, 5, 6].map((score) => isScore("csat", score))).toEqual([false, true, true, false]);
  expect(readSurveyDetail("csat.5")).toEqual({ survey: "csat", score: 5 });
  for (const bad of ["csat.6", "csat.", ".5", "csat.5e0", "CSAT.5", "../x.5", "csat.05x"])
    expect(readSurveyDetail(bad), bad).toBeNull();
});

test("webhooks wait longer each time, as long as they are asked to, and not for ever", () => {
  const waits = Array.from({ length: MOST_TRIES }, (_, n) => waitAfter(n + 1, 0, null));
  expect(waits.at(-1)).toBeNull();
  expect(waits.slice(0, 2)).toEqual([15_000, 60_000]);
  expect(waitAfter(1, 1, null)).toBe(16_500);
  expect(waitAfter(1, 0, 120_000)).toBe(120_000);
  expect(waitAfter(1, 0, 1e12)).toBe(86_400_000);
  expect(waitAfter(9, 0, 1000)).toBe(36_000_000);
});

test("each mail provider's own words are understood", () => {
  const ses = (type: string, more: object) => ({
    notificationType: type,
    mail: { messageId: "ses-own", headers: [{ name: "Message-ID", value: "<t.1@a>" }] },
    ...more,
  });
  const bounce = (bounceType: string) => ({
    bounce: {
      bounceType,
      bouncedRecipients: [{ emailAddress: "a@b.c" }],
      timestamp: "2026-03-02T08:00:00Z",
    },
  });
  const at = Date.UTC(2026, 2, 2, 8);
  const of = { messageId: "<t.1@a>", email: "a@b.c", at };
  const sendgrid = { email: "a@b.c", "smtp-id": "<t.1@a>", timestamp: at / 1000, sg_event_id: "x" };
  const mailgun = (event: string, severity?: string) => ({
    signature: {},
    "event-data": {
      event,
      severity,
      recipient: "a@b.c",
      timestamp: at / 1000,
      message: { headers: { "message-id": "t.1@a" } },
    },
  });
  const postmark = { Email: "a@b.c", BouncedAt: "2026-03-02T08:00:00Z" };
  const cases: readonly (readonly [message: object, reports: readonly object[]])[] = [
    [ses("Bounce", bounce("Permanent")), [{ ...of, result: "bounced", bounce: "hard" }]],
    [ses("Bounce", bounce("Transient")), [{ ...of, result: "bounced", bounce: "soft" }]],
    [ses("Delivery", {}), []],
    [
      { ...sendgrid, event: "bounce", type: "bounce" },
      [{ ...of, result: "bounced", bounce: "hard" }],
    ],
    [
      { ...sendgrid, event: "bounce", type: "blocked" },
      [{ ...of, result: "bounced", bounce: "soft" }],
    ],
    [{ ...sendgrid, event: "spamreport" }, [{ ...of, result: "complained" }]],
    [{ ...sendgrid, event: "processed" }, []],
    [
      mailgun("failed", "permanent"),
      [{ ...of, messageId: "t.1@a", result: "bounced", bounce: "hard" }],
    ],
    [mailgun("failed", "temporary"), []],
    [mailgun("complained"), [{ ...of, messageId: "t.1@a", result: "complained" }]],
    [
      { ...postmark, RecordType: "Bounce", Type: "HardBounce" },
      [{ email: "a@b.c", at, result: "bounced", bounce: "hard" }],
    ],
    [
      { ...postmark, RecordType: "Bounce", Type: "SoftBounce" },
      [{ email: "a@b.c", at, result: "bounced", bounce: "soft" }],
    ],
    [{ ...postmark, RecordType: "SpamComplaint" }, [{ email: "a@b.c", at, result: "complained" }]],
    [{ ...postmark, RecordType: "Delivery" }, []],
  ];
  for (const [message, reports] of cases) {
    const body = JSON.parse(JSON.stringify(message)) as never;
    expect(readMailReports(body), JSON.stringify(message)).toEqual({ reports, unknown: 0 });
  }
  expect(readMailReports([1, null, "x", {}, { Type: "Notification", Message: "{" }])).toEqual({
    reports: [],
    unknown: 5,
  });
});
