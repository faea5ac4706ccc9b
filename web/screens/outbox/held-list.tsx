import { Badge, Table, Text } from "@mantine/core";
import { api, ask } from "../../lib/api.ts";
import { given } from "../../lib/given.ts";
import { useFormat } from "../../lib/format.ts";
import { useLive } from "../../lib/live.ts";
import { useWorkspace } from "../../lib/me.ts";
import { usePages } from "../../lib/pages.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconCircleCheck } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { MoreRows } from "../../ui/more-rows.tsx";
import { MessageFilters } from "./message-filters.tsx";
import { useOutboxSearch } from "./use-outbox-search.ts";

const KEY = ["touches", "held"] as const;
/** What was given up longer ago is nobody's question any more. */
const DAYS_BACK = 30;

/** Messages whose day has come and that have not gone, each with its reason. */
export function HeldList() {
  const t = useText("outbox");
  const format = useFormat();
  const { today } = useWorkspace();
  const [{ account, channel, program }] = useOutboxSearch();
  const list = usePages([...KEY, account, channel, program], (cursor, signal) =>
    ask(
      api.GET("/api/touches", {
        params: {
          query: {
            ...given({ account, channel, program, cursor }),
            status: "deferred,dropped,failed" as never,
            human: "false",
            from: dayBefore(today, DAYS_BACK),
            limit: 50,
          },
        },
        signal,
      }),
    ),
  );
  useLive(["touches", "pauses", "outbox"], [KEY]);
  return (
    <>
      <MessageFilters withStatus={false} />
      {list.error ? (
        <Failed error={list.error} retry={list.retry} />
      ) : !list.items ? (
        <Loading lines={8} />
      ) : list.items.length === 0 ? (
        <Empty icon={IconCircleCheck} title={t("nothingHeld")} text={t("nothingHeldText")} />
      ) : (
        <Table.ScrollContainer minWidth={760}>
          <Table verticalSpacing={6} highlightOnHover fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("due")}</Table.Th>
                <Table.Th>{t("heldAs")}</Table.Th>
                <Table.Th>{t("account")}</Table.Th>
                <Table.Th>{t("touchpoint")}</Table.Th>
                <Table.Th>{t("channel")}</Table.Th>
                <Table.Th>{t("whyHeld")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.items.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td className="tabular" style={{ whiteSpace: "nowrap" }}>
                    {format.shortDay(one.due)}
                  </Table.Td>
                  <Table.Td>
                    <Badge color={one.status === "failed" ? "red" : "gray"}>
                      {one.status === "deferred"
                        ? t("held_deferred")
                        : t(one.status === "dropped" ? "held_dropped" : "held_failed")}
                    </Badge>
                  </Table.Td>
                  <Table.Td maw={200} style={{ overflow: "hidden" }}>
                    <AccountLink id={one.account} name={one.account_name} />
                    {one.contact_name !== null && (
                      <Text size="xs" c="dimmed" truncate>
                        {one.contact_name}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>{one.title}</Table.Td>
                  <Table.Td>{t(`channel_${one.channel}` as "channel_email")}</Table.Td>
                  <Table.Td>{one.reason ?? "–"}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <MoreRows list={list} />
    </>
  );
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}
