import type { Channel as ChannelName } from "../core/model/types.ts";
import type { Channel } from "../engine/ports/channel.ts";
import { untrackedMessage } from "./render/untracked-message.ts";

export const HUMAN_CHANNELS = ["task", "call", "video", "in_person"] as const;

/**
 * What a person does: it stands in their list, with the message as what to talk about. Nothing
 * leaves; once somebody fixes a time, the invitation goes out as a mail.
 */
export function humanChannel(name: (typeof HUMAN_CHANNELS)[number] & ChannelName): Channel {
  return {
    name,
    way: "stored",
    missing: null,
    render: (scene) => untrackedMessage(scene, () => ({})),
    send: () => Promise.resolve({ kind: "sent" }),
    close: () => Promise.resolve(),
  };
}
