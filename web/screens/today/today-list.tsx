import { Button, Group, Text, Title, UnstyledButton } from "@mantine/core";
import { type ReactNode, useDeferredValue } from "react";
import { useFormat } from "../../lib/format.ts";
import { useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { IconChevronDown, IconChevronRight, IconCircleCheck, IconSearch } from "../../ui/icons.ts";
import { NoAccounts, useIsEmptyBook } from "../../ui/no-accounts.tsx";
import { DoneList } from "./done-list.tsx";
import type { ToDo, Today } from "./today-queries.ts";
import { groupWord } from "./touch-words.ts";
// not loaded later: whoever presses `d` types on at once
import { TouchEditor } from "./touch-editor.tsx";
import { type Editing, TouchRow } from "./touch-row.tsx";
import { useStillRow } from "./use-still-row.ts";
import type { Working } from "./use-working.ts";

interface TodayListProps {
  readonly data: Today;
  readonly working: Working;
  readonly open: string | undefined;
  readonly q: string | undefined;
  /** Names of people by their ids, where the list is not one person's. */
  readonly people: ReadonlyMap<string, string> | null;
  /** null: there is nothing for whoever looks to take. */
  readonly onTake: ((row: ToDo) => void) | null;
  readonly onOpen: (touch: string) => void;
  readonly onClearFilter: () => void;
}

/** Rows that a window shows; those below are drawn right after, piece by piece. */
const FIRST_ROWS = 20;

/** What is due, then what comes this week, what is snoozed and what is done. */
export function TodayList(props: TodayListProps) {
  const { data, working, q, onClearFilter } = props;
  const t = useText("today");
  const format = useFormat();
  const { rows, lists } = working;
  const place = useStillRow(working.active);
  const minutes = rows.due.reduce((sum, row) => sum + row.minutes, 0);
  const isNothing = rows.due.length === 0;
  const most = useDeferredValue(Number.POSITIVE_INFINITY, FIRST_ROWS);
  return (
    <div className="today-list" ref={place}>
      {!isNothing && (
        <RowGroup
          {...props}
          title={t("due")}
          aside={`${rows.due.length} · ${format.minutes(minutes)}`}
          rows={rows.due.slice(0, most)}
        />
      )}
      {isNothing &&
        (q ? (
          <Empty icon={IconSearch} title={t("noMatch", { q })}>
            <Button variant="default" onClick={onClearFilter}>
              {t("clearFilter")}
            </Button>
          </Empty>
        ) : (
          <NothingDue data={data} coming={lists.coming} />
        ))}
      {rows.thisWeek.length > 0 && (
        <RowGroup
          {...props}
          title={t("laterThisWeek")}
          aside={String(rows.thisWeek.length)}
          rows={rows.thisWeek.slice(0, rest(most, rows.due))}
        />
      )}
      {rows.open.length > 0 && (
        <RowGroup
          {...props}
          title={t("nobodys")}
          aside={t("nobodysText")}
          rows={rows.open.slice(0, rest(most, rows.due, rows.thisWeek))}
          isOpenToAll
        />
      )}
      {lists.snoozed.length > 0 && (
        <Folded
          title={t("snoozed", { count: lists.snoozed.length })}
          isOpen={working.isSnoozedOpen}
          onOpen={working.setSnoozedOpen}
        >
          <Snoozed {...props} />
        </Folded>
      )}
      {data.done.length > 0 && (
        <Folded
          title={t("doneToday", { count: data.done.length })}
          isOpen={working.isDoneOpen}
          onOpen={working.setDoneOpen}
        >
          <DoneList done={data.done} />
        </Folded>
      )}
      {data.cut && (
        <Text size="xs" c="dimmed" px="lg" py="md">
          {t("cut")}
        </Text>
      )}
    </div>
  );
}

/** How many more are drawn after those. */
function rest(most: number, ...drawn: readonly (readonly unknown[])[]): number {
  return Math.max(0, most - drawn.flat().length);
}

interface RowGroupProps extends TodayListProps {
  readonly title: string;
  readonly aside: string;
  readonly rows: readonly ToDo[];
  /** They are nobody's: whoever looks may take them. */
  readonly isOpenToAll?: boolean;
}

function RowGroup({ title, aside, rows, isOpenToAll = false, ...props }: RowGroupProps) {
  const { data, working, open, people, onTake, onOpen } = props;
  const t = useText("today");
  const me = useMe();
  const unfit = new Set((data.load?.unfit ?? []).map(({ id }) => id));
  const shownDoer = (row: ToDo): string | null =>
    people === null || row.doer === me.member || (data.owner !== null && !isOpenToAll)
      ? null
      : (people.get(row.doer) ?? groupWord(row.doer, t));
  const editorOf = (row: ToDo): ReactNode => {
    const { editing } = working;
    if (editing?.row.id !== row.id) return null;
    return (
      <TouchEditor
        key={editing.kind}
        row={row}
        editing={editing.kind}
        load={data.load}
        onSave={(deed) => working.save(row, deed)}
        onClose={working.stopEditing}
      />
    );
  };
  return (
    <>
      <Group className="today-group" gap="xs" align="baseline">
        <Title order={2} fz="sm">
          {title}
        </Title>
        <Text size="xs" c="dimmed" className="tabular">
          {aside}
        </Text>
      </Group>
      <ul aria-label={title}>
        {rows.map((row) => (
          <TouchRow
            key={row.id}
            row={row}
            isActive={working.active === row.id}
            isOpen={open === row.id}
            editor={editorOf(row)}
            doer={shownDoer(row)}
            isUnfit={unfit.has(row.id)}
            buttonRef={working.keepButton(row.id)}
            onActive={() => working.setActive(row.id)}
            onOpen={() => onOpen(row.id)}
            onTake={isOpenToAll && onTake ? () => onTake(row) : null}
            onEdit={(kind: Editing) => working.edit(row, kind)}
          />
        ))}
      </ul>
    </>
  );
}

function NothingDue({ data, coming }: { readonly data: Today; readonly coming: readonly ToDo[] }) {
  const t = useText("today");
  const format = useFormat();
  const next = coming[0] ?? data.next;
  const isEmptyBook = useIsEmptyBook(!next);
  if (isEmptyBook === true) return <NoAccounts />;
  const text = next
    ? t("nextIs", {
        title: next.title,
        account: next.account_name ?? next.account,
        day: format.weekday(next.due),
      })
    : t("nothingPlanned");
  return <Empty icon={IconCircleCheck} title={t("nothingDue")} text={text} />;
}

interface FoldedProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

function Folded({ title, isOpen, onOpen, children }: FoldedProps) {
  return (
    <>
      <UnstyledButton
        className="today-group"
        w="100%"
        aria-expanded={isOpen}
        onClick={() => onOpen(!isOpen)}
      >
        <Text span size="sm" c="dimmed" fw={550}>
          {isOpen ? (
            <IconChevronDown size={14} aria-hidden style={{ verticalAlign: -2 }} />
          ) : (
            <IconChevronRight size={14} aria-hidden style={{ verticalAlign: -2 }} />
          )}{" "}
          {title}
        </Text>
      </UnstyledButton>
      {isOpen && children}
    </>
  );
}

function Snoozed({ working, onOpen }: TodayListProps) {
  const t = useText("today");
  const format = useFormat();
  return (
    <ul>
      {working.lists.snoozed.map((row) => (
        <Group key={row.id} component="li" gap="sm" wrap="nowrap" px="lg" py={6} fz={13}>
          <UnstyledButton fz={13} onClick={() => onOpen(row.id)} style={{ flex: 1, minWidth: 0 }}>
            <Text span inherit fw={550}>
              {row.account_name ?? row.account}
            </Text>{" "}
            · {row.title}
          </UnstyledButton>
          <Text span inherit c="dimmed" className="tabular">
            {row.snoozed_until === null
              ? ""
              : t("backWhen", { when: format.instant(row.snoozed_until) })}
          </Text>
          {row.may_change && (
            <Button
              variant="default"
              onClick={() => working.save(row, { verb: "snooze", body: { until: null } })}
            >
              {t("wake")}
            </Button>
          )}
        </Group>
      ))}
    </ul>
  );
}
