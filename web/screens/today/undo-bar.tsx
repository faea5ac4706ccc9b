import { Button, Kbd, Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { localTime } from "./day-choices.ts";
import { resultWord } from "./touch-words.ts";
import "./undo-bar.css";
import type { Waiting } from "./use-waiting.ts";
import type { WaitingChange } from "./waiting-changes.ts";

interface UndoBarProps {
  readonly waiting: Waiting;
  readonly onUndo: (change: WaitingChange) => void;
  /** Whether `u` takes it back on this screen. */
  readonly hasKey: boolean;
}

/** What was done last, while it can be taken back; and what waits for a server that is away. */
export function UndoBar({ waiting, onUndo, hasKey }: UndoBarProps) {
  const t = useText("today");
  const common = useText("common");
  const tell = useTell();
  const last = waiting.list.findLast((one) => waiting.all.canUndo(one));
  const away = waiting.list.filter(({ tries }) => tries > 0).length;
  return (
    <div aria-live="polite" className="no-print">
      {(last !== undefined || away > 0) && (
        <div className="undo-bar">
          <Text span inherit truncate>
            {last ? tell(last) : t("waitsForServer", { count: away })}
          </Text>
          {last && (
            <Button
              variant="light"
              rightSection={
                hasKey && (
                  <Kbd size="xs" aria-hidden>
                    u
                  </Kbd>
                )
              }
              onClick={() => onUndo(last)}
            >
              {common("undo")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function useTell(): (change: WaitingChange) => string {
  const t = useText("today");
  const format = useFormat();
  const { timezone } = useWorkspace();
  return ({ title, account, deed }) => {
    const of = { title, account };
    if (deed.verb === "done")
      return t("didDone", { ...of, result: resultWord(deed.body.result, t) });
    if (deed.verb === "skip") return t("didSkip", of);
    if (deed.verb === "snooze") {
      const { until } = deed.body;
      if (until === null) return t("didWake", of);
      const { day } = localTime(until, timezone);
      return t("didSnooze", { ...of, when: `${format.weekday(day)} ${format.time(until)}` });
    }
    const { due, starts_at: startsAt } = deed.body;
    const day = due ?? localTime(startsAt ?? "", timezone).day;
    const hour = startsAt === undefined ? "" : ` ${format.time(startsAt)}`;
    return t("didMove", { ...of, when: `${format.weekday(day)}${hour}` });
  };
}
