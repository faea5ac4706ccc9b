import type { MailExtra, MessageLinks, MessageScene } from "../../engine/ports/channel.ts";
import { isMailAddress } from "./mail-address.ts";

/** The headers of a touch's mail, beside those that every mail has. */
export function mailExtra(scene: MessageScene, links: MessageLinks | null): MailExtra {
  const { touch, contact, owner } = scene;
  return {
    headers: {
      "Auto-Submitted": "auto-generated",
      // Campaign, message, channel, sender: what mailbox providers tell complaints apart by.
      "Feedback-ID": [
        touch.program ?? "by_hand",
        touch.touchpoint,
        touch.channel,
        "touchstone",
      ].join(":"),
      ...(touch.purpose === "transactional" || !links ? {} : unsubscribeHeaders(links)),
    },
    toName: contact?.name?.replace(/\s+/g, " ").trim() ?? null,
    replyTo:
      owner.email !== null && isMailAddress(owner.email)
        ? { name: owner.name, email: owner.email }
        : null,
  };
}

/** RFC 8058: the mail program offers a button that unsubscribes with one click. */
function unsubscribeHeaders(links: MessageLinks): Record<string, string> {
  return {
    "List-Unsubscribe": `<${links.unsubscribe()}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}
