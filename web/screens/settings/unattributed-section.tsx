import { Alert, Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { api, ask } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { given } from "../../lib/given.ts";
import { useLive } from "../../lib/live.ts";
import { usePages } from "../../lib/pages.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconCircleCheck } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { MoreRows } from "../../ui/more-rows.tsx";
import { SectionHead } from "./section-head.tsx";
import { useSettingsSearch } from "./use-settings-search.ts";

const KEY = ["unattributed"] as const;

/** What came in of users of whom nobody knows the account, and what would settle it. */
export function UnattributedSection() {
  const t = useText("settings");
  const format = useFormat();
  const [{ user }, change] = useSettingsSearch();
  const list = usePages([...KEY, user], (cursor, signal) =>
    ask(
      api.GET("/api/unattributed", {
        params: { query: { ...given({ cursor, user }), limit: 50 } },
        signal,
      }),
    ),
  );
  useLive(["contacts"], [KEY]);
  if (list.error) return <Failed error={list.error} retry={list.retry} />;
  const first = list.first;
  return (
    <>
      <SectionHead title={t("section_unattributed")} text={t("unattributedText")} />
      {!list.items || !first ? (
        <Loading />
      ) : first.total === 0 ? (
        <Empty icon={IconCircleCheck} title={t("noUnattributed")} />
      ) : (
        <Stack gap="md">
          {first.reasons.map(({ reason, why, messages, users, oldest, newest }) => (
            <Alert key={reason} color="gray" variant="outline" title={why}>
              <Text size="sm">
                {t("heldCount", {
                  messages: format.number(messages),
                  users: format.number(users),
                  oldest: format.day(oldest),
                  newest: format.day(newest),
                })}
              </Text>
              <Text size="sm" c="dimmed">
                {t(`hint_${reason}`)}
              </Text>
            </Alert>
          ))}
          <Group>
            <TextInput
              key={user ?? ""}
              aria-label={t("ofUser")}
              placeholder={t("ofUser")}
              defaultValue={user ?? ""}
              onKeyDown={(event) => {
                if (event.key === "Enter")
                  change({ user: event.currentTarget.value.trim() || undefined });
              }}
              onBlur={(event) => change({ user: event.currentTarget.value.trim() || undefined })}
              w={240}
            />
          </Group>
          <Table.ScrollContainer minWidth={640}>
            <Table verticalSpacing={6} fz="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("happened")}</Table.Th>
                  <Table.Th>{t("user")}</Table.Th>
                  <Table.Th>{t("event")}</Table.Th>
                  <Table.Th>{t("whyHeld")}</Table.Th>
                  <Table.Th>{t("arrived")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {list.items.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td className="tabular">{format.instant(one.at)}</Table.Td>
                    <Table.Td>{one.user}</Table.Td>
                    <Table.Td>{one.event ?? one.kind}</Table.Td>
                    <Table.Td>
                      <Text size="xs" c="dimmed">
                        {one.why}
                      </Text>
                    </Table.Td>
                    <Table.Td className="tabular">{format.instant(one.arrived)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          <MoreRows list={list} />
        </Stack>
      )}
    </>
  );
}
