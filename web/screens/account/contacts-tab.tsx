import { Badge, Button, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconPlus, IconUsers } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { accountQuery, type Contact, contactsQuery } from "./account-queries.ts";
import { ContactForm } from "./contact-form.tsx";
import { ContactPanel } from "./contact-panel.tsx";
import { useAccountPlace, useMayChange } from "./use-account.ts";

/** Who is there, how they want to hear from us, and what each was sent. */
export function ContactsTab() {
  const t = useText("account");
  const { id, search, show } = useAccountPlace();
  const { data: seen } = useQuery(accountQuery(id));
  const { data, error } = useQuery(contactsQuery(id));
  const mayChange = useMayChange(seen?.account.owner, search.at);
  const [isNew, setNew] = useState(false);
  if (error) return <Failed error={error} />;
  if (!data) return <Loading />;
  return (
    <Stack gap="sm">
      {search.at !== undefined && (
        <Text size="sm" c="dimmed">
          {t("contactsAreTodays")}
        </Text>
      )}
      {mayChange && (
        <Group justify="flex-end">
          <Button
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setNew(true)}
          >
            {t("addContact")}
          </Button>
        </Group>
      )}
      {data.length === 0 ? (
        <Empty icon={IconUsers} title={t("noContacts")} text={t("noContactsText")} />
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t("name")}</th>
              <th scope="col">{t("role")}</th>
              <th scope="col">{t("email")}</th>
              <th scope="col">{t("timezone")}</th>
              <th scope="col">{t("preferences")}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((contact) => (
              <Row key={contact.id} contact={contact} open={() => show({ contact: contact.id })} />
            ))}
          </tbody>
        </table>
      )}
      {search.contact !== undefined && (
        <ContactPanel key={search.contact} contact={search.contact} mayChange={mayChange} />
      )}
      {isNew && <ContactForm close={() => setNew(false)} />}
    </Stack>
  );
}

/** A long word does not take the room of the other columns. */
const MAY_BREAK = { overflowWrap: "anywhere", minWidth: 90 } as const;

function Row({ contact, open }: { readonly contact: Contact; readonly open: () => void }) {
  const t = useText("account");
  return (
    <tr>
      <td>
        <UnstyledButton fz="sm" fw={550} onClick={open}>
          {contact.name ?? contact.email ?? contact.id}
        </UnstyledButton>
      </td>
      <td style={MAY_BREAK}>{contact.role ?? "–"}</td>
      <td style={MAY_BREAK}>{contact.email ?? "–"}</td>
      <td>{contact.timezone ?? "–"}</td>
      <td>
        <Group gap={4}>
          {contact.opt_outs.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("hearsAll")}
            </Text>
          ) : (
            contact.opt_outs.map((channel) => (
              <Badge key={channel} color="gray">
                {t("notBy", {
                  channel: t(`channel_${channel as "email"}`, { defaultValue: channel }),
                })}
              </Badge>
            ))
          )}
        </Group>
      </td>
    </tr>
  );
}
