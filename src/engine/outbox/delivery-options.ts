import type { Channel as ChannelName } from "../../core/model/index.ts";
import type { Channel, Channels } from "../ports.ts";
import type { Settings } from "../settings.ts";

/** What delivery works with beside the worker's own. */
export interface DeliveryOptions {
  readonly channels: Channels;
  readonly settings: Settings;
  /** How long a channel may take to answer, in ms of real time; default 30,000. */
  readonly sendTimeoutMs?: number;
  /** Messages on their way at the same time; default 20. */
  readonly atOnce?: number;
  /** Touches claimed at once; default 100. */
  readonly batch?: number;
}

export const NOT_SET_UP = "channel not set up";
export const DRY_RUN = "dry run: nothing was sent";

/** Longer than any message takes to leave: after it whoever sends is taken for dead. */
export const LEASE_MS = 5 * 60_000;

export function sendTimeoutOf({ sendTimeoutMs }: DeliveryOptions): number {
  return sendTimeoutMs ?? 30_000;
}

/** The part of Message-IDs behind the @: the sender's own domain. */
export function mailDomain({ mailFrom, publicUrl }: Settings): string {
  const domain = /@([A-Za-z0-9.-]+)>?\s*$/.exec(mailFrom ?? "")?.[1];
  return domain ?? (publicUrl === null ? "touchstone.invalid" : new URL(publicUrl).hostname);
}

/** `Acme <hello@acme.com>` → Acme; null where the address stands alone. */
export function senderName({ mailFrom }: Settings): string | null {
  const name = /^\s*"?([^"<@]*?)"?\s*</.exec(mailFrom ?? "")?.[1]?.trim();
  return name === undefined || name === "" ? null : name;
}

/** The channel that takes messages of a name; null: it is not set up. In a dry run it need not be. */
export function channelFor(
  { channels, settings }: Pick<DeliveryOptions, "channels" | "settings">,
  name: ChannelName,
): Channel | null {
  const channel = channels.get(name);
  return channel && (channel.missing === null || !settings.send) ? channel : null;
}
