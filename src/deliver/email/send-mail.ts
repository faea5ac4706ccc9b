import type { Dispatch, SendResult } from "../../engine/ports/channel.ts";
import type { Settings } from "../../engine/settings.ts";
import { composeMail } from "./compose-mail.ts";
import { openDkim, type Sign } from "./dkim.ts";
import { domainOf, isMailAddress, type MailAddress, readMailAddress } from "./mail-address.ts";
import { SmtpPool, type SmtpTimes } from "./smtp-pool.ts";
import { readSmtpUrl, type SmtpServer } from "./smtp-url.ts";

export type MailSettings = Pick<
  Settings,
  "smtpUrl" | "mailFrom" | "mailPostalAddress" | "dkimKeyFile"
>;

/** In ms; a test need not wait as long as a customer's mail may. */
export interface MailTimeouts extends SmtpTimes {
  readonly connect: number;
  /** Of silence, once connected. */
  readonly silence: number;
}
/** Together less than delivery waits for a channel, so that it is told what is known. */
const TIMEOUTS: MailTimeouts = { turn: 8_000, whole: 20_000, connect: 8_000, silence: 18_000 };

/** Hands mails to the mail server: shared by all channels that write mails. */
export interface MailSender {
  readonly missing: string | null;
  send(dispatch: Dispatch): Promise<SendResult>;
  close(): Promise<void>;
}

export function openMailSender(settings: MailSettings, timeouts = TIMEOUTS): MailSender {
  const ready = readSettings(settings);
  if ("missing" in ready) return notSetUp(ready.missing);
  const { from, sign } = ready;
  const server: SmtpServer = {
    login: ready.server.login,
    options: {
      ...ready.server.options,
      connectionTimeout: timeouts.connect,
      dnsTimeout: timeouts.connect,
      greetingTimeout: timeouts.connect,
      socketTimeout: timeouts.silence,
    },
  };
  const pool = new SmtpPool(server, timeouts);
  return {
    missing: null,
    close: () => pool.close(),
    send: async (dispatch) => {
      const to = dispatch.receiver ?? "";
      if (!isMailAddress(to)) {
        return { kind: "permanent", error: `\`${to}\` is no mail address`, bounced: true };
      }
      const mail = await sign(await composeMail(dispatch, from, to));
      return pool.send({ from: returnAddress(dispatch.id, from), to }, mail);
    },
  };
}

interface Ready {
  readonly server: SmtpServer;
  readonly from: MailAddress;
  readonly sign: Sign;
}

function readSettings(settings: MailSettings): Ready | { readonly missing: string } {
  const { smtpUrl, mailFrom, dkimKeyFile } = settings;
  if (smtpUrl === null) return { missing: "SMTP_URL is not set" };
  const server = readSmtpUrl(smtpUrl);
  if (!server) return { missing: "SMTP_URL is no address like smtp://user:password@host:587" };
  if (mailFrom === null) return { missing: "MAIL_FROM is not set" };
  const from = readMailAddress(mailFrom);
  if (!from) return { missing: "MAIL_FROM is no address like Acme <success@acme.example>" };
  if (dkimKeyFile === null) return { server, from, sign: (mail) => Promise.resolve(mail) };
  const dkim = openDkim(dkimKeyFile, domainOf(from));
  return "problem" in dkim ? { missing: dkim.problem } : { server, from, sign: dkim.sign };
}

function notSetUp(missing: string): MailSender {
  return {
    missing,
    send: () => Promise.resolve({ kind: "temporary", error: missing }),
    close: () => Promise.resolve(),
  };
}

/** Where bounces go: each attempt has its own address, so a bounce says by itself what it is about. */
function returnAddress(id: string, from: MailAddress): string {
  return `bounce+${id.replace(/[^A-Za-z0-9._-]/g, "_")}@${domainOf(from)}`;
}
