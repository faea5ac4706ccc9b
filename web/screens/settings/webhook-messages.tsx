import { Badge, Button, Drawer, Group, Stack, Table, Text } from "@mantine/core";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { given } from "../../lib/given.ts";
import { useLive } from "../../lib/live.ts";
import { usePages } from "../../lib/pages.ts";
import { tell } from "../../lib/tell.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconRefresh } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { MoreRows } from "../../ui/more-rows.tsx";
import { useSettingsSearch } from "./use-settings-search.ts";
import type { Webhook } from "./webhook.ts";

const COLORS = { queued: "gray", sending: "blue", sent: "gray", dead: "red" } as const;

/** What one webhook was told, what waits, and what was given up. */
export function WebhookMessages({ hooks }: { readonly hooks: readonly Webhook[] }) {
  const t = useText("settings");
  const [{ webhook }, change] = useSettingsSearch();
  const hook = hooks.find(({ id }) => id === webhook);
  return (
    <Drawer
      opened={webhook !== undefined}
      onClose={() => change({ webhook: undefined })}
      position="right"
      size={680}
      title={<Text fw={600}>{hook?.url ?? t("itsMessages")}</Text>}
      closeButtonProps={{ "aria-label": t("closePanel") }}
    >
      {webhook !== undefined && <Messages webhook={webhook} />}
    </Drawer>
  );
}

function Messages({ webhook }: { readonly webhook: string }) {
  const t = useText("settings");
  const format = useFormat();
  const key = ["webhooks", webhook, "messages"];
  const list = usePages(key, (cursor, signal) =>
    ask(
      api.GET("/api/webhooks/messages", {
        params: { query: { ...given({ cursor }), webhook, limit: 50 } },
        signal,
      }),
    ),
  );
  useLive(["webhooks"], [key]);
  const replay = useAct({
    run: (message: string | undefined, idempotency) =>
      ask(
        api.POST("/api/webhooks/messages/replay", {
          body: { webhook, ...given({ message }) },
          headers: idempotent(idempotency),
        }),
      ),
    refresh: [key],
    onDone: ({ replayed }) => tell({ message: t("replayed", { count: replayed }) }),
  });
  if (list.error) return <Failed error={list.error} retry={list.retry} />;
  if (!list.items) return <Loading />;
  if (list.items.length === 0) return <Empty title={t("noWebhookMessages")} />;
  return (
    <Stack gap="sm">
      <Button
        w="fit-content"
        variant="default"
        leftSection={<IconRefresh size={14} aria-hidden />}
        loading={replay.isBusy}
        onClick={() => replay.act(undefined)}
      >
        {t("replayDead")}
      </Button>
      <Table verticalSpacing={6} fz="sm">
        <Table.Tbody>
          {list.items.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td className="tabular" style={{ whiteSpace: "nowrap" }}>
                {format.instant(one.made_at)}
              </Table.Td>
              <Table.Td>
                <Group gap={6}>
                  <Badge color={COLORS[one.status]}>{t(`hook_${one.status}`)}</Badge>
                  <Text size="xs" c="dimmed">
                    {t("tries", { count: one.attempts })}
                  </Text>
                </Group>
                {one.error !== null && (
                  <Text size="xs" c="var(--ts-red)">
                    {one.error}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{one.type}</Table.Td>
              <Table.Td maw={120} style={{ overflow: "hidden" }}>
                <AccountLink id={one.account} name={null} />
              </Table.Td>
              <Table.Td ta="right">
                {(one.status === "dead" || one.status === "sent") && (
                  <Button variant="subtle" size="compact-xs" onClick={() => replay.act(one.id)}>
                    {t("again")}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <MoreRows list={list} />
    </Stack>
  );
}
