import { Badge } from "@mantine/core";
import { useText } from "../../text/text.ts";
import type { STATUSES } from "./outbox-search.ts";

type Status = (typeof STATUSES)[number];

/** Colour only where somebody has to look: what is sent is as it should be. */
const COLORS: Readonly<Record<Status, string>> = {
  queued: "gray",
  sending: "blue",
  sent: "gray",
  dry_run: "gray",
  uncertain: "orange",
  failed: "red",
  dead: "red",
};

export function StatusBadge({ status }: { readonly status: Status }) {
  const t = useText("outbox");
  return (
    <Badge color={COLORS[status]} miw="max-content">
      {t(`status_${status}`)}
    </Badge>
  );
}
