import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask } from "../../lib/api.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { type Member, TEAM_KEY } from "./team-member.ts";

interface EndFormProps {
  readonly member: Member;
  readonly onClose: () => void;
}

/** Somebody's last day, or that they stay. */
export function EndForm({ member, onClose }: EndFormProps) {
  const t = useText("settings");
  const common = useText("common");
  const { today } = useWorkspace();
  const [on, setOn] = useState(member.ends_on ?? today);
  const [reason, setReason] = useState("");
  const save = useAct({
    run: (day: string | null) =>
      ask(
        api.PUT("/api/team/{member}/end", {
          params: { path: { member: member.id } },
          body: { on: day, reason },
        }),
      ),
    refresh: [TEAM_KEY],
    onDone: onClose,
  });
  const isReady = reason.trim() !== "";
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("lastDayOf", { name: member.name ?? member.id })}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && on !== "") save.act(on);
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t("lastDayText")}
          </Text>
          <TextInput
            label={t("lastDay")}
            type="date"
            value={on}
            onChange={(event) => setOn(event.currentTarget.value)}
          />
          <TextInput
            label={common("reason")}
            description={common("reasonHint")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
          />
          <Group justify="flex-end">
            {member.ends_on !== null && (
              <Button
                variant="default"
                disabled={!isReady}
                loading={save.isBusy}
                onClick={() => save.act(null)}
              >
                {t("theyStay")}
              </Button>
            )}
            <Button type="submit" disabled={!isReady || on === ""} loading={save.isBusy}>
              {common("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
