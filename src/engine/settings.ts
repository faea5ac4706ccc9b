/**
 * How a running Touchstone is set up (contracts.md §6): read once at the start from the
 * environment and `touchstone.config.yaml`, secrets from the environment only.
 */
export interface Settings {
  /** Where customers' browsers reach this server, without a slash at the end; null: nowhere. */
  readonly publicUrl: string | null;
  /** Signs links, user tokens and webhooks. */
  readonly secret: string;
  /** false: everything happens but nothing leaves. */
  readonly send: boolean;
  /** What becomes of an attempt that nobody knows the end of. */
  readonly uncertain: "assume_sent" | "resend";
  /** After this time, in ms, it is settled so. */
  readonly settleAfterMs: number;
  readonly smtpUrl: string | null;
  readonly mailFrom: string | null;
  readonly mailPostalAddress: string | null;
  readonly dkimKeyFile: string | null;
  readonly slackWebhookUrl: string | null;
  /** Where touches of the channel `webhook` go. */
  readonly touchWebhookUrl: string | null;
  /** Webhooks may also go to loopback, private and link-local addresses. */
  readonly allowPrivateTargets: boolean;
  /** A TLS proxy stands before the server: its `X-Forwarded-*` headers are believed. */
  readonly behindProxy: boolean;
  /** Origins whose pages may use the widget and the ingestion from a browser; null: any. */
  readonly allowedOrigins: readonly string[] | null;
}
