import type { Json } from "../core/facts/types.ts";
import type { Channel } from "../engine/ports/channel.ts";
import { mailExtra } from "./email/mail-headers.ts";
import type { MailSender } from "./email/send-mail.ts";
import { renderMail } from "./render/render-mail.ts";

/**
 * The invitation to a webinar: a mail whose `link` leads to the registration. A click on it is
 * what counts as registered; who attended is imported or posted.
 */
export function webinarChannel(mail: MailSender, postalAddress: string | null): Channel {
  return {
    name: "webinar",
    way: "sent",
    missing: mail.missing,
    render: (scene, links) => {
      const message = renderMail(scene, links, { postalAddress, registers: true });
      return { ...message, extra: { mail: mailExtra(scene, links) as unknown as Json } };
    },
    send: (dispatch) => mail.send(dispatch),
    // The sender is the mail channel's, which closes it.
    close: () => Promise.resolve(),
  };
}
