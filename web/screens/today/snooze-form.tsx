import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { ChoiceKeys } from "./choice-keys.tsx";
import { atLocal, dayChoices, localTime, snoozeChoices } from "./day-choices.ts";
import type { Load, ToDo } from "./today-queries.ts";
import type { Deed } from "./waiting-changes.ts";

interface FormProps {
  readonly row: Pick<ToDo, "title">;
  readonly load: Load | null;
  readonly onSave: (deed: Extract<Deed, { readonly verb: "snooze" }>) => void;
  readonly onClose: () => void;
}

/** Out of sight until later: one number. The touch keeps its day, and the customer sees nothing. */
export function SnoozeForm({ row, load, onSave, onClose }: FormProps) {
  const t = useText("today");
  const common = useText("common");
  const format = useFormat();
  const { today, timezone, working_days: workingDays } = useWorkspace();
  const [day, setDay] = useState("");
  const [time, setTime] = useState("09:00");
  const [now] = useState(Date.now);
  const choices = snoozeChoices(now, today, timezone, dayChoices(today, workingDays, load));
  const until = (instant: string): void => onSave({ verb: "snooze", body: { until: instant } });
  const save = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (day !== "" && time !== "") until(atLocal(day, time, timezone));
  };
  return (
    <form className="touch-editor" onSubmit={save} aria-label={t("snoozeOf", { title: row.title })}>
      <Stack gap="xs">
        <ChoiceKeys
          label={t("backAt")}
          choices={choices.map((one) => ({
            name: one.until,
            text:
              one.name === "inAnHour"
                ? t(one.name)
                : `${t(one.name)}, ${format.weekday(localTime(one.until, timezone).day)} ${format.time(one.until)}`,
          }))}
          chosen={null}
          onChoose={until}
        />
        <Group gap="xs">
          <TextInput
            type="date"
            aria-label={t("backOnDay")}
            min={today}
            value={day}
            onChange={({ currentTarget }) => setDay(currentTarget.value)}
          />
          <TextInput
            type="time"
            aria-label={t("backAtTime")}
            value={time}
            onChange={({ currentTarget }) => setTime(currentTarget.value)}
          />
          <Button type="submit" disabled={day === "" || time === ""}>
            {t("snooze")}
          </Button>
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Text size="xs" c="dimmed">
            {t("snoozeKeeps")}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}
