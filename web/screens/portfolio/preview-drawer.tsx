import { Anchor, Drawer, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api, ask } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { HealthBar, LevelBadge } from "../../ui/badges.tsx";
import { Failed } from "../../ui/failed.tsx";
import { Loading } from "../../ui/loading.tsx";
import { IconCheck, IconX } from "../../ui/icons.ts";
import { useOpenedHere } from "../../ui/use-opened-here.ts";
import { headingOf } from "./column-choice.ts";

interface PreviewDrawerProps {
  readonly id: string | undefined;
  readonly ownerName: (id: string) => string;
  readonly onClose: () => void;
}

/** An account at a glance, without leaving the list. */
export function PreviewDrawer({ id, ownerName, onClose }: PreviewDrawerProps) {
  const t = useText("portfolio");
  const isHere = useOpenedHere(id !== undefined);
  return (
    <Drawer
      opened={isHere}
      onClose={onClose}
      position="right"
      size={400}
      title={t("preview")}
      overlayProps={{ backgroundOpacity: 0.08 }}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {id !== undefined && <Glance id={id} ownerName={ownerName} />}
    </Drawer>
  );
}

function Glance({
  id,
  ownerName,
}: {
  readonly id: string;
  readonly ownerName: (id: string) => string;
}) {
  const t = useText("portfolio");
  const format = useFormat();
  const { revenue, renewal } = useWorkspace();
  const { data, error, refetch } = useQuery({
    queryKey: ["account", id],
    queryFn: () => ask(api.GET("/api/accounts/{account}", { params: { path: { account: id } } })),
  });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading lines={8} height={18} />;
  const { decision } = data;
  const exit = Object.entries(decision?.stage?.exit ?? {});
  const worth = revenue === null ? undefined : data.facts[revenue];
  const renews = renewal === null ? undefined : data.facts[renewal];
  return (
    <Stack gap="md">
      <Group justify="space-between" wrap="nowrap">
        <Text component="div" fz={18} style={{ minWidth: 0 }}>
          <AccountLink id={data.id} name={data.name} />
        </Text>
        <LevelBadge level={data.level} />
      </Group>
      <Stack gap={6}>
        <Line label={t("columns.health")}>
          <HealthBar score={data.health} band={data.health_band} />
        </Line>
        <Line label={t("columns.account_owner")}>
          {data.owner === null ? t("nobody") : ownerName(data.owner)}
        </Line>
        {typeof worth === "number" && (
          <Line label={headingOf(revenue ?? "")}>{format.money(worth)}</Line>
        )}
        {typeof renews === "string" && (
          <Line label={headingOf(renewal ?? "")}>
            {format.day(renews)} · {format.fromToday(renews)}
          </Line>
        )}
        <Line label={t("columns.stage")}>
          {data.stage ?? "–"}
          {decision?.stage && ` · ${t("since", { day: format.shortDay(decision.stage.since) })}`}
        </Line>
      </Stack>
      {exit.length > 0 && (
        <Stack gap={4}>
          <Text size="xs" c="dimmed" fw={600}>
            {t("exitCriteria")}
          </Text>
          {exit.map(([name, { met }]) => (
            <Group key={name} gap={6} wrap="nowrap">
              {met === true ? (
                <IconCheck size={14} color="var(--ts-green)" aria-label={t("met")} />
              ) : (
                <IconX size={14} color="var(--mantine-color-dimmed)" aria-label={t("open")} />
              )}
              <Text size="sm">{name.replaceAll("_", " ")}</Text>
            </Group>
          ))}
        </Stack>
      )}
      <Facts facts={data.facts} />
      <Anchor href={`/accounts/${encodeURIComponent(id)}`} size="sm">
        {t("openAccount")}
      </Anchor>
    </Stack>
  );
}

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="md">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="div" size="sm" ta="right" truncate className="tabular">
        {children}
      </Text>
    </Group>
  );
}

function Facts({ facts }: { readonly facts: Readonly<Record<string, unknown>> }) {
  const t = useText("portfolio");
  const format = useFormat();
  const known = Object.entries(facts).filter(([, value]) => value !== null);
  return (
    <Stack gap={3}>
      <Text size="xs" c="dimmed" fw={600}>
        {t("facts")}
      </Text>
      {known.map(([name, value]) => (
        <Line key={name} label={headingOf(name)}>
          {format.value(value)}
        </Line>
      ))}
    </Stack>
  );
}
