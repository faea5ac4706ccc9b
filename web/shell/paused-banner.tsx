import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useLive } from "../lib/live.ts";
import { pausesQuery } from "../lib/pauses.ts";
import { useFormat } from "../lib/format.ts";
import { useText } from "../text/text.ts";
import { IconPlayerPause } from "../ui/icons.ts";

/** Says that something is paused, on every screen. */
export function PausedBanner() {
  const t = useText("common");
  const format = useFormat();
  const { data } = useQuery(pausesQuery);
  useLive(["pauses"], [pausesQuery.queryKey]);
  const items = data?.items ?? [];
  const [first] = items;
  if (!first) return null;
  const names = items.map(({ scope, name }) => (scope === "all" ? t("pausedAll") : name));
  return (
    <Group
      role="status"
      gap="sm"
      px="lg"
      py={6}
      wrap="nowrap"
      justify="space-between"
      className="no-print"
      style={{
        background: "var(--mantine-color-yellow-light)",
        borderBottom: "1px solid var(--ts-border)",
      }}
    >
      <Group gap={8} wrap="nowrap" style={{ minWidth: 0 }}>
        <IconPlayerPause size={15} aria-hidden style={{ flexShrink: 0 }} />
        <Text size="sm" truncate c="var(--mantine-color-text)">
          <b>{t("pausedTitle", { what: names.join(", ") })}</b>{" "}
          {items.length === 1 &&
            t("pausedBy", {
              who: first.by ?? t("somebody"),
              when: format.instant(first.since),
              reason: first.reason ?? "",
            })}
        </Text>
      </Group>
      <Button
        component={Link}
        // the router's types do not reach through Mantine's `component`
        {...({ to: "/outbox", search: { view: "pauses" } } as object)}
        variant="default"
        size="compact-xs"
        style={{ flexShrink: 0 }}
      >
        {t("pausedShow")}
      </Button>
    </Group>
  );
}
