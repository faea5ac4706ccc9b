import type { Json } from "../core/facts/types.ts";
import type { Channel, Dispatch } from "../engine/ports/channel.ts";
import { invitationHtml } from "./email/invitation-html.ts";
import { mailExtra } from "./email/mail-headers.ts";
import type { MailSender } from "./email/send-mail.ts";
import { renderMail } from "./render/render-mail.ts";

/** Mails, and the invitations to appointments. */
export function emailChannel(mail: MailSender, postalAddress: string | null): Channel {
  return {
    name: "email",
    way: "sent",
    missing: mail.missing,
    render: (scene, links) => {
      const message = renderMail(scene, links, { postalAddress });
      return { ...message, extra: { mail: mailExtra(scene, links) as unknown as Json } };
    },
    send: (dispatch) => mail.send(framed(dispatch)),
    close: () => mail.close(),
  };
}

/** Invitations are queued by the engine as plain text; here they get the frame of our mails. */
function framed(dispatch: Dispatch): Dispatch {
  const { kind, message } = dispatch;
  if (kind === "touch" || message.html !== "") return dispatch;
  return { ...dispatch, message: { ...message, html: invitationHtml(message) } };
}
