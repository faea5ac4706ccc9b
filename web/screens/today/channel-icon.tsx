import type { Icon } from "@tabler/icons-react";
import { useText } from "../../text/text.ts";
import {
  IconBolt,
  IconChecklist,
  IconHash,
  IconMail,
  IconMapPin,
  IconPhone,
  IconPresentation,
  IconVideo,
} from "../../ui/icons.ts";

const ICONS: Readonly<Record<string, Icon>> = {
  call: IconPhone,
  video: IconVideo,
  in_person: IconMapPin,
  webinar: IconPresentation,
  email: IconMail,
  slack: IconHash,
  task: IconChecklist,
};
const NAMES = {
  call: "channelCall",
  video: "channelVideo",
  in_person: "channelInPerson",
  webinar: "channelWebinar",
  email: "channelEmail",
  slack: "channelSlack",
  task: "channelTask",
} as const;

/** By which channel: a small picture with its name. */
export function ChannelIcon({ channel }: { readonly channel: string }) {
  const t = useText("today");
  const ChannelPicture = ICONS[channel] ?? IconBolt;
  const isNamed = (one: string): one is keyof typeof NAMES => Object.hasOwn(NAMES, one);
  const name = isNamed(channel) ? t(NAMES[channel]) : channel;
  return (
    <ChannelPicture
      size={16}
      stroke={1.7}
      role="img"
      aria-label={name}
      color="var(--mantine-color-dimmed)"
    />
  );
}
