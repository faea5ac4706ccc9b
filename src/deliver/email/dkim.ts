import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import DKIM from "nodemailer/lib/dkim";

/** Signs a whole mail; answers it with its signature in front. */
export type Sign = (mail: Buffer) => Promise<Buffer>;

/**
 * nodemailer's own list leaves List-Unsubscribe-Post out, which RFC 8058 requires to be signed.
 * A name that a mail does not have is passed over.
 */
const SIGNED_HEADERS = [
  "from",
  "reply-to",
  "to",
  "subject",
  "date",
  "message-id",
  "mime-version",
  "content-type",
  "auto-submitted",
  "feedback-id",
  "list-unsubscribe",
  "list-unsubscribe-post",
].join(":");

/** The key's file: `mail.pem` signs with the selector `mail`. */
export function openDkim(
  keyFile: string,
  domain: string,
): { readonly sign: Sign } | { readonly problem: string } {
  let privateKey: string;
  try {
    privateKey = readFileSync(keyFile, "utf8");
    createPrivateKey(privateKey);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problem: `DKIM_KEY_FILE ${keyFile} cannot be used (${why})` };
  }
  const keySelector = basename(keyFile, extname(keyFile));
  const dkim = new DKIM({
    domainName: domain,
    keySelector,
    privateKey,
    headerFieldNames: SIGNED_HEADERS,
  });
  return {
    sign: async (mail) => {
      const chunks: Buffer[] = [];
      for await (const chunk of dkim.sign(mail)) chunks.push(Buffer.from(chunk as Uint8Array));
      return Buffer.concat(chunks);
    },
  };
}
