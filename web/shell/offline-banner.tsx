import { Group, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useLiveStatus } from "../lib/live.ts";
import { useText } from "../text/text.ts";
import { IconAlertTriangle } from "../ui/icons.ts";

/** A stream that was ended, or a server that starts anew, is back before anybody has to know. */
const PATIENCE_MS = 6_000;

/** Says that the server is out of reach, and what becomes of what one does meanwhile. */
export function OfflineBanner() {
  const t = useText("common");
  const isAway = useLiveStatus() === "away";
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isAway) return undefined;
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isAway]);
  return (
    <div role="status">
      {isAway && isLong && (
        <Group gap={8} px="lg" py={6} wrap="nowrap" className="offline-banner no-print">
          <IconAlertTriangle size={15} aria-hidden style={{ flexShrink: 0 }} />
          <Text size="sm" c="var(--mantine-color-text)">
            <b>{t("offlineTitle")}</b> {t(navigator.onLine ? "awayText" : "offlineText")}
          </Text>
        </Group>
      )}
    </div>
  );
}
