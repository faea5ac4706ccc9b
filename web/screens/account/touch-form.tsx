import { Button, Group, Stack } from "@mantine/core";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { useAct } from "../../lib/act.ts";
import { tell } from "../../lib/tell.ts";
import { useText } from "../../text/text.ts";
import { Refused } from "../../ui/refused.tsx";
import { BRIEF, TODAY, type ToDo } from "../today/today-queries.ts";

interface TouchFormProps {
  readonly row: ToDo;
  readonly doing: "assign" | "schedule";
  /** `key`: the same for each try of one sending. */
  readonly run: (key: string) => Promise<unknown>;
  readonly isReady: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
  /** The fields. */
  readonly children: ReactNode;
}

/** What is done with a touch at once and is not taken back: why it is refused stands in the form. */
export function TouchForm({ row, doing, run, isReady, onDone, onClose, children }: TouchFormProps) {
  const t = useText("account");
  const common = useText("common");
  const [problem, setProblem] = useState<Error | null>(null);
  const sending = useAct({
    run: (_: void, key) => run(key),
    refresh: [["account", row.account], BRIEF, TODAY],
    onRefused: (refused) => {
      setProblem(refused);
      return true;
    },
    onDone: () => {
      tell({ message: t(`did_${doing}`, { title: row.title }) });
      onDone();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setProblem(null);
    sending.act();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {children}
        {problem && <Refused problem={problem} />}
        <Group gap="xs">
          <Button type="submit" disabled={!isReady} loading={sending.isBusy}>
            {t(`act_${doing}`)}
          </Button>
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
