import MailComposer from "nodemailer/lib/mail-composer";
import type { CalendarEntry, Dispatch, MailExtra } from "../../engine/ports/channel.ts";
import { calendarText } from "./calendar.ts";
import { domainOf, type MailAddress } from "./mail-address.ts";

const NO_EXTRA: MailExtra = { headers: {}, toName: null, replyTo: null };

/** The mail of an attempt as bytes. Names and subjects are encoded; none can begin a header of its own. */
export function composeMail(dispatch: Dispatch, from: MailAddress, to: string): Promise<Buffer> {
  const { message, messageId, at } = dispatch;
  const { headers, toName, replyTo } = mailExtra(dispatch);
  const calendar = message.extra["calendar"] as CalendarEntry | undefined;
  const composer = new MailComposer({
    from: { name: from.name, address: from.address },
    to: { name: toName ?? "", address: to },
    ...(replyTo ? { replyTo: { name: replyTo.name ?? "", address: replyTo.email } } : {}),
    subject: message.subject,
    date: new Date(at),
    messageId: messageId === "" ? `<${dispatch.id}@${domainOf(from)}>` : messageId,
    headers: { ...headers, "X-Touchstone-Id": dispatch.id },
    text: message.text,
    html: message.html,
    ...(calendar ? { icalEvent: icalEvent(calendar, from) } : {}),
    // Nothing is read from this machine or the net on behalf of a message.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

function mailExtra({ message }: Dispatch): MailExtra {
  const mail = message.extra["mail"] as Partial<MailExtra> | undefined;
  return { ...NO_EXTRA, ...mail };
}

function icalEvent(entry: CalendarEntry, from: MailAddress): object {
  return { method: entry.method, filename: "invite.ics", content: calendarText(entry, from) };
}
