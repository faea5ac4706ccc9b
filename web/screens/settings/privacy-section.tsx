import { Alert, Button, Checkbox, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { AccountPicker } from "../../ui/account-picker.tsx";
import { IconDownload } from "../../ui/icons.ts";
import { SectionHead } from "./section-head.tsx";

/** All that is kept about one person: to hand over, or to remove for good. */
export function PrivacySection() {
  const t = useText("settings");
  const format = useFormat();
  const [account, setAccount] = useState<string | undefined>(undefined);
  const [contact, setContact] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const [isSuppressed, setSuppressed] = useState(true);
  const people = useQuery({
    queryKey: ["contacts", account],
    queryFn: () =>
      ask(api.GET("/api/contacts", { params: { query: { account: account ?? "", limit: 200 } } })),
    enabled: account !== undefined,
  });
  const erase = useAct({
    run: (_: void, key) =>
      ask(
        api.POST("/api/contacts/{account}/{contact}/erase", {
          params: { path: { account: account ?? "", contact: contact ?? "" } },
          body: { reason, suppress: isSuppressed },
          headers: idempotent(key),
        }),
      ),
    refresh: [["contacts"]],
    onDone: () => {
      setContact(null);
      setReason("");
      setTyped("");
    },
  });
  const [erased, setErased] = useState<number | null>(null);
  const isReady = contact !== null && reason.trim() !== "" && typed === contact;
  return (
    <>
      <SectionHead title={t("section_privacy")} text={t("privacyText")} />
      <Stack gap="md" maw={560}>
        <Group gap="sm" align="flex-end" grow>
          <AccountPicker
            label={t("account")}
            value={account}
            onChange={(one) => {
              setAccount(one);
              setContact(null);
            }}
            w="100%"
          />
          <Select
            label={t("person")}
            data={(people.data?.items ?? []).map(({ id, name, email }) => ({
              value: id,
              label: [name ?? id, email].filter(Boolean).join(" · "),
            }))}
            value={contact}
            onChange={setContact}
            disabled={account === undefined}
            searchable
          />
        </Group>
        {contact !== null && account !== undefined && (
          <>
            <div>
              <Button
                component="a"
                href={`/api/contacts/${encodeURIComponent(account)}/${encodeURIComponent(contact)}/export`}
                download="contact.json"
                variant="default"
                leftSection={<IconDownload size={14} aria-hidden />}
              >
                {t("exportPerson")}
              </Button>
              <Text size="xs" c="dimmed" mt={4}>
                {t("exportText")}
              </Text>
            </div>
            <Alert color="red" variant="outline" title={t("eraseTitle")}>
              <Stack gap="sm">
                <Text size="sm">{t("eraseText")}</Text>
                <Checkbox
                  label={t("suppressToo")}
                  checked={isSuppressed}
                  onChange={(event) => setSuppressed(event.currentTarget.checked)}
                />
                <TextInput
                  label={t("eraseReason")}
                  value={reason}
                  onChange={(event) => setReason(event.currentTarget.value)}
                />
                <TextInput
                  label={t("eraseTyped", { id: contact })}
                  value={typed}
                  onChange={(event) => setTyped(event.currentTarget.value)}
                />
                <Button
                  color="red"
                  w="fit-content"
                  disabled={!isReady}
                  loading={erase.isBusy}
                  onClick={() =>
                    void erase.actAsync().then(
                      ({ rows }) =>
                        setErased(Object.values(rows).reduce((sum, one) => sum + one, 0)),
                      // told already, and what was typed stays
                      () => undefined,
                    )
                  }
                >
                  {t("eraseNow")}
                </Button>
              </Stack>
            </Alert>
          </>
        )}
        {erased !== null && (
          <Alert color="gray" title={t("erased")} role="status">
            {t("erasedText", { rows: format.number(erased) })}
          </Alert>
        )}
      </Stack>
    </>
  );
}
