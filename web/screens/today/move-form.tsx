import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type SyntheticEvent, useRef, useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { ChoiceKeys } from "./choice-keys.tsx";
import { atLocal, dayChoices, localTime } from "./day-choices.ts";
import { readDraft, writeDraft } from "./drafts.ts";
import type { Load, ToDo } from "./today-queries.ts";
import type { Deed } from "./waiting-changes.ts";

interface FormProps {
  readonly row: ToDo;
  readonly load: Load | null;
  readonly onSave: (deed: Deed) => void;
  readonly onClose: () => void;
}

/** Another day for a touch, or another time for an appointment: a number, why, Enter. */
export function MoveForm({ row, load, onSave, onClose }: FormProps) {
  const t = useText("today");
  const common = useText("common");
  const format = useFormat();
  const { today, timezone, working_days: workingDays } = useWorkspace();
  const was = row.starts_at === null ? null : localTime(row.starts_at, timezone);
  const [day, setDay] = useState(was?.day ?? "");
  const [time, setTime] = useState(was?.time ?? "");
  const [reason, setReason] = useState(() => readDraft(row.id).reason ?? "");
  const reasonField = useRef<HTMLInputElement>(null);
  const choices = dayChoices(today, workingDays, load).filter((one) => one.day !== row.due);
  const isReady = day !== "" && reason.trim() !== "" && (was === null || time !== "");
  const save = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (!isReady) return reasonField.current?.focus();
    const place = was === null ? { due: day } : { starts_at: atLocal(day, time, timezone) };
    onSave({ verb: "reschedule", body: { ...place, reason: reason.trim() } });
  };
  return (
    <form className="touch-editor" onSubmit={save} aria-label={t("moveOf", { title: row.title })}>
      <Stack gap="xs">
        <ChoiceKeys
          label={t("newDay")}
          choices={choices.map((one) => ({
            name: one.day,
            text: `${t(one.name)}, ${format.weekday(one.day)}`,
          }))}
          chosen={day === "" ? null : day}
          onChoose={(chosen) => {
            setDay(chosen);
            reasonField.current?.focus();
          }}
        />
        <Group gap="xs">
          <TextInput
            type="date"
            aria-label={t("newDay")}
            min={today}
            value={day}
            onChange={({ currentTarget }) => setDay(currentTarget.value)}
          />
          {was !== null && (
            <TextInput
              type="time"
              aria-label={t("newTime")}
              value={time}
              onChange={({ currentTarget }) => setTime(currentTarget.value)}
            />
          )}
          <TextInput
            ref={reasonField}
            aria-label={common("reason")}
            placeholder={t("movePlaceholder")}
            value={reason}
            maxLength={2000}
            style={{ flex: 1 }}
            onChange={({ currentTarget: { value } }) => {
              setReason(value);
              writeDraft(row.id, { reason: value });
            }}
          />
          <Button type="submit" disabled={!isReady}>
            {t("move")}
          </Button>
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          {was === null ? t("moveStays") : t("moveTold")}
        </Text>
      </Stack>
    </form>
  );
}
