import { Group, MultiSelect, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { atLocal, localTime } from "../today/day-choices.ts";
import type { Brief } from "../today/today-queries.ts";
import { contactsQuery } from "./account-queries.ts";
import { TouchForm } from "./touch-form.tsx";

interface TouchScheduleProps {
  readonly brief: Brief;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Fixes the time of a meeting and invites people to it: not taken back, for mail goes out. */
export function TouchSchedule({ brief, ...closing }: TouchScheduleProps) {
  const t = useText("account");
  const { today, timezone } = useWorkspace();
  const { touch: row, appointment } = brief;
  const { data: contacts } = useQuery(contactsQuery(row.account));
  const was = row.starts_at === null ? null : localTime(row.starts_at, timezone);
  const [day, setDay] = useState(was?.day ?? row.due);
  const [time, setTime] = useState(was?.time ?? "");
  const [invited, setInvited] = useState(() =>
    // whoever is left out of an appointment is told that it is off
    appointment
      ? appointment.attendees.map(({ contact }) => contact)
      : row.contact === null
        ? []
        : [row.contact],
  );
  const schedule = (key: string) =>
    ask(
      api.POST("/api/touches/{touch}/schedule", {
        params: { path: { touch: row.id } },
        body: { starts_at: atLocal(day, time, timezone), with: invited },
        headers: idempotent(key),
      }),
    );
  return (
    <TouchForm
      {...closing}
      row={row}
      doing="schedule"
      run={schedule}
      isReady={day !== "" && time !== ""}
    >
      <Group gap="xs" align="end">
        <TextInput
          type="date"
          label={t("day")}
          min={today}
          value={day}
          onChange={({ currentTarget }) => setDay(currentTarget.value)}
        />
        <TextInput
          type="time"
          label={t("startsAt")}
          value={time}
          onChange={({ currentTarget }) => setTime(currentTarget.value)}
        />
        <Text size="xs" c="dimmed" pb={8}>
          {timezone}
        </Text>
      </Group>
      <MultiSelect
        label={t("invited")}
        description={t("invitedHint")}
        data={(contacts ?? []).map(({ id, name, email }) => ({
          value: id,
          label: name ?? email ?? id,
        }))}
        value={invited}
        onChange={setInvited}
        searchable
        clearable
      />
    </TouchForm>
  );
}
