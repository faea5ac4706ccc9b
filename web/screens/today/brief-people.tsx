import { Anchor, Badge, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { BriefSection } from "./brief-section.tsx";
import type { Brief } from "./today-queries.ts";

/** Who is there, how they want to be served, and who does not want to hear from us. */
export function BriefPeople({ brief }: { readonly brief: Brief }) {
  const t = useText("today");
  const format = useFormat();
  const { contacts, contact_count: count, appointment } = brief;
  const shown = contacts.slice(0, 6);
  return (
    <BriefSection title={t("people")}>
      {appointment && (
        <Text size="sm" mb="xs">
          {t("appointment", {
            when: format.instant(appointment.starts_at),
            minutes: format.minutes(appointment.minutes),
            who: appointment.attendees.map(({ name, email }) => name ?? email ?? "").join(", "),
          })}
          {appointment.place === null ? "" : ` ${appointment.place}`}
        </Text>
      )}
      {contacts.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noPeople")}
        </Text>
      )}
      <Stack gap={8}>
        {shown.map((contact) => (
          <Person key={contact.id} contact={contact} />
        ))}
      </Stack>
      {count > shown.length && (
        <Text size="xs" c="dimmed" mt={8}>
          {t("morePeople", { count: count - shown.length })}
        </Text>
      )}
    </BriefSection>
  );
}

function Person({ contact }: { readonly contact: Brief["contacts"][number] }) {
  const t = useText("today");
  const wishes = Object.entries(contact.preferences).map(
    ([name, value]) => `${name.replaceAll("_", " ")}: ${String(value)}`,
  );
  return (
    <div>
      <Group gap={6}>
        <Text size="sm" fw={contact.is_meant ? 650 : 500}>
          {contact.name ?? contact.email ?? contact.id}
        </Text>
        {contact.role !== null && (
          <Text size="xs" c="dimmed">
            {contact.role}
          </Text>
        )}
        {contact.opt_outs.map((channel) => (
          <Badge key={channel} color="red" size="xs">
            {channel === "all" ? t("optedOutAll") : t("optedOut", { channel })}
          </Badge>
        ))}
      </Group>
      <Group gap={8}>
        {contact.email !== null && (
          <Anchor href={`mailto:${contact.email}`} size="xs">
            {contact.email}
          </Anchor>
        )}
        {contact.timezone !== null && <LocalTime zone={contact.timezone} />}
        {wishes.length > 0 && <Text size="xs">{wishes.join(", ")}</Text>}
      </Group>
    </div>
  );
}

/** What time it is there: before one calls. */
function LocalTime({ zone }: { readonly zone: string }) {
  const t = useText("today");
  const [time] = useState(() => timeIn(zone));
  if (time === null) return null;
  return (
    <Text size="xs" c="dimmed" className="tabular" title={zone}>
      {t("timeThere", { time })}
    </Text>
  );
}

/** null: there is no such zone. */
function timeIn(timeZone: string): string | null {
  try {
    const clock = { hour: "2-digit", minute: "2-digit", timeZone } as const;
    return new Intl.DateTimeFormat("en-GB", clock).format(Date.now());
  } catch {
    return null;
  }
}
