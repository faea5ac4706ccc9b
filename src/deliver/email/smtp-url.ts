import type { SMTPConnectionOptions } from "nodemailer/lib/smtp-connection";

export interface SmtpServer {
  readonly options: SMTPConnectionOptions;
  readonly login: { readonly user: string; readonly pass: string } | null;
}

/**
 * `smtp://USER:PASSWORD@HOST:PORT` (TLS as soon as the server offers it) or `smtps://…` (TLS
 * from the start). A password never goes over the open net: with one, TLS is required, but on this
 * machine itself or where the address says `?ignoreTLS=true`. null: it is no such address.
 */
export function readSmtpUrl(text: string): SmtpServer | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const secure = url.protocol === "smtps:";
  if ((!secure && url.protocol !== "smtp:") || url.hostname === "") return null;
  const host = decodeURIComponent(url.hostname.replace(/^\[|\]$/g, ""));
  const isSet = (name: string): boolean => url.searchParams.get(name) === "true";
  const login =
    url.username === ""
      ? null
      : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  const ignoreTLS = isSet("ignoreTLS");
  const needsTls = login !== null && !ignoreTLS && !LOOPBACK.test(host);
  return {
    login,
    options: {
      host,
      port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
      secure,
      ignoreTLS,
      requireTLS: !secure && (needsTls || isSet("requireTLS")),
      allowInternalNetworkInterfaces: true,
      ...(url.searchParams.has("name") ? { name: url.searchParams.get("name") ?? "" } : {}),
      ...(url.searchParams.get("rejectUnauthorized") === "false"
        ? { tls: { rejectUnauthorized: false } }
        : {}),
    },
  };
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/i;
