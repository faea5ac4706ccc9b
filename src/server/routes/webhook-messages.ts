import { z } from "zod";
import {
  NOTICE_TYPES,
  WEBHOOK_MESSAGE_STATUSES,
  type WebhookMessage,
} from "../../engine/ports/webhooks.ts";
import { findWebhook } from "../../engine/webhooks/manage-webhooks.ts";
import { WEBHOOKS_JOB } from "../../engine/webhooks/webhooks-job.ts";
import { nextCursor, pageOf, pageQuery, placeTime, readCursor } from "../api/cursor.ts";
import { audited } from "../api/audited.ts";
import { given, ID, instantOf, timeIn, timeOut, timeText } from "../api/fields.ts";
import { OPS } from "../api/who-may.ts";
import { answers } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const LIST = "webhook messages";
const PLACE = z.object({ madeAt: placeTime, id: z.string(), webhook: z.string() });

const messageOut = z
  .object({
    id: z.string().meta({ description: "`webhook-id` of the message." }),
    webhook: z.string(),
    account: z.string(),
    type: z.enum(NOTICE_TYPES),
    status: z
      .enum(WEBHOOK_MESSAGE_STATUSES)
      .meta({ description: "`dead`: given up after all tries; may be replayed." }),
    attempts: z.int(),
    try_at: timeOut.nullable().meta({ description: "When it is tried next." }),
    error: z.string().nullable().meta({ description: "What went wrong the last time." }),
    made_at: timeOut,
    sent_at: timeOut.nullable(),
    payload: z.unknown(),
  })
  .meta({ id: "WebhookMessage" });

const replayIn = z
  .strictObject({
    webhook: ID,
    message: ID.optional().meta({
      description: "One message, which may have been sent before; default: all that are dead.",
    }),
    since: timeIn.optional().meta({ description: "Only messages made since then." }),
  })
  .meta({ id: "WebhookReplay" });

/** What was told, what waits, what was given up; and telling it again. */
export const webhookMessages: Routes = (app, deps) => {
  app.get(
    "/api/webhooks/messages",
    {
      config: { access: OPS },
      schema: {
        operationId: "listWebhookMessages",
        summary: "Messages to webhooks, the newest first",
        description: "`?status=dead` is the dead-letter list.",
        tags: ["webhooks"],
        querystring: z.object({
          ...pageQuery,
          webhook: ID.optional(),
          account: ID.optional(),
          status: z.enum(WEBHOOK_MESSAGE_STATUSES).optional(),
        }),
        response: answers(200, pageOf(messageOut)),
      },
    },
    async ({ query: { limit, cursor, webhook, account, status } }) => {
      const after = readCursor(LIST, PLACE, cursor) ?? undefined;
      const filter = given({ webhook, account, status });
      const found = await deps.store.webhooks.messages(filter, limit + 1, after);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      const place = last && { madeAt: last.madeAt, id: last.id, webhook: last.webhook };
      return { items: items.map(shown), next_cursor: nextCursor(LIST, place) };
    },
  );
  app.post(
    "/api/webhooks/messages/replay",
    {
      config: { access: OPS },
      schema: {
        operationId: "replayWebhookMessages",
        summary: "Send again what was given up, or one message",
        tags: ["webhooks"],
        body: replayIn,
        response: answers(200, z.object({ replayed: z.int() })),
      },
    },
    async ({ body: { webhook, message, since }, caller }) => {
      await findWebhook(contextOf(deps, caller), webhook);
      const which = {
        webhook,
        ...given({ id: message }),
        ...(since === undefined ? {} : { since: instantOf(since) }),
      };
      const replayed = await deps.store.webhooks.replay(which, deps.clock());
      deps.wake(WEBHOOKS_JOB);
      if (replayed > 0)
        await audited(deps, caller, "webhook messages sent again", {
          details: { webhook, messages: replayed },
        });
      return { replayed };
    },
  );
};

function shown(message: WebhookMessage): z.infer<typeof messageOut> {
  const { tryAt, madeAt, sentAt, status, ...rest } = message;
  const isOpen = status === "queued" || status === "sending";
  return {
    ...rest,
    status,
    try_at: isOpen ? timeText(tryAt) : null,
    made_at: timeText(madeAt) ?? "",
    sent_at: timeText(sentAt),
  };
}
