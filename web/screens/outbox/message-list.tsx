import { Box, Button, Checkbox, Group, Table, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { given } from "../../lib/given.ts";
import { useLive } from "../../lib/live.ts";
import { useMe } from "../../lib/me.ts";
import { usePages } from "../../lib/pages.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconRefresh, IconSend } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { MoreRows } from "../../ui/more-rows.tsx";
import { MessageFilters } from "./message-filters.tsx";
import type { OutboxSearch } from "./outbox-search.ts";
import { StatusBadge } from "./status-badge.tsx";
import { useOutboxSearch } from "./use-outbox-search.ts";

const KEY = ["outbox"] as const;

export function useMessages(search: OutboxSearch, isAsked = true) {
  const { status, channel, account, contact, program, touch } = search;
  return usePages(
    [...KEY, "list", status, channel, account, contact, program, touch],
    (cursor, signal) =>
      ask(
        api.GET("/api/outbox", {
          params: {
            query: {
              ...given({ status, channel, account, contact, program, touch, cursor }),
              limit: 50,
            },
          },
          signal,
        }),
      ),
    isAsked,
  );
}

/** Messages, newest first; dead ones can be chosen and sent again. */
export function MessageList() {
  const t = useText("outbox");
  const me = useMe();
  const format = useFormat();
  const [search, change] = useOutboxSearch();
  const list = useMessages(search);
  useLive(["outbox", "touches"], [KEY]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const replay = useAct({
    run: (ids: readonly string[], key) =>
      ask(api.POST("/api/outbox/replay", { body: { ids: [...ids] }, headers: idempotent(key) })),
    refresh: [KEY],
    onDone: () => setChosen(new Set()),
  });
  const dead = (list.items ?? []).filter(({ status }) => status === "dead");
  const canReplay = me.may("ops") && dead.length > 0;
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <MessageFilters />
        {canReplay && (
          <Group gap="xs" wrap="nowrap">
            <Button
              variant="default"
              onClick={() =>
                setChosen(
                  chosen.size === dead.length ? new Set() : new Set(dead.map(({ id }) => id)),
                )
              }
            >
              {t("chooseDead", { count: dead.length })}
            </Button>
            <Button
              leftSection={<IconRefresh size={14} aria-hidden />}
              disabled={chosen.size === 0}
              loading={replay.isBusy}
              onClick={() => replay.act([...chosen])}
            >
              {t("sendAgainCount", { count: chosen.size })}
            </Button>
          </Group>
        )}
      </Group>
      {list.error ? (
        <Failed error={list.error} retry={list.retry} />
      ) : !list.items ? (
        <Loading lines={8} />
      ) : list.items.length === 0 ? (
        <Empty icon={IconSend} title={t("noMessages")} text={t("noMessagesText")} />
      ) : (
        <Table.ScrollContainer minWidth={860}>
          <Table verticalSpacing={6} highlightOnHover fz="sm">
            <Table.Thead>
              <Table.Tr>
                {canReplay && <Table.Th w={30} aria-label={t("choose")} />}
                <Table.Th>{t("made")}</Table.Th>
                <Table.Th>{t("status")}</Table.Th>
                <Table.Th>{t("account")}</Table.Th>
                <Table.Th>{t("to")}</Table.Th>
                <Table.Th>{t("subject")}</Table.Th>
                <Table.Th>{t("channel")}</Table.Th>
                <Table.Th>{t("program")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.items.map((one) => (
                <Table.Tr key={one.id}>
                  {canReplay && (
                    <Table.Td>
                      {one.status === "dead" && (
                        <Checkbox
                          aria-label={t("chooseOne", { subject: one.subject })}
                          checked={chosen.has(one.id)}
                          onChange={() => toggle(one.id)}
                        />
                      )}
                    </Table.Td>
                  )}
                  <Table.Td className="tabular" style={{ whiteSpace: "nowrap" }}>
                    {format.instant(one.made_at)}
                  </Table.Td>
                  <Table.Td>
                    <StatusBadge status={one.status} />
                  </Table.Td>
                  <Table.Td maw={180} style={{ overflow: "hidden" }}>
                    <AccountLink id={one.account} name={one.account_name} />
                  </Table.Td>
                  <Table.Td maw={190}>
                    <Text size="sm" truncate title={one.receiver ?? ""}>
                      {one.receiver ?? one.contact ?? "–"}
                    </Text>
                  </Table.Td>
                  <Table.Td maw={320}>
                    <UnstyledButton
                      onClick={() => change({ message: one.id })}
                      style={{ display: "block", maxWidth: "100%" }}
                    >
                      <Text size="sm" fw={500} truncate>
                        {(one.subject || one.touchpoint) ?? one.kind}
                      </Text>
                    </UnstyledButton>
                    {one.error !== null && (
                      <Text size="xs" c="var(--ts-red)" truncate title={one.error}>
                        {one.error}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>{t(`channel_${one.channel}`)}</Table.Td>
                  <Table.Td>
                    <Text size="sm" c="dimmed" truncate maw={150}>
                      {one.program ?? "–"}
                    </Text>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Box>
        <MoreRows list={list} />
      </Box>
    </>
  );
}
