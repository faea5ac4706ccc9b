import { Alert, Anchor, Button, Drawer, Group, Stack, Text, Timeline } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { Failed } from "../../ui/failed.tsx";
import { Loading } from "../../ui/loading.tsx";
import { MessageBody } from "./message-body.tsx";
import { useMessages } from "./message-list.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { useOutboxSearch } from "./use-outbox-search.ts";

/** One message: as it was sent, what became of it, and what can be done. */
export function MessageDrawer() {
  const t = useText("outbox");
  const [search, change] = useOutboxSearch();
  const { message } = search;
  const close = () => change({ message: undefined });
  return (
    <Drawer
      opened={message !== undefined}
      onClose={close}
      position="right"
      size={620}
      title={<Text fw={600}>{t("message")}</Text>}
      closeButtonProps={{ "aria-label": t("closePanel") }}
    >
      {message !== undefined && <Message id={message} />}
    </Drawer>
  );
}

function Message({ id }: { readonly id: string }) {
  const t = useText("outbox");
  const format = useFormat();
  const found = useQuery({
    queryKey: ["outbox", "one", id],
    queryFn: () => ask(api.GET("/api/outbox/{message}", { params: { path: { message: id } } })),
  });
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const one = found.data;
  return (
    <Stack gap="md">
      <Group gap="xs">
        <StatusBadge status={one.status} />
        <Text size="sm" c="dimmed">
          {t(`channel_${one.channel}`)}
        </Text>
      </Group>
      <dl
        style={{
          display: "grid",
          gridTemplateColumns: "max-content 1fr",
          gap: "4px 16px",
          margin: 0,
          fontSize: 13,
        }}
      >
        <Line of={t("account")}>
          <AccountLink id={one.account} name={one.account_name} />
        </Line>
        <Line of={t("to")}>{[one.contact, one.receiver].filter(Boolean).join(" · ") || "–"}</Line>
        <Line of={t("touchpoint")}>{one.touchpoint ?? "–"}</Line>
        <Line of={t("program")}>{one.program ?? "–"}</Line>
        <Line of={t("made")}>{format.instant(one.made_at)}</Line>
        {one.sent_at !== null && <Line of={t("sent")}>{format.instant(one.sent_at)}</Line>}
        {one.try_at !== null && <Line of={t("nextTry")}>{format.instant(one.try_at)}</Line>}
        {one.message_id !== null && <Line of={t("messageId")}>{one.message_id}</Line>}
      </dl>
      {one.error !== null && (
        <Alert color={one.status === "sent" ? "gray" : "red"} title={t("whatHappened")}>
          {one.error}
        </Alert>
      )}
      <Doing id={id} status={one.status} />
      <Stack gap={4}>
        <Text fw={600}>{one.subject}</Text>
        <MessageBody {...one} />
      </Stack>
      {one.touch !== null && <History touch={one.touch} account={one.account} now={id} />}
    </Stack>
  );
}

function Line({ of, children }: { readonly of: string; readonly children: ReactNode }) {
  return (
    <>
      <dt style={{ color: "var(--mantine-color-dimmed)" }}>{of}</dt>
      <dd style={{ margin: 0, overflowWrap: "anywhere" }}>{children}</dd>
    </>
  );
}

const FINDINGS = ["sent", "not_sent", "again"] as const;

/** Settling one of unknown end, sending a dead one again. */
function Doing({ id, status }: { readonly id: string; readonly status: string }) {
  const t = useText("outbox");
  const me = useMe();
  const settle = useAct({
    run: (finding: (typeof FINDINGS)[number], key) =>
      ask(
        api.POST("/api/outbox/{message}/settle", {
          params: { path: { message: id } },
          body: { finding },
          headers: idempotent(key),
        }),
      ),
    refresh: [["outbox"]],
  });
  const replay = useAct({
    run: (_: void, key) =>
      ask(api.POST("/api/outbox/replay", { body: { ids: [id] }, headers: idempotent(key) })),
    refresh: [["outbox"]],
  });
  if (status === "uncertain")
    return (
      <Alert color="orange" title={t("uncertainTitle")}>
        <Text size="sm" mb="xs">
          {t("uncertainText")}
        </Text>
        {me.may("ops") ? (
          <Group gap="xs">
            {FINDINGS.map((finding) => (
              <Button
                key={finding}
                variant="default"
                loading={settle.isBusy}
                onClick={() => settle.act(finding)}
              >
                {t(`settle_${finding}`)}
              </Button>
            ))}
          </Group>
        ) : (
          <Text size="sm">{t("askOps")}</Text>
        )}
      </Alert>
    );
  if (status !== "dead" || !me.may("ops")) return null;
  return (
    <Button w="fit-content" loading={replay.isBusy} onClick={() => replay.act()}>
      {t("sendAgain")}
    </Button>
  );
}

interface HistoryProps {
  readonly touch: string;
  readonly account: string;
  readonly now: string;
}

/** All attempts of the same touch, and what became of it. */
function History({ touch, account, now }: HistoryProps) {
  const t = useText("outbox");
  const format = useFormat();
  const [, change] = useOutboxSearch();
  const attempts = useMessages({ touch, account });
  const found = useQuery({
    queryKey: ["touches", "one", touch],
    queryFn: () => ask(api.GET("/api/touches/{touch}", { params: { path: { touch } } })),
    retry: false,
  });
  const items = attempts.items ?? [];
  const { data } = found;
  return (
    <Stack gap="xs">
      <Text fw={600}>{t("history")}</Text>
      <Timeline bulletSize={12} lineWidth={2} active={items.length} color="gray">
        {data && data.result !== null && (
          <Timeline.Item title={t("result", { result: data.result })}>
            {data.done_at !== null && (
              <Text size="xs" c="dimmed">
                {format.instant(data.done_at)}
              </Text>
            )}
          </Timeline.Item>
        )}
        {items.map((one) => (
          <Timeline.Item
            key={one.id}
            title={
              <Group gap="xs">
                <StatusBadge status={one.status} />
                {one.id !== now && (
                  <Anchor component="button" size="sm" onClick={() => change({ message: one.id })}>
                    {t("attempt", { count: one.attempt })}
                  </Anchor>
                )}
                {one.id === now && (
                  <Text size="sm">{t("thisAttempt", { count: one.attempt })}</Text>
                )}
              </Group>
            }
          >
            <Text size="xs" c="dimmed">
              {format.instant(one.made_at)} {one.error !== null && `· ${one.error}`}
            </Text>
          </Timeline.Item>
        ))}
        {data && (
          <Timeline.Item title={t("planned", { day: format.day(data.due) })}>
            <Text size="xs" c="dimmed">
              {data.reason ?? data.title}
            </Text>
          </Timeline.Item>
        )}
      </Timeline>
      <Anchor
        component={Link}
        {...({ to: "/accounts/$account", params: { account } } as object)}
        size="sm"
      >
        {t("toTimeline")}
      </Anchor>
    </Stack>
  );
}
