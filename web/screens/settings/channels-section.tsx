import { Alert, Code, Group, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../lib/api.ts";
import { useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { Failed } from "../../ui/failed.tsx";
import { IconAlertTriangle, IconCheck, IconCircleCheck } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { SectionHead } from "./section-head.tsx";

/** Settings of each channel that reads some, as docs/guides/channels.md has them. */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  email: ["SMTP_URL", "MAIL_FROM", "MAIL_POSTAL_ADDRESS", "TOUCHSTONE_PUBLIC_URL"],
  slack: ["SLACK_WEBHOOK_URL"],
  webhook: ["TOUCH_WEBHOOK_URL"],
  in_app: ["TOUCHSTONE_PUBLIC_URL"],
};

/** Which channels can reach somebody, what the others lack, and what `doctor` says. */
export function ChannelsSection() {
  const t = useText("settings");
  const outbox = useText("outbox");
  const me = useMe();
  const found = useQuery({
    queryKey: ["channels"],
    queryFn: () => ask(api.GET("/api/channels")),
  });
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      <SectionHead title={t("section_channels")} text={t("channelsText")} />
      {!found.data ? (
        <Loading />
      ) : (
        <Stack gap="lg">
          {!found.data.sends && (
            <Alert color="orange" title={t("dryRunTitle")}>
              {t("dryRunText")}
            </Alert>
          )}
          <Table verticalSpacing={7} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={160}>{t("channel")}</Table.Th>
                <Table.Th w={130}>{t("state")}</Table.Th>
                <Table.Th>{t("setUpBy")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.data.items.map(({ channel, set_up, missing }) => (
                <Table.Tr key={channel}>
                  <Table.Td fw={550}>{outbox(`channel_${channel}` as "channel_email")}</Table.Td>
                  <Table.Td style={{ whiteSpace: "nowrap" }}>
                    <Group gap={6} wrap="nowrap">
                      {set_up ? (
                        <IconCheck size={14} color="var(--ts-green)" aria-hidden />
                      ) : (
                        <IconAlertTriangle size={14} color="var(--ts-yellow)" aria-hidden />
                      )}
                      {t(set_up ? "isSetUp" : "notSetUp")}
                    </Group>
                  </Table.Td>
                  <Table.Td>
                    {missing !== null && <Text size="sm">{missing}</Text>}
                    <Group gap={6}>
                      {(SETTINGS[channel] ?? []).map((name) => (
                        <Code key={name}>{name}</Code>
                      ))}
                    </Group>
                    {set_up && SETTINGS[channel] === undefined && (
                      <Text size="sm" c="dimmed">
                        {t("needsNothing")}
                      </Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {me.may("ops") && <Checks />}
        </Stack>
      )}
    </>
  );
}

function Checks() {
  const t = useText("settings");
  const found = useQuery({ queryKey: ["checks"], queryFn: () => ask(api.GET("/api/checks")) });
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  return (
    <div>
      <Text fw={600} mb={4}>
        {t("checks")}
      </Text>
      <Table verticalSpacing={6} fz="sm">
        <Table.Tbody>
          {found.data.items.map(({ name, ok, value, mend }) => (
            <Table.Tr key={`${name} ${value}`}>
              <Table.Td w={24}>
                {ok ? (
                  <IconCircleCheck size={16} color="var(--ts-green)" aria-label={t("isOk")} />
                ) : (
                  <IconAlertTriangle size={16} color="var(--ts-red)" aria-label={t("toMend")} />
                )}
              </Table.Td>
              <Table.Td w={230} fw={550}>
                {name}
              </Table.Td>
              <Table.Td>
                {value}
                {mend !== null && (
                  <Text size="xs" c="dimmed">
                    {mend}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
