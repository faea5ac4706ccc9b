import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { useText } from "../../text/text.ts";
import { TouchEditor } from "../today/touch-editor.tsx";
import type { Brief } from "../today/today-queries.ts";
import type { Editing } from "../today/touch-row.tsx";
import { useDeed, useWaitingList } from "../today/use-waiting.ts";
import { TouchAssign } from "./touch-assign.tsx";
import { TouchSchedule } from "./touch-schedule.tsx";

/** Kinds of touches to which people are invited at a time. */
const MEETINGS = ["call", "video", "in_person"];

const EDITS: readonly Editing[] = ["done", "skip", "move", "snooze"];

const isEdit = (doing: string): doing is Editing => EDITS.some((one) => one === doing);

interface TouchActionsProps {
  readonly brief: Brief;
  readonly onDone: () => void;
}

/** Done, skipped, moved or put off by the forms of Today; given to somebody, or fixed for a time. */
export function TouchActions({ brief, onDone }: TouchActionsProps) {
  const t = useText("account");
  const today = useText("today");
  const doIt = useDeed();
  const row = brief.touch;
  const [doing, setDoing] = useState<Editing | "assign" | "schedule" | null>(null);
  const close = (): void => setDoing(null);
  // both go out at once, and must not overtake what waits
  const waits = useWaitingList().some(({ touch }) => touch === row.id);
  const others = (["assign", "schedule"] as const).filter(
    (one) => one === "assign" || MEETINGS.includes(row.channel),
  );
  return (
    <Stack gap="sm" className="touch-actions">
      <Group role="group" aria-label={t("whatToDo")} gap={6}>
        {[...EDITS, ...others].map((one) => (
          <Button
            key={one}
            size="compact-sm"
            variant={
              doing === one ? "light" : one === "done" && doing === null ? "filled" : "default"
            }
            aria-pressed={doing === one}
            disabled={waits && !isEdit(one)}
            title={waits && !isEdit(one) ? t("waitsFirst") : undefined}
            onClick={() => setDoing(one)}
          >
            {isEdit(one) ? today(one) : t(`act_${one}`)}
          </Button>
        ))}
        {row.snoozed_until !== null && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              doIt(row, { verb: "snooze", body: { until: null } });
              onDone();
            }}
          >
            {today("wake")}
          </Button>
        )}
      </Group>
      {doing !== null && isEdit(doing) && (
        <TouchEditor
          key={doing}
          row={row}
          editing={doing}
          load={null}
          onSave={(deed) => {
            doIt(row, deed);
            onDone();
          }}
          onClose={close}
        />
      )}
      {doing === "assign" && <TouchAssign row={row} onDone={onDone} onClose={close} />}
      {doing === "schedule" && <TouchSchedule brief={brief} onDone={onDone} onClose={close} />}
    </Stack>
  );
}
