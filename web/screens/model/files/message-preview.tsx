import { Alert, Group, Select, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../../lib/api.ts";
import { useText } from "../../../text/text.ts";
import { AccountPicker } from "../../../ui/account-picker.tsx";
import { Empty } from "../../../ui/empty.tsx";
import { Failed } from "../../../ui/failed.tsx";
import { IconEye } from "../../../ui/icons.ts";
import { Loading } from "../../../ui/loading.tsx";
import { MessageBody } from "../../outbox/message-body.tsx";
import { useBench } from "../bench-context.ts";

/** A message of the draft as a real contact would get it today. */
export function MessagePreview({ message }: { readonly message: string }) {
  const t = useText("model");
  const { bench, checked } = useBench();
  const template = message.split(".")[0];
  const touchpoints = (checked.model?.touchpoints ?? []).filter((one) => one.template === template);
  const [touchpoint, setTouchpoint] = useState<string | null>(null);
  const [account, setAccount] = useState<string | undefined>();
  const chosen = touchpoints.find(({ name }) => name === touchpoint) ?? touchpoints[0];
  const { source, messages } = bench.files;
  const [draft] = useDebouncedValue({ source, messages }, 500);
  const preview = useQuery({
    queryKey: ["preview", "draft", chosen?.name, account, draft],
    queryFn: ({ signal }) =>
      ask(
        api.POST("/api/messages/preview", {
          body: { touchpoint: chosen?.name ?? "", account: account ?? "", draft },
          signal,
        }),
      ),
    enabled: chosen !== undefined && account !== undefined,
    gcTime: 10_000,
  });
  if (!chosen)
    return <Empty icon={IconEye} title={t("noTouchpoint")} text={t("noTouchpointText")} />;
  return (
    <Stack gap="sm" flex={1} mih={0} style={{ overflow: "auto" }}>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Select
          label={t("touchpoint")}
          data={touchpoints.map(({ name, title }) => ({ value: name, label: title }))}
          value={chosen.name}
          allowDeselect={false}
          onChange={setTouchpoint}
          flex={1}
        />
        <AccountPicker label={t("account")} value={account} onChange={setAccount} />
      </Group>
      {account === undefined ? (
        <Empty icon={IconEye} title={t("previewFor")} />
      ) : preview.error ? (
        <Failed error={preview.error} />
      ) : !preview.data ? (
        <Loading />
      ) : (
        <>
          <Text fw={600}>{preview.data.subject}</Text>
          <Text size="sm" c="dimmed">
            {[preview.data.receiver, preview.data.locale].filter(Boolean).join(" · ")}
          </Text>
          {preview.data.not_received !== null && (
            <Alert color="yellow">{preview.data.not_received}</Alert>
          )}
          <MessageBody {...preview.data} height={420} />
        </>
      )}
    </Stack>
  );
}
