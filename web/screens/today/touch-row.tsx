import { ActionIcon, Badge, Button, Group, Kbd, Text, UnstyledButton } from "@mantine/core";
import { type ReactNode, type Ref, useId } from "react";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { HealthBar } from "../../ui/badges.tsx";
import { IconAlarmSnooze, IconCalendar, IconCheck, IconPlayerSkipForward } from "../../ui/icons.ts";
import { Tip } from "../../ui/tip.tsx";
import { ChannelIcon } from "./channel-icon.tsx";
import type { ToDo } from "./today-queries.ts";
import { dueWords } from "./touch-words.ts";

export type Editing = "done" | "skip" | "move" | "snooze";

interface TouchRowProps {
  readonly row: ToDo;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly editor: ReactNode;
  /** Whose it is, where that is not told by the list. */
  readonly doer: string | null;
  /** There are no hours for it this week. */
  readonly isUnfit: boolean;
  readonly buttonRef: Ref<HTMLButtonElement>;
  readonly onActive: () => void;
  readonly onOpen: () => void;
  /** Where it is nobody's and may be taken. */
  readonly onTake: (() => void) | null;
  readonly onEdit: (editing: Editing) => void;
}

/** A touch on the list: who, what, why now, how long, what there is to lose; and what to do with it. */
export function TouchRow({ row, isActive, isOpen, editor, ...rest }: TouchRowProps) {
  const { doer, isUnfit, buttonRef, onActive, onOpen, onTake, onEdit } = rest;
  const t = useText("today");
  const format = useFormat();
  const why = useId();
  return (
    <li
      className="touch-row"
      data-active={isActive || undefined}
      data-editing={editor !== null || undefined}
      data-touch={row.id}
    >
      <UnstyledButton
        ref={buttonRef}
        className="touch-line"
        tabIndex={isActive ? 0 : -1}
        aria-expanded={isOpen}
        aria-describedby={why}
        onFocus={onActive}
        onClick={onOpen}
      >
        <ChannelIcon channel={row.channel} />
        <span className="touch-cell">
          <span className="touch-cell" style={{ display: "block" }}>
            <Text span inherit fw={600}>
              {row.account_name ?? row.account}
            </Text>{" "}
            <Text span inherit c="dimmed">
              ·
            </Text>{" "}
            {row.title}
            {row.contact_name !== null && `, ${row.contact_name}`}
            {row.must && (
              <Badge color="gray" size="xs" ml={8} style={{ verticalAlign: 1 }}>
                {t("must")}
              </Badge>
            )}
            {doer !== null && (
              <Text span inherit c="dimmed">
                {" "}
                · {doer}
              </Text>
            )}
          </span>
          <Text
            id={why}
            span
            size="xs"
            c="dimmed"
            className="touch-cell"
            display="block"
            title={row.why}
          >
            {row.why}
          </Text>
        </span>
        <Text
          span
          inherit
          className="touch-cell tabular"
          fw={row.overdue_days > 0 || row.starts_at !== null ? 600 : 400}
          {...(row.overdue_days > 0 ? { style: { color: "var(--ts-red)" } } : {})}
        >
          {dueWords(row, format, t)}
        </Text>
        <span className="touch-cell touch-wide tabular" data-end>
          {format.minutes(row.minutes)}
          {isUnfit && (
            <Text span size="xs" display="block" style={{ color: "var(--ts-red)" }}>
              {t("wontFit")}
            </Text>
          )}
        </span>
        <span className="touch-cell touch-wide tabular" data-end>
          {row.revenue === null ? "–" : format.shortMoney(row.revenue)}
          <Text span size="xs" c="dimmed" display="block" className="touch-cell">
            {row.renews_on === null ? "" : t("renews", { when: format.fromToday(row.renews_on) })}
          </Text>
        </span>
        <span className="touch-cell touch-wide touch-health">
          <HealthBar score={row.health.score} band={row.health.band} />
        </span>
      </UnstyledButton>
      {onTake && (
        <Group className="touch-tools no-print" gap={0}>
          <Button
            variant="light"
            tabIndex={isActive ? 0 : -1}
            rightSection={
              <Kbd size="xs" aria-hidden>
                t
              </Kbd>
            }
            onClick={onTake}
          >
            {t("take")}
          </Button>
        </Group>
      )}
      {!onTake && row.may_change && <Tools isActive={isActive} onEdit={onEdit} />}
      {editor}
    </li>
  );
}

const TOOLS = [
  { editing: "done", text: "done", keys: "d", icon: IconCheck },
  { editing: "skip", text: "skip", keys: "s", icon: IconPlayerSkipForward },
  { editing: "move", text: "move", keys: "m", icon: IconCalendar },
  { editing: "snooze", text: "snooze", keys: "h", icon: IconAlarmSnooze },
] as const;

function Tools({
  isActive,
  onEdit,
}: {
  readonly isActive: boolean;
  readonly onEdit: (editing: Editing) => void;
}) {
  const t = useText("today");
  return (
    <Group className="touch-tools no-print" gap={0}>
      {TOOLS.map(({ editing, text, keys, icon: ToolIcon }) => (
        <Tip key={editing} label={`${t(text)} (${keys})`}>
          <ActionIcon
            aria-label={t(text)}
            tabIndex={isActive ? 0 : -1}
            onClick={() => onEdit(editing)}
          >
            <ToolIcon size={16} aria-hidden />
          </ActionIcon>
        </Tip>
      ))}
    </Group>
  );
}
