import type { Settings } from "../../engine/settings.ts";
import type { SettingValues } from "./setting-list.ts";

/** What is set with its defaults; `secret` null: to be made, and kept in the database. */
export type GivenSettings = Omit<Settings, "secret"> & { readonly secret: string | null };

const TEN_MINUTES_MS = 600_000;

export function toSettings(values: SettingValues): GivenSettings {
  return {
    publicUrl: values.publicUrl ?? null,
    secret: values.secret ?? null,
    send: values.send ?? true,
    uncertain: values.uncertain ?? "assume_sent",
    settleAfterMs: values.settleAfter ?? TEN_MINUTES_MS,
    smtpUrl: values.smtpUrl ?? null,
    mailFrom: values.mailFrom ?? null,
    mailPostalAddress: values.mailPostalAddress ?? null,
    dkimKeyFile: values.dkimKeyFile ?? null,
    slackWebhookUrl: values.slackWebhookUrl ?? null,
    touchWebhookUrl: values.touchWebhookUrl ?? null,
    allowPrivateTargets: values.allowPrivateTargets ?? false,
    behindProxy: values.behindProxy ?? false,
    allowedOrigins: values.allowedOrigins ?? null,
  };
}
