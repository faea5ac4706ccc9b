import { ActionIcon, Badge, Button, Menu, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useLive } from "../../lib/live.ts";
import { tell } from "../../lib/tell.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconDots, IconPlus, IconWebhook } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { SecretShown } from "./secret-shown.tsx";
import { SectionHead } from "./section-head.tsx";
import { useSettingsSearch } from "./use-settings-search.ts";
import { type Webhook, WEBHOOKS_KEY } from "./webhook.ts";
import { WebhookForm } from "./webhook-form.tsx";
import { WebhookMessages } from "./webhook-messages.tsx";

/** Who is told of what happens here: added, tried, looked after. */
export function WebhooksSection() {
  const t = useText("settings");
  const hooks = useQuery({ queryKey: WEBHOOKS_KEY, queryFn: () => ask(api.GET("/api/webhooks")) });
  useLive(["webhooks"], [WEBHOOKS_KEY]);
  const [editing, setEditing] = useState<Webhook | "new" | null>(null);
  const [secret, setSecret] = useState<{ url: string; secret: string } | null>(null);
  if (hooks.error) return <Failed error={hooks.error} retry={() => void hooks.refetch()} />;
  return (
    <>
      <SectionHead title={t("section_webhooks")} text={t("webhooksText")}>
        <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setEditing("new")}>
          {t("newWebhook")}
        </Button>
      </SectionHead>
      {secret && (
        <SecretShown
          title={t("webhookSecretOf", { url: secret.url })}
          text={t("webhookSecretText")}
          secret={secret.secret}
          onClose={() => setSecret(null)}
        />
      )}
      {!hooks.data ? (
        <Loading />
      ) : hooks.data.items.length === 0 ? (
        <Empty icon={IconWebhook} title={t("noWebhooks")} text={t("noWebhooksText")} />
      ) : (
        <Table verticalSpacing={7} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("address")}</Table.Th>
              <Table.Th>{t("told")}</Table.Th>
              <Table.Th>{t("state")}</Table.Th>
              <Table.Th w={40} aria-label={t("doing")} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {hooks.data.items.map((one) => (
              <Row key={one.id} hook={one} onEdit={setEditing} onSecret={setSecret} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {editing !== null && (
        <WebhookForm
          hook={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
          onMade={(made) => setSecret(made)}
        />
      )}
      <WebhookMessages hooks={hooks.data?.items ?? []} />
    </>
  );
}

interface RowProps {
  readonly hook: Webhook;
  readonly onEdit: (hook: Webhook) => void;
  readonly onSecret: (secret: { url: string; secret: string }) => void;
}

function Row({ hook, onEdit, onSecret }: RowProps) {
  const t = useText("settings");
  const [, change] = useSettingsSearch();
  const path = { params: { path: { id: hook.id } } };
  const ping = useAct({
    run: (_: void, key) =>
      ask(api.POST("/api/webhooks/{id}/ping", { ...path, headers: idempotent(key) })),
    onDone: ({ delivered, status, error }) =>
      tell({
        color: delivered ? "teal" : "red",
        title: t(delivered ? "pingArrived" : "pingFailed"),
        message: [status, error].filter(Boolean).join(" · ") || hook.url,
      }),
  });
  const show = useAct({
    run: () => ask(api.GET("/api/webhooks/{id}/secret", path)),
    onDone: ({ secret }) => onSecret({ url: hook.url, secret }),
  });
  const toggle = useAct({
    run: () => ask(api.PATCH("/api/webhooks/{id}", { ...path, body: { active: !hook.active } })),
    refresh: [WEBHOOKS_KEY],
  });
  const remove = useAct({
    run: () => ask(api.DELETE("/api/webhooks/{id}", path)),
    refresh: [WEBHOOKS_KEY],
  });
  return (
    <Table.Tr>
      <Table.Td maw={340}>
        <Text size="sm" fw={550} truncate title={hook.url}>
          {hook.url}
        </Text>
        {hook.note !== null && (
          <Text size="xs" c="dimmed">
            {hook.note}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Text size="xs" c="dimmed">
          {hook.types.join(", ")}
        </Text>
      </Table.Td>
      <Table.Td>
        <Badge color={hook.active ? "teal" : "gray"} title={hook.stopped ?? ""}>
          {t(hook.active ? "on" : "off")}
        </Badge>
        {hook.stopped !== null && (
          <Text size="xs" c="var(--ts-red)">
            {hook.stopped}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon aria-label={t("doingOf", { name: hook.url })}>
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => ping.act()}>{t("ping")}</Menu.Item>
            <Menu.Item onClick={() => onEdit(hook)}>{t("edit")}</Menu.Item>
            <Menu.Item onClick={() => change({ webhook: hook.id })}>{t("itsMessages")}</Menu.Item>
            <Menu.Item onClick={() => show.act()}>{t("showSecret")}</Menu.Item>
            <Menu.Item onClick={() => toggle.act()}>
              {t(hook.active ? "switchOff" : "switchOn")}
            </Menu.Item>
            <Menu.Item color="red" onClick={() => remove.act()}>
              {t("remove")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}
