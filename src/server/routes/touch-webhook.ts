import { z } from "zod";
import { TOUCH_WEBHOOK, webhookSecret } from "../../engine/webhooks/webhook-secret.ts";
import { answers } from "../problem.ts";
import type { Routes } from "../route.ts";
import { WEBHOOK_ACCESS } from "./webhooks.ts";

const out = z
  .object({
    url: z.string().nullable().meta({ description: "`TOUCH_WEBHOOK_URL`; null: not set." }),
    secret: z.string().meta({ description: "Verifies signatures, in the Standard Webhooks way." }),
  })
  .meta({ id: "TouchWebhook" });

/** Where touches of the channel `webhook` are posted, for whoever sets up the other side. */
export const touchWebhook: Routes = (app, { settings }) => {
  app.get(
    "/api/touch-webhook",
    {
      config: { access: WEBHOOK_ACCESS },
      schema: {
        operationId: "touchWebhook",
        summary: "Where touches of the channel `webhook` go, and the secret of their signatures",
        tags: ["webhooks"],
        response: answers(200, out),
      },
    },
    () => ({
      url: settings.touchWebhookUrl,
      secret: webhookSecret(settings.secret, TOUCH_WEBHOOK),
    }),
  );
};
