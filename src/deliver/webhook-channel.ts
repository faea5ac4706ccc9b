import type { Json } from "../core/facts/types.ts";
import { formatDay } from "../core/time/day.ts";
import { formatInstant } from "../core/time/zone.ts";
import type { Channel, Dispatch, MessageScene, SendResult } from "../engine/ports/channel.ts";
import type { SafeRequest } from "../engine/ports/http.ts";
import type { Settings } from "../engine/settings.ts";
import { signedHeaders, TOUCH_WEBHOOK } from "../engine/webhooks/webhook-secret.ts";
import { answerFailure, requestFailure } from "./http-result.ts";
import { untrackedMessage } from "./render/untracked-message.ts";

export type WebhookSettings = Pick<Settings, "touchWebhookUrl" | "secret" | "allowPrivateTargets">;

/**
 * A touch that another system carries out: posted to one address, signed in the Standard
 * Webhooks way, so that the receiver can tell that it is ours and has it only once by its id.
 */
export function webhookChannel(settings: WebhookSettings, request: SafeRequest): Channel {
  const { touchWebhookUrl: url } = settings;
  return {
    name: "webhook",
    way: "sent",
    missing: url === null ? "TOUCH_WEBHOOK_URL is not set" : null,
    render: (scene) =>
      untrackedMessage(scene, ({ button }) => {
        const link = button === null ? null : { label: button.label, url: button.target };
        return { webhook: { ...touchData(scene), link } };
      }),
    send: (dispatch) => post(settings, request, dispatch),
    close: () => Promise.resolve(),
  };
}

function touchData({
  touch,
  account,
  contact,
  owner,
  facts,
}: MessageScene): Readonly<Record<string, Json>> {
  return {
    touch: {
      id: touch.id,
      touchpoint: touch.touchpoint,
      title: touch.title,
      program: touch.program,
      due: formatDay(touch.due),
      purpose: touch.purpose,
      drives: touch.drives,
    },
    account: { ...account },
    contact: contact && {
      id: contact.id,
      email: contact.email,
      name: contact.name,
      role: contact.role,
    },
    owner: { ...owner },
    facts: { ...facts },
  };
}

async function post(
  settings: WebhookSettings,
  request: SafeRequest,
  dispatch: Dispatch,
): Promise<SendResult> {
  const { touchWebhookUrl: url, allowPrivateTargets } = settings;
  if (url === null) return { kind: "temporary", error: "TOUCH_WEBHOOK_URL is not set" };
  const { id, at, message } = dispatch;
  const { subject, text, html, locale } = message;
  const body = JSON.stringify({
    type: "touch.send",
    timestamp: formatInstant(at),
    data: {
      id,
      ...(message.extra["webhook"] as Readonly<Record<string, Json>> | undefined),
      message: { subject, text, html, locale },
    },
  });
  try {
    const answer = await request(url, {
      method: "POST",
      headers: signedHeaders(settings.secret, { webhook: TOUCH_WEBHOOK, id, body }, at),
      body,
      allowPrivate: allowPrivateTargets,
    });
    const isTaken = answer.status >= 200 && answer.status < 300;
    return isTaken ? { kind: "sent" } : answerFailure(answer, "the webhook");
  } catch (error) {
    return requestFailure(error);
  }
}
