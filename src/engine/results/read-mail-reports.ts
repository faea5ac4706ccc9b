import type { Json } from "../../core/facts/types.ts";
import { mailgun } from "./providers/mailgun.ts";
import { postmark } from "./providers/postmark.ts";
import { objectAt, type Provider } from "./providers/provider.ts";
import { sendgrid } from "./providers/sendgrid.ts";
import { ses } from "./providers/ses.ts";
import type { PostedReport } from "./take-reports.ts";

/** One file each: adding a provider adds a line here. */
export const PROVIDERS: readonly Provider[] = [ses, sendgrid, postmark, mailgun];

export interface MailReports {
  readonly reports: readonly PostedReport[];
  /** Messages that none of the providers sends. */
  readonly unknown: number;
}

/** What a mail provider reports, whichever it is: one message, or a list of them. */
export function readMailReports(body: Json): MailReports {
  const messages = Array.isArray(body) ? (body as readonly Json[]) : [body];
  const reports: PostedReport[] = [];
  let unknown = 0;
  for (const message of messages) {
    const found = readOne(unwrapped(message));
    if (found) reports.push(...found);
    else unknown += 1;
  }
  return { reports, unknown };
}

function readOne(message: Json): readonly PostedReport[] | null {
  const object = objectAt(message);
  if (!object) return null;
  for (const provider of PROVIDERS) {
    const reports = provider.read(object);
    if (reports) return reports;
  }
  return null;
}

/** Amazon hands its messages on as text within a notification of its own. */
function unwrapped(message: Json): Json {
  const object = objectAt(message);
  const inner = object?.["Message"];
  if (object?.["Type"] !== "Notification" || typeof inner !== "string") return message;
  try {
    return JSON.parse(inner) as Json;
  } catch {
    // not what Amazon sends about mail: told as unknown
    return message;
  }
}
