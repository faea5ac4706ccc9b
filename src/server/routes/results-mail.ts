import { z } from "zod";
import type { Json } from "../../core/facts/types.ts";
import { readMailReports } from "../../engine/results/read-mail-reports.ts";
import { takeReports } from "../../engine/results/take-reports.ts";
import { OPS } from "../api/who-may.ts";
import { HttpProblem } from "../http-problem.ts";
import { answers } from "../problem.ts";
import { type App, contextOf, type Routes } from "../route.ts";
import { resultOut } from "./results.ts";

const BODY_BYTES = 5 * 1024 * 1024;

/**
 * Where mail providers send what became of mail, each in its own words. Few of them can send a
 * header, all of them a user and password in the address: the key stands there, too.
 */
export const resultsMail: Routes = (app, deps) => {
  readAnyJson(app);
  app.post(
    "/api/results/mail",
    {
      config: { access: OPS, keyAsPassword: true, takesAnyText: true },
      bodyLimit: BODY_BYTES,
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
    async ({ body, caller }) => {
      const { reports, unknown } = readMailReports(body as Json);
      const results = await takeReports(contextOf(deps, caller), reports);
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
