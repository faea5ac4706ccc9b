import type { Channel, Channels } from "../engine/ports/channel.ts";
import type { SafeRequest } from "../engine/ports/http.ts";
import type { Settings } from "../engine/settings.ts";
import { type MailTimeouts, openMailSender } from "./email/send-mail.ts";
import { emailChannel } from "./email-channel.ts";
import { HUMAN_CHANNELS, humanChannel } from "./human-channels.ts";
import { inAppChannel } from "./in-app-channel.ts";
import { safeRequest } from "./safe-request.ts";
import { slackChannel } from "./slack-channel.ts";
import { webhookChannel } from "./webhook-channel.ts";
import { webinarChannel } from "./webinar-channel.ts";

export type ChannelSettings = Pick<
  Settings,
  | "smtpUrl"
  | "mailFrom"
  | "mailPostalAddress"
  | "dkimKeyFile"
  | "slackWebhookUrl"
  | "touchWebhookUrl"
  | "secret"
  | "allowPrivateTargets"
>;

export interface ChannelParts {
  readonly timeouts?: MailTimeouts;
  readonly request?: SafeRequest;
}

/** All ways to reach somebody, set up or not: what is missing says `missing`. Whoever opens them closes them. */
export function openChannels(settings: ChannelSettings, parts: ChannelParts = {}): Channels {
  const mail = openMailSender(settings, parts.timeouts);
  const request = parts.request ?? safeRequest;
  const channels: readonly Channel[] = [
    emailChannel(mail, settings.mailPostalAddress),
    webinarChannel(mail, settings.mailPostalAddress),
    inAppChannel(),
    slackChannel(settings.slackWebhookUrl, request),
    webhookChannel(settings, request),
    ...HUMAN_CHANNELS.map(humanChannel),
  ];
  return new Map(channels.map((channel) => [channel.name, channel]));
}
