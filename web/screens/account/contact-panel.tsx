import { Button, Checkbox, Drawer, Group, Stack, Text, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { Failed } from "../../ui/failed.tsx";
import { Loading } from "../../ui/loading.tsx";
import { spoken } from "../../ui/why/rule-words.ts";
import { Section } from "../../ui/why/section.tsx";
import { type Contact, contactQuery, sentQuery } from "./account-queries.ts";
import { ContactForm } from "./contact-form.tsx";
import { localDayOf } from "./days.ts";
import { useAccountPlace } from "./use-account.ts";

const CHANNELS = ["email", "in_app", "call", "video", "in_person", "webinar"] as const;

/** One contact: who they are, how they want to be reached, what they were sent. */
export function ContactPanel({
  contact,
  mayChange,
}: {
  readonly contact: string;
  readonly mayChange: boolean;
}) {
  const t = useText("account");
  const common = useText("common");
  const format = useFormat();
  const { id, show } = useAccountPlace();
  const { data, error } = useQuery(contactQuery(id, contact));
  const [isEdited, setEdited] = useState(false);
  const lines: (readonly [string, unknown])[] = data
    ? [
        [t("role"), data.role],
        [t("email"), data.email],
        [t("timezone"), data.timezone],
        [t("language"), data.locale],
        [t("user"), data.user],
        [t("knownSince"), data.known_since],
        ...Object.entries(data.traits).map(([name, value]) => [spoken(name), value] as const),
      ]
    : [];
  return (
    <Drawer
      opened
      onClose={() => show({ contact: undefined })}
      position="right"
      size={440}
      title={data?.name ?? data?.email ?? contact}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {error && <Failed error={error} />}
      {!data && !error && <Loading lines={4} height={18} />}
      {data && (
        <Stack gap="lg">
          <Stack gap={4}>
            {lines.map(([label, value]) =>
              value === null || value === undefined ? null : (
                <Group key={label} gap="sm" wrap="nowrap" align="flex-start">
                  <Text size="sm" c="dimmed" w={120} style={{ flexShrink: 0 }}>
                    {label}
                  </Text>
                  <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                    {format.value(value)}
                  </Text>
                </Group>
              ),
            )}
            {mayChange && (
              <Group mt="xs">
                <Button variant="default" onClick={() => setEdited(true)}>
                  {t("editContact")}
                </Button>
              </Group>
            )}
          </Stack>
          <Preferences contact={data} mayChange={mayChange} />
          <Sent contact={contact} />
          {isEdited && <ContactForm contact={data} close={() => setEdited(false)} />}
        </Stack>
      )}
    </Drawer>
  );
}

function Preferences({
  contact,
  mayChange,
}: {
  readonly contact: Contact;
  readonly mayChange: boolean;
}) {
  const t = useText("account");
  const common = useText("common");
  const { id } = useAccountPlace();
  const [outs, setOuts] = useState<readonly string[] | null>(null);
  const [reason, setReason] = useState("");
  const now = outs ?? contact.opt_outs;
  const isChanged = outs !== null && outs.toSorted().join() !== contact.opt_outs.toSorted().join();
  const change = useAct<readonly string[]>({
    run: (channels) =>
      ask(
        api.PUT("/api/contacts/{account}/{contact}/opt-outs", {
          params: { path: { account: id, contact: contact.id } },
          body: { channels: [...channels], reason: reason.trim() },
        }),
      ),
    optimistic: (channels, put) =>
      put<readonly Contact[]>(["account", id, "contacts"], (list) =>
        list.map((one) => (one.id === contact.id ? { ...one, opt_outs: [...channels] } : one)),
      ),
    refresh: [["account", id]],
    onDone: () => {
      setOuts(null);
      setReason("");
    },
  });
  const flip = (channel: string, isOn: boolean): void =>
    setOuts(isOn ? now.filter((one) => one !== channel) : [...now, channel]);
  return (
    <Section title={t("preferences")} hint={t("preferencesHint")}>
      <Stack gap={6}>
        {CHANNELS.map((channel) => (
          <Checkbox
            key={channel}
            label={t(`channel_${channel}`)}
            checked={!now.includes(channel)}
            disabled={!mayChange}
            onChange={(event) => flip(channel, event.currentTarget.checked)}
          />
        ))}
      </Stack>
      {isChanged && (
        <Stack gap="xs" mt="xs">
          <Textarea
            label={common("reason")}
            description={common("reasonHint")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
            autosize
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setOuts(null)}>
              {common("cancel")}
            </Button>
            <Button
              disabled={reason.trim() === ""}
              loading={change.isBusy}
              onClick={() => change.act(now)}
            >
              {common("save")}
            </Button>
          </Group>
        </Stack>
      )}
    </Section>
  );
}

/** What went out to this contact, newest first. */
function Sent({ contact }: { readonly contact: string }) {
  const t = useText("account");
  const { timezone } = useWorkspace();
  const format = useFormat();
  const { id } = useAccountPlace();
  const { data, error } = useQuery(sentQuery(id));
  if (error) return <Failed error={error} />;
  const own = (data ?? []).filter((message) => message.contact === contact);
  return (
    <Section title={t("sent")}>
      {data && own.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("nothingSent")}
        </Text>
      )}
      {own.map((message) => (
        <Group key={message.id} gap="sm" wrap="nowrap" align="flex-start" justify="space-between">
          <Text size="sm" style={{ minWidth: 0 }}>
            {message.subject || message.touchpoint?.replaceAll("_", " ")}
            <Text span size="xs" c="dimmed">
              {" · "}
              {t(`channel_${message.channel as "email"}`, { defaultValue: message.channel })}
              {" · "}
              {t(`sent_${message.status}`, { defaultValue: message.status })}
            </Text>
          </Text>
          <Text size="xs" c="dimmed" className="tabular" style={{ whiteSpace: "nowrap" }}>
            {format.shortDay(localDayOf(message.sent_at ?? message.made_at, timezone))}
          </Text>
        </Group>
      ))}
    </Section>
  );
}
