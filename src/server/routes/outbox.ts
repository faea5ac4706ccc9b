import { z } from "zod";
import { CHANNELS } from "../../core/model/schema-pieces.ts";
import {
  listOutbox,
  oneMessage,
  replayDead,
  settleByHand,
} from "../../engine/outbox/outbox-actions.ts";
import type { Outgoing } from "../../engine/ports.ts";
import { OUTGOING_STATUSES } from "../../engine/ports/outbox.ts";
import { nextCursor, pageOf, pageQuery, placeTime, readCursor } from "../api/cursor.ts";
import { given, ID, timeOut, timeText } from "../api/fields.ts";
import { OPS, READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes, type ServerDeps } from "../route.ts";

const listedShape = z
  .object({
    id: z.string(),
    account: z.string(),
    account_name: z.string().nullable(),
    kind: z.enum(["touch", "invitation", "withdrawal"]),
    touch: z.string().nullable(),
    touchpoint: z.string().nullable(),
    program: z.string().nullable(),
    attempt: z.int(),
    channel: z.enum(CHANNELS),
    contact: z.string().nullable(),
    receiver: z.string().nullable(),
    status: z.enum(OUTGOING_STATUSES),
    message_id: z.string().nullable(),
    subject: z.string(),
    error: z.string().nullable(),
    made_at: timeOut,
    try_at: timeOut.nullable(),
    sent_at: timeOut.nullable(),
  })
  .meta({ id: "ListedMessage" });
const messageShape = listedShape
  .extend({
    text: z.string(),
    html: z.string(),
    locale: z.string().nullable(),
    extra: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "OutgoingMessage", description: "One attempt to reach somebody, as it was made." });
const PLACE = z.object({ madeAt: placeTime, id: z.string() });
const tags = ["outbox"];

export const outbox: Routes = (app, deps) => {
  app.get(
    "/api/outbox",
    {
      config: { access: READ },
      schema: {
        operationId: "listOutbox",
        summary: "What went out and is going out, newest first.",
        tags,
        querystring: z.object({
          ...pageQuery,
          account: ID.optional(),
          channel: z.enum(CHANNELS).optional(),
          status: z.enum(OUTGOING_STATUSES).optional(),
          contact: ID.optional(),
          program: ID.optional(),
          touch: ID.optional(),
          message_id: ID.optional(),
        }),
        response: { 200: pageOf(listedShape), "4xx": problemSchema },
      },
    },
    async (request) => {
      const { limit, cursor, account, channel, contact, program, status, touch, message_id } =
        request.query;
      const after = readCursor("outbox", PLACE, cursor) ?? undefined;
      const { messages, next } = await listOutbox(
        contextOf(deps, request.caller),
        given({
          account,
          channel,
          contact,
          program,
          statuses: status && [status],
          touchId: touch,
          messageId: message_id,
        }),
        limit,
        after,
      );
      const names = await namesOf(deps, messages);
      return {
        items: messages.map((one) => listed(one, names)),
        next_cursor: nextCursor("outbox", next),
      };
    },
  );

  app.get(
    "/api/outbox/:message",
    {
      config: { access: READ },
      schema: {
        operationId: "getMessage",
        summary: "One message in full.",
        tags,
        params: z.object({ message: ID }),
        response: { 200: messageShape, "4xx": problemSchema },
      },
    },
    async (request) =>
      whole(deps, await oneMessage(contextOf(deps, request.caller), request.params.message)),
  );

  app.post(
    "/api/outbox/replay",
    {
      config: { access: OPS },
      schema: {
        operationId: "replayMessages",
        summary: "Sends dead messages again, each looked at afresh.",
        tags,
        body: z.strictObject({ ids: z.array(ID).min(1).max(500) }),
        response: { 200: z.object({ replayed: z.array(z.string()) }), "4xx": problemSchema },
      },
    },
    async (request) => {
      const replayed = await replayDead(contextOf(deps, request.caller), request.body.ids);
      deps.wake("deliver");
      return { replayed: [...replayed] };
    },
  );

  app.post(
    "/api/outbox/:message/settle",
    {
      config: { access: OPS },
      schema: {
        operationId: "settleMessage",
        summary: "Says what became of a message of which nobody knows the end.",
        tags,
        params: z.object({ message: ID }),
        body: z.strictObject({ finding: z.enum(["sent", "not_sent", "again"]) }),
        response: { 200: messageShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      await settleByHand(context, request.params.message, request.body.finding);
      deps.wake("deliver");
      return whole(deps, await oneMessage(context, request.params.message));
    },
  );
};

type Names = ReadonlyMap<string, string | null>;

async function namesOf({ store }: ServerDeps, messages: readonly Outgoing[]): Promise<Names> {
  const found = await store.outbox.names(messages.map(({ account }) => account));
  return new Map(found.map(({ id, name }) => [id, name]));
}

function listed(one: Outgoing, names: Names): z.infer<typeof listedShape> {
  const { id, account, kind, touchpoint, program, attempt, channel, contact, receiver } = one;
  return {
    id,
    account,
    account_name: names.get(account) ?? null,
    kind,
    touch: one.touchId,
    touchpoint,
    program,
    attempt,
    channel,
    contact,
    receiver,
    status: one.status,
    message_id: one.messageId,
    subject: one.message.subject,
    error: one.error,
    made_at: timeText(one.madeAt) ?? "",
    try_at: timeText(one.tryAt),
    sent_at: timeText(one.sentAt),
  };
}

async function whole(deps: ServerDeps, one: Outgoing): Promise<z.infer<typeof messageShape>> {
  const { text, html, locale, extra } = one.message;
  return { ...listed(one, await namesOf(deps, [one])), text, html, locale, extra: { ...extra } };
}
