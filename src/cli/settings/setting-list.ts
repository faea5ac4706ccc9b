import { existsSync } from "node:fs";

/** A setting's value from its text; `expected` says in words what it would have to be. */
export interface Kind<T> {
  readonly expected: string;
  read(text: string): T | undefined;
}

export interface SettingSpec<T> {
  /** In the environment. In the file it goes by the same name in lower case, without `touchstone_`. */
  readonly env: string;
  readonly kind: Kind<T>;
  /** Never in the file, never shown. */
  readonly secret: boolean;
  readonly about: string;
}

const text: Kind<string> = { expected: "a text", read: (value) => value };

const yesOrNo: Kind<boolean> = {
  expected: "true or false",
  read: (value) =>
    /^(?:true|yes|on|1)$/i.test(value)
      ? true
      : /^(?:false|no|off|0)$/i.test(value)
        ? false
        : undefined,
};

const secret: Kind<string> = {
  expected: "at least 8 characters; 32 random ones are good",
  read: (value) => (value.length >= 8 ? value : undefined),
};

function url(...protocols: readonly string[]): Kind<string> {
  return {
    expected: `an address that begins with ${protocols.map((one) => `${one}//`).join(" or ")}`,
    read: (value) =>
      URL.canParse(value) && protocols.includes(new URL(value).protocol) ? value : undefined,
  };
}

const publicUrl: Kind<string> = {
  expected: "the server's address as customers reach it, as https://touch.example.com",
  read: (value) => {
    const known = url("http:", "https:").read(value);
    if (known === undefined) return undefined;
    const { search, hash } = new URL(known);
    return search === "" && hash === "" ? known.replace(/\/+$/, "") : undefined;
  },
};

const origins: Kind<readonly string[]> = {
  expected: "origins divided by commas, as https://app.example.com,https://www.example.com",
  read: (value) => {
    const list = value.split(",").map((one) => one.trim().replace(/\/$/, ""));
    return list.every((one) => URL.canParse(one) && new URL(one).origin === one) ? list : undefined;
  },
};

const mailbox: Kind<string> = {
  expected: "an address, as success@example.com or Acme Success <success@example.com>",
  read: (value) => (/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/.test(value) ? value : undefined),
};

const file: Kind<string> = {
  expected: "a file that is there",
  read: (value) => (existsSync(value) ? value : undefined),
};

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const duration: Kind<number> = {
  expected: "a length of time, as 90s, 10m, 2h or 1d",
  read: (value) => {
    const [, digits, unit = ""] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
    return digits === undefined ? undefined : Number(digits) * (UNITS[unit] ?? 0);
  },
};

function oneOf<const T extends string>(...values: readonly T[]): Kind<T> {
  return {
    expected: values.join(" or "),
    read: (value) => values.find((one) => one === value.toLowerCase()),
  };
}

function spec<T>(env: string, kind: Kind<T>, about: string, isSecret = false): SettingSpec<T> {
  return { env, kind, about, secret: isSecret };
}

/** Every setting, in the order in which `doctor` and the guide list them. */
export const SETTINGS = {
  publicUrl: spec(
    "TOUCHSTONE_PUBLIC_URL",
    publicUrl,
    "Where customers reach this server: links in mails lead there. Without it mails have no tracking, no one-click unsubscribe and no surveys.",
  ),
  secret: spec(
    "TOUCHSTONE_SECRET",
    secret,
    "Signs links, user tokens and webhooks. Without it one is made and kept in the database.",
    true,
  ),
  send: spec(
    "TOUCHSTONE_SEND",
    yesOrNo,
    "false: everything happens but nothing leaves. Default: true.",
  ),
  uncertain: spec(
    "TOUCHSTONE_UNCERTAIN",
    oneOf("assume_sent", "resend"),
    "What becomes of a message of which nobody knows whether it left. Default: assume_sent.",
  ),
  settleAfter: spec(
    "TOUCHSTONE_SETTLE_AFTER",
    duration,
    "After what time that is settled. Default: 10m.",
  ),
  smtpUrl: spec(
    "SMTP_URL",
    url("smtp:", "smtps:"),
    "The mail server, as smtps://user:password@mail.example.com.",
    true,
  ),
  mailFrom: spec("MAIL_FROM", mailbox, "Who mails come from."),
  mailPostalAddress: spec(
    "MAIL_POSTAL_ADDRESS",
    text,
    "The postal address that commercial mail must carry.",
  ),
  dkimKeyFile: spec(
    "DKIM_KEY_FILE",
    file,
    "A private key (PEM) to sign mails with, where the mail server does not.",
  ),
  slackWebhookUrl: spec(
    "SLACK_WEBHOOK_URL",
    url("https:", "http:"),
    "Slack's incoming webhook.",
    true,
  ),
  touchWebhookUrl: spec(
    "TOUCH_WEBHOOK_URL",
    url("https:", "http:"),
    "Where touches of the channel `webhook` go.",
    true,
  ),
  allowPrivateTargets: spec(
    "TOUCHSTONE_ALLOW_PRIVATE_TARGETS",
    yesOrNo,
    "true: webhooks may also go to loopback, private and link-local addresses. Default: false.",
  ),
  allowedOrigins: spec(
    "TOUCHSTONE_ALLOWED_ORIGINS",
    origins,
    "Sites whose pages may send events and show the widget. Default: any.",
  ),
  behindProxy: spec(
    "TOUCHSTONE_BEHIND_PROXY",
    yesOrNo,
    "true: a proxy that speaks TLS stands before the server, and its X-Forwarded headers are believed. Default: false.",
  ),
  logLevel: spec(
    "TOUCHSTONE_LOG_LEVEL",
    oneOf("trace", "debug", "info", "warn", "error", "fatal", "silent"),
    "How much the server logs. Default: info.",
  ),
  databaseUrl: spec(
    "DATABASE_URL",
    url("postgres:", "postgresql:"),
    "A Postgres server instead of the embedded database.",
    true,
  ),
  data: spec(
    "TOUCHSTONE_DATA",
    text,
    "The embedded database's folder. Default: ./touchstone-data.",
  ),
} as const;

export type SettingKey = keyof typeof SETTINGS;
export type SettingValues = {
  -readonly [K in SettingKey]?: (typeof SETTINGS)[K] extends SettingSpec<infer T> ? T : never;
};

/** What a setting is called in the file. */
export function fileKey(env: string): string {
  return env.toLowerCase().replace(/^touchstone_/, "");
}
