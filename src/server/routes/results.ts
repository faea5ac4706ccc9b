import { z } from "zod";
import { TOUCH_RESULTS } from "../../core/schedule/touch-words.ts";
import { type PostedReport, takeReports } from "../../engine/results/take-reports.ts";
import { given, ID, instantOf, timeIn } from "../api/fields.ts";
import { audited } from "../api/audited.ts";
import { OPS } from "../api/who-may.ts";
import { answers } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const MOST_AT_ONCE = 500;
/** Touches that the audit log names of one report. */
const MOST_TOLD = 20;

const reportIn = z
  .strictObject({
    touch: ID.optional().meta({ description: "Id of the touch." }),
    message_id: z
      .string()
      .min(3)
      .max(998)
      .optional()
      .meta({ description: "Message-ID of the mail, with or without angle brackets." }),
    email: z
      .string()
      .min(3)
      .max(320)
      .optional()
      .meta({ description: "Address that bounced, complained or unsubscribed." }),
    result: z.enum(TOUCH_RESULTS),
    bounce: z
      .enum(["hard", "soft"])
      .optional()
      .meta({ description: "Of a bounce; `hard` (the default) stops all mail to the address." }),
    at: timeIn.optional().meta({ description: "When it happened; default: now." }),
    minutes: z.number().min(0).max(100_000).optional(),
    note: z.string().max(20_000).optional(),
  })
  .refine(({ touch, message_id: id, email }) => touch ?? id ?? email, {
    error: "expected one of touch, message_id, email",
  })
  .meta({ id: "Result" });

export const resultOut = z
  .object({
    status: z.enum(["recorded", "unchanged", "refused"]).meta({
      description: "`unchanged`: it was known already, or something that goes further was.",
    }),
    touch: z.string().optional(),
    account: z.string().optional(),
    suppressed: z
      .boolean()
      .optional()
      .meta({ description: "No more mail goes to the address, whoever has it." }),
    reason: z.string().optional().meta({ description: "Why it was refused." }),
  })
  .meta({ id: "ResultAnswer" });

/** What came of touches, as mail providers, webinar tools and others report it. */
export const results: Routes = (app, deps) => {
  app.post(
    "/api/results",
    {
      config: { access: OPS },
      schema: {
        operationId: "postResults",
        summary: "Report bounces, complaints, replies, attendance and other results",
        description:
          "By touch, by Message-ID or, for bounces and complaints, by address. Each item is taken for itself and answered in its place; the same report again changes nothing, and of an automated touch only what goes further replaces what was known.",
        tags: ["touches"],
        body: z.union([
          z.strictObject({ results: z.array(reportIn).min(1).max(MOST_AT_ONCE) }),
          reportIn,
        ]),
        response: answers(200, z.object({ results: z.array(resultOut) })),
      },
    },
    async ({ body, caller }) => {
      const reports = "results" in body ? body.results : [body];
      const results = await takeReports(contextOf(deps, caller), reports.map(asReport));
      const recorded = results.filter(({ status }) => status === "recorded");
      if (recorded.length > 0) {
        deps.wake("decide");
        const touches = recorded.flatMap(({ touch }) => touch ?? []).slice(0, MOST_TOLD);
        const details = { results: recorded.length, touches };
        await audited(deps, caller, "results reported", { details });
      }
      return { results };
    },
  );
};

function asReport(report: z.infer<typeof reportIn>): PostedReport {
  const { touch, message_id: messageId, email, result, bounce, at, minutes, note } = report;
  return {
    result,
    ...given({ touch, messageId, email, bounce }),
    ...(at === undefined ? {} : { at: instantOf(at) }),
    details: given({ minutes, note }),
  };
}
