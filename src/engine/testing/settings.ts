import type { Settings } from "../settings.ts";

/** Everything may leave and nothing is set up. */
export const TEST_SETTINGS: Settings = {
  publicUrl: null,
  secret: "a secret of tests, of thirty-two letters or more",
  send: true,
  uncertain: "assume_sent",
  settleAfterMs: 3_600_000,
  smtpUrl: null,
  mailFrom: null,
  mailPostalAddress: null,
  dkimKeyFile: null,
  slackWebhookUrl: null,
  touchWebhookUrl: null,
  allowPrivateTargets: false,
  behindProxy: false,
  allowedOrigins: null,
};
