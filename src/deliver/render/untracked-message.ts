import type { MessageScene, RenderedMessage } from "../../engine/ports/channel.ts";
import { fillMessage } from "./fill-message.ts";
import { plainText } from "./plain-text.ts";

type Filled = ReturnType<typeof fillMessage>;

/** A message for people of ours or for programs: nothing in it is tracked. `extra` adds what its channel needs. */
export function untrackedMessage(
  scene: MessageScene,
  extra: (filled: Filled) => RenderedMessage["extra"],
): RenderedMessage {
  const filled = fillMessage(scene, null, { track: false });
  const { subject, preheader, locale, body } = filled;
  return {
    subject,
    preheader,
    locale,
    html: body,
    text: plainText(body),
    links: [],
    extra: extra(filled),
  };
}
