import { z } from "zod";
import { previewMessage } from "../../engine/preview-message.ts";
import { given, ID } from "../api/fields.ts";
import { exactAccount, OPS } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";
import { filesBody } from "./models.ts";

const MB = 1024 * 1024;

const previewShape = z
  .object({
    channel: z.string(),
    contact: z.string().nullable().meta({ description: "null: it goes to the account." }),
    receiver: z.string().nullable(),
    not_received: z.string().nullable().meta({
      description: "Why this contact would not get it; null: they would.",
    }),
    subject: z.string(),
    preheader: z.string().nullable(),
    locale: z.string().nullable(),
    text: z.string(),
    html: z.string().meta({
      description: "As a mail program gets it: show it in a sandboxed frame only.",
    }),
    links: z.array(z.string()).meta({ description: "Where its links lead." }),
  })
  .meta({ id: "MessagePreview" });

/** What a message would be, before it is anybody's. */
export const messages: Routes = (app, deps) => {
  app.post(
    "/api/messages/preview",
    {
      config: { access: OPS, tells: [] },
      bodyLimit: 8 * MB,
      schema: {
        operationId: "previewMessage",
        summary:
          "A touchpoint's message as a contact would get it today. Nothing is sent or stored.",
        tags: ["models"],
        body: z.strictObject({
          account: ID,
          touchpoint: ID,
          contact: ID.optional().meta({
            description: "Id, address or name; default: the first who could receive it.",
          }),
          draft: filesBody.optional().meta({
            description: "A model with its messages that is not live (yet); default: the live one.",
          }),
        }),
        response: { 200: previewShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { account, touchpoint, contact, draft } = request.body;
      const { id } = await exactAccount(context, account);
      const wanted = { account: id, touchpoint, ...given({ contact, draft }) };
      const { message, notReceived, ...rest } = await previewMessage(context, deps, wanted);
      const { subject, preheader, locale, text, html, links } = message;
      return {
        ...rest,
        not_received: notReceived,
        subject,
        preheader,
        locale,
        text,
        html,
        links: [...links],
      };
    },
  );
};
