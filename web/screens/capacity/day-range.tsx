import { Button, Group, TextInput } from "@mantine/core";
import { useState } from "react";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";

interface DayRangeProps {
  readonly action: string;
  readonly isBusy?: boolean;
  readonly onPick: (from: string, to: string) => void;
}

/** Two days, the first not after the last. */
export function DayRange({ action, isBusy = false, onPick }: DayRangeProps) {
  const t = useText("capacity");
  const { today } = useWorkspace();
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState(today);
  const isWrong = to < from;
  return (
    <Group gap={6} mt={6} align="flex-end" wrap="nowrap">
      <TextInput
        type="date"
        label={t("firstDay")}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t("lastDay")}
        value={to}
        error={isWrong ? t("wrongOrder") : undefined}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Button
        variant="default"
        loading={isBusy}
        disabled={isWrong || from === "" || to === ""}
        onClick={() => onPick(from, to)}
      >
        {action}
      </Button>
    </Group>
  );
}
