import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Json } from "../../core/facts/types.ts";
import type { StoredKey } from "../../engine/ports.ts";
import { readMailReports } from "../../engine/results/read-mail-reports.ts";
import { takeReports } from "../../engine/results/take-reports.ts";
import { scopesUpTo } from "../door-rules.ts";
import { HttpProblem } from "../http-problem.ts";
import { answers } from "../problem.ts";
import { RateLimit } from "../rate-limit.ts";
import { type App, contextOf, type Routes, type ServerDeps } from "../route.ts";
import { resultOut } from "./results.ts";

const BAD_KEYS = { most: 100, windowMs: 60_000 };
const BODY_BYTES = 5 * 1024 * 1024;

/**
 * Where mail providers send what became of mail, each in its own words. Few of them can send a
 * header, all of them a user and password in the address: the key stands there, too.
 */
export const resultsMail: Routes = (app, deps) => {
  readAnyJson(app);
  const badKeys = new RateLimit(BAD_KEYS.most, BAD_KEYS.windowMs, deps.clock);
  app.post(
    "/api/results/mail",
    {
      config: { access: "public" },
      bodyLimit: BODY_BYTES,
      onRequest: async (request) => {
        await requireKey(request, deps, badKeys);
      },
      schema: {
        operationId: "postMailResults",
        summary: "Take what a mail provider reports: Amazon SES, SendGrid, Postmark, Mailgun",
        description:
          "Needs an API key with the scope `write`: as `Authorization: Bearer KEY`, or as the password of the address (`https://provider:KEY@HOST/api/results/mail`). Bounces, complaints and unsubscribing are taken as by `POST /api/results`; all else is passed over.",
        tags: ["touches"],
        body: z.unknown().meta({ description: "As the provider sends it." }),
        response: answers(
          200,
          z.object({
            results: z.array(resultOut),
            unknown: z.int().meta({ description: "Messages that no known provider sends." }),
          }),
        ),
      },
    },
    async ({ body }) => {
      const { reports, unknown } = readMailReports(body as Json);
      const results = await takeReports(contextOf(deps, null), reports);
      if (results.some(({ status }) => status === "recorded")) deps.wake("decide");
      return { results, unknown };
    },
  );
};

/** Amazon sends JSON as text. */
function readAnyJson(app: App): void {
  app.addContentTypeParser("text/plain", { parseAs: "string" }, (_, body, done) => {
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(new HttpProblem("bad-request", "The body is no JSON."));
    }
  });
}

async function requireKey(
  { headers: { authorization = "" }, ip }: FastifyRequest,
  { keys }: ServerDeps,
  badKeys: RateLimit,
): Promise<void> {
  const retryAfter = badKeys.wait(ip);
  if (retryAfter > 0)
    throw new HttpProblem("too-many", "Too many bad keys came from your address.", { retryAfter });
  const token = tokenOf(authorization);
  const key: StoredKey | null = token === null ? null : await keys.verifyApiKey(token);
  if (!key) {
    badKeys.count(ip);
    throw new HttpProblem("bad-key", "No key, or none that is known.");
  }
  if (!scopesUpTo(key.scopes).has("write"))
    throw new HttpProblem("forbidden", "This needs the scope `write`.");
}

/** `Bearer KEY`, or the password of `Basic`. */
function tokenOf(authorization: string): string | null {
  const [, scheme = "", value = ""] = /^(\S+) +(\S+)$/.exec(authorization) ?? [];
  if (/^bearer$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return null;
  return Buffer.from(value, "base64").toString("utf8").split(":").slice(1).join(":") || null;
}
