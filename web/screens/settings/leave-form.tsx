import { ActionIcon, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask } from "../../lib/api.ts";
import { useText } from "../../text/text.ts";
import { IconPlus, IconTrash } from "../../ui/icons.ts";
import { type Member, TEAM_KEY } from "./team-member.ts";

interface LeaveFormProps {
  readonly member: Member;
  readonly onClose: () => void;
}

/** The days on which somebody is away. */
export function LeaveForm({ member, onClose }: LeaveFormProps) {
  const t = useText("settings");
  const common = useText("common");
  const [spans, setSpans] = useState(
    member.leave.length > 0 ? member.leave.map((one) => ({ ...one })) : [{ from: "", to: "" }],
  );
  const whole = spans.filter(({ from, to }) => from !== "" && to !== "");
  const isWrong =
    whole.some(({ from, to }) => to < from) ||
    spans.some(({ from, to }) => (from === "") !== (to === ""));
  const save = useAct({
    run: () =>
      ask(
        api.PUT("/api/team/{member}/leave", {
          params: { path: { member: member.id } },
          body: { leave: whole },
        }),
      ),
    refresh: [TEAM_KEY],
    onDone: onClose,
  });
  const set = (place: number, key: "from" | "to", day: string) =>
    setSpans(spans.map((one, i) => (i === place ? { ...one, [key]: day } : one)));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("leaveOf", { name: member.name ?? member.id })}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.act();
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t("leaveText")}
          </Text>
          {spans.map((span, place) => (
            <Group key={place} gap="xs" align="flex-end" wrap="nowrap">
              <TextInput
                label={t("fromDay")}
                type="date"
                value={span.from}
                onChange={(event) => set(place, "from", event.currentTarget.value)}
                flex={1}
              />
              <TextInput
                label={t("toDay")}
                type="date"
                value={span.to}
                min={span.from}
                onChange={(event) => set(place, "to", event.currentTarget.value)}
                error={span.to !== "" && span.to < span.from}
                flex={1}
              />
              <ActionIcon
                aria-label={t("removeSpan")}
                onClick={() => setSpans(spans.filter((_, i) => i !== place))}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Group>
          ))}
          <Button
            variant="subtle"
            w="fit-content"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setSpans([...spans, { from: "", to: "" }])}
          >
            {t("addSpan")}
          </Button>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={isWrong} loading={save.isBusy}>
              {common("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
