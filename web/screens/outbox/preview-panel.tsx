import { Alert, Anchor, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../lib/api.ts";
import { useText } from "../../text/text.ts";
import { AccountPicker } from "../../ui/account-picker.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconEye } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { MessageBody } from "./message-body.tsx";
import { automatedTouchpoints } from "./automated-touchpoints.ts";
import { useOutboxSearch } from "./use-outbox-search.ts";

/** What a touchpoint's message would be for a real contact, today. */
export function PreviewPanel() {
  const t = useText("outbox");
  const [{ touchpoint, account, contact }, change] = useOutboxSearch();
  const model = useQuery({
    queryKey: ["models", "live"],
    queryFn: () => ask(api.GET("/api/models/{version}", { params: { path: { version: "live" } } })),
  });
  const people = useQuery({
    queryKey: ["contacts", account],
    queryFn: () =>
      ask(api.GET("/api/contacts", { params: { query: { account: account ?? "", limit: 200 } } })),
    enabled: account !== undefined,
  });
  const touchpoints = automatedTouchpoints(model.data?.source ?? "");
  return (
    <Group align="flex-start" gap="lg" wrap="nowrap">
      <Stack gap="sm" w={260} style={{ flexShrink: 0 }}>
        <Text size="sm" c="dimmed">
          {t("previewText")}
        </Text>
        {touchpoints.length > 0 ? (
          <Select
            label={t("touchpoint")}
            data={touchpoints.map(({ name, title }) => ({ value: name, label: title }))}
            value={touchpoint ?? null}
            onChange={(one) => change({ touchpoint: one ?? undefined })}
            searchable
          />
        ) : (
          <TextInput
            label={t("touchpoint")}
            defaultValue={touchpoint ?? ""}
            onBlur={(event) => change({ touchpoint: event.currentTarget.value || undefined })}
          />
        )}
        <AccountPicker
          label={t("account")}
          value={account}
          onChange={(one) => change({ account: one, contact: undefined })}
          w="100%"
        />
        <Select
          label={t("contact")}
          placeholder={t("firstContact")}
          data={(people.data?.items ?? []).map(({ id, name, email }) => ({
            value: id,
            label: name ?? email ?? id,
          }))}
          value={contact ?? null}
          onChange={(one) => change({ contact: one ?? undefined })}
          disabled={account === undefined}
          clearable
          searchable
        />
      </Stack>
      <Stack flex={1} miw={0}>
        {touchpoint === undefined || account === undefined ? (
          <Empty icon={IconEye} title={t("previewEmpty")} text={t("previewEmptyText")} />
        ) : (
          <Preview touchpoint={touchpoint} account={account} contact={contact} />
        )}
      </Stack>
    </Group>
  );
}

interface PreviewProps {
  readonly touchpoint: string;
  readonly account: string;
  readonly contact: string | undefined;
}

function Preview({ touchpoint, account, contact }: PreviewProps) {
  const t = useText("outbox");
  const preview = useQuery({
    queryKey: ["preview", touchpoint, account, contact],
    queryFn: () =>
      ask(
        api.POST("/api/messages/preview", {
          body: { touchpoint, account, ...(contact === undefined ? {} : { contact }) },
        }),
      ),
    staleTime: 0,
  });
  if (preview.error) return <Failed error={preview.error} retry={() => void preview.refetch()} />;
  if (!preview.data) return <Loading />;
  const { receiver, not_received, subject, preheader, locale, links, contact: to } = preview.data;
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text fw={600}>{subject}</Text>
          <Text size="sm" c="dimmed">
            {[receiver ?? to, locale, preheader].filter(Boolean).join(" · ")}
          </Text>
        </div>
        <Button variant="default" onClick={() => void preview.refetch()}>
          {t("lookAgain")}
        </Button>
      </Group>
      {not_received !== null && (
        <Alert color="orange" title={t("notReceived")}>
          {not_received}
        </Alert>
      )}
      <MessageBody {...preview.data} height={460} />
      {links.length > 0 && (
        <div>
          <Text size="xs" c="dimmed" fw={500}>
            {t("links")}
          </Text>
          {links.map((link) => (
            <Text key={link} size="xs" style={{ overflowWrap: "anywhere" }}>
              <Anchor href={link} target="_blank" rel="noreferrer noopener" inherit>
                {link}
              </Anchor>
            </Text>
          ))}
        </div>
      )}
    </Stack>
  );
}
