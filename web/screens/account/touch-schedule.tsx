import { Button, Group, MultiSelect, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useWorkspace } from "../../lib/me.ts";
import { tell } from "../../lib/tell.ts";
import { useText } from "../../text/text.ts";
import { Refused } from "../../ui/refused.tsx";
import { atLocal, localTime } from "../today/day-choices.ts";
import { BRIEF, type Brief, TODAY } from "../today/today-queries.ts";
import { contactsQuery } from "./account-queries.ts";

interface TouchScheduleProps {
  readonly brief: Brief;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Fixes the time of a meeting and invites people to it: not taken back, for mail goes out. */
export function TouchSchedule({ brief, onDone, onClose }: TouchScheduleProps) {
  const t = useText("account");
  const common = useText("common");
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
  const [problem, setProblem] = useState<Error | null>(null);
  const scheduling = useAct({
    run: (_: void, key) =>
      ask(
        api.POST("/api/touches/{touch}/schedule", {
          params: { path: { touch: row.id } },
          body: { starts_at: atLocal(day, time, timezone), with: invited },
          headers: idempotent(key),
        }),
      ),
    refresh: [["account", row.account], BRIEF, TODAY],
    onRefused: (refused) => {
      setProblem(refused);
      return true;
    },
    onDone: () => {
      tell({ message: t("did_schedule", { title: row.title }) });
      onDone();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setProblem(null);
    scheduling.act();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
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
        {problem && <Refused problem={problem} />}
        <Group gap="xs">
          <Button type="submit" disabled={day === "" || time === ""} loading={scheduling.isBusy}>
            {t("act_schedule")}
          </Button>
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
