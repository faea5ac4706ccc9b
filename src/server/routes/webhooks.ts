import { z } from "zod";
import { NOTICE_TYPES, type Webhook } from "../../engine/ports/webhooks.ts";
import {
  addWebhook,
  changeWebhook,
  findWebhook,
  pingWebhook,
  removeWebhook,
  type WebhookDeps,
} from "../../engine/webhooks/manage-webhooks.ts";
import { webhookSecret } from "../../engine/webhooks/webhook-secret.ts";
import { audited } from "../api/audited.ts";
import { given, ID, timeOut, timeText } from "../api/fields.ts";
import { OPS } from "../api/who-may.ts";
import { answers } from "../problem.ts";
import { type Caller, contextOf, type RouteAccess, type Routes } from "../route.ts";

/** Secrets and targets: for whoever sets up other systems. */
export const WEBHOOK_ACCESS: RouteAccess = { person: "ops", scope: "admin" };

const url = z.url({ protocol: /^https?$/ }).max(2000);
const types = z
  .array(z.enum(NOTICE_TYPES))
  .min(1)
  .transform((all) => [...new Set(all)]);
const note = z.string().trim().max(500).nullable();

const wishIn = z
  .strictObject({
    url: url.meta({
      description: "Where messages are posted. Not an address of a private network.",
    }),
    types: types.default([...NOTICE_TYPES]).meta({ description: "What it wants to be told." }),
    note: note.default(null),
    active: z.boolean().default(true),
  })
  .meta({ id: "NewWebhook" });
const changeIn = z
  .strictObject({
    url: url.optional(),
    types: types.optional(),
    note: note.optional(),
    active: z.boolean().optional(),
  })
  .meta({ id: "WebhookChange" });

const webhookOut = z
  .object({
    id: z.string(),
    url: z.string(),
    types: z.array(z.enum(NOTICE_TYPES)),
    active: z.boolean(),
    stopped: z
      .string()
      .nullable()
      .meta({ description: "Why it was switched off, where its receiver wanted it so." }),
    note: z.string().nullable(),
    created_at: timeOut,
    created_by: z.string().nullable(),
  })
  .meta({ id: "Webhook" });
const madeOut = webhookOut
  .extend({
    secret: z.string().meta({ description: "Verifies signatures, in the Standard Webhooks way." }),
  })
  .meta({ id: "MadeWebhook" });

const params = z.object({ id: ID });
const tags = ["webhooks"];

/** Who is told of what happens here, and where. */
export const webhooks: Routes = (app, deps) => {
  const config = { access: WEBHOOK_ACCESS };
  const depsOf = (caller: Caller | null): WebhookDeps => ({
    context: contextOf(deps, caller),
    http: deps.http,
    settings: deps.settings,
  });
  const secretOf = (id: string): string => webhookSecret(deps.settings.secret, id);
  app.get(
    "/api/webhooks",
    {
      config: { access: OPS },
      schema: {
        operationId: "listWebhooks",
        summary: "All webhooks, without their secrets",
        tags,
        response: answers(200, z.object({ items: z.array(webhookOut) })),
      },
    },
    async () => ({ items: (await deps.store.webhooks.list()).map(shown) }),
  );
  app.post(
    "/api/webhooks",
    {
      config,
      schema: {
        operationId: "addWebhook",
        summary: "Add a webhook; the answer has its secret",
        tags,
        body: wishIn,
        response: answers(201, madeOut),
      },
    },
    async ({ body, caller }, reply) => {
      const added = await addWebhook(depsOf(caller), body);
      return reply.status(201).send({ ...shown(added), secret: secretOf(added.id) });
    },
  );
  app.get(
    "/api/webhooks/:id",
    {
      config: { access: OPS },
      schema: {
        operationId: "getWebhook",
        summary: "One webhook",
        tags,
        params,
        response: answers(200, webhookOut),
      },
    },
    async ({ params: { id }, caller }) => shown(await findWebhook(contextOf(deps, caller), id)),
  );
  app.patch(
    "/api/webhooks/:id",
    {
      config,
      schema: {
        operationId: "changeWebhook",
        summary: "Change a webhook, or switch it off and on",
        description: "What waits for it while it is off is sent once it is on again.",
        tags,
        params,
        body: changeIn,
        response: answers(200, webhookOut),
      },
    },
    async ({ params: { id }, body, caller }) => {
      const changed = await changeWebhook(depsOf(caller), id, given(body));
      deps.wake("webhooks");
      return shown(changed);
    },
  );
  app.delete(
    "/api/webhooks/:id",
    {
      config,
      schema: {
        operationId: "removeWebhook",
        summary: "Remove a webhook with all that waits for it",
        tags,
        params,
        response: answers(204, z.null()),
      },
    },
    async ({ params: { id }, caller }, reply) => {
      await removeWebhook(contextOf(deps, caller), id);
      return reply.status(204).send(null);
    },
  );
  app.get(
    "/api/webhooks/:id/secret",
    {
      config,
      schema: {
        operationId: "getWebhookSecret",
        summary: "The secret that verifies a webhook's signatures",
        tags,
        params,
        response: answers(200, z.object({ secret: z.string() })),
      },
    },
    async ({ params: { id }, caller }) => {
      await findWebhook(contextOf(deps, caller), id);
      await audited(deps, caller, "webhook's secret shown", { details: { webhook: id } });
      return { secret: secretOf(id) };
    },
  );
  app.post(
    "/api/webhooks/:id/ping",
    {
      config,
      schema: {
        operationId: "pingWebhook",
        summary: "Send a signed message of type `ping`, once, and see what the receiver answers",
        tags,
        params,
        response: answers(
          200,
          z
            .object({
              delivered: z.boolean(),
              status: z.int().nullable().meta({ description: "What the receiver answered." }),
              error: z.string().nullable(),
            })
            .meta({ id: "WebhookPing" }),
        ),
      },
    },
    async ({ params: { id }, caller }) => {
      const { kind, status, error } = await pingWebhook(depsOf(caller), id);
      return { delivered: kind === "delivered", status, error };
    },
  );
};

function shown({ createdAt, createdBy, ...rest }: Webhook): z.infer<typeof webhookOut> {
  return {
    ...rest,
    types: [...rest.types],
    created_at: timeText(createdAt) ?? "",
    created_by: createdBy,
  };
}
