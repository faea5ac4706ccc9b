import {
  ActionIcon,
  Box,
  Button,
  Group,
  SegmentedControl,
  Stack,
  Text,
  UnstyledButton,
  VisuallyHidden,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconCalendar, IconChevronLeft, IconChevronRight } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { explainQuery } from "../../ui/why/explained.ts";
import { resultWord } from "../today/touch-words.ts";
import { touchesAfter } from "../today/touches-after.ts";
import { useWaitingList } from "../today/use-waiting.ts";
import { touchesQuery } from "./account-queries.ts";
import { addDays, addMonths, monday, monthGrid } from "./days.ts";
import {
  byTouchDay,
  dayOfTouch,
  type ShownTouch,
  type Tone,
  toneOf,
  weekRows,
} from "./touch-days.ts";
import { TouchPanel } from "./touch-panel.tsx";
import { useAccountPlace } from "./use-account.ts";

const WEEKS_BACK = 4;
const WEEKS_SHOWN = 12;
const COLORS: { readonly [T in Tone]: string } = {
  done: "var(--ts-green)",
  open: "var(--mantine-color-teal-7)",
  late: "var(--ts-red)",
  gone: "var(--mantine-color-gray-5)",
};

/** Touches past and planned: a month, twelve weeks, or a list. */
export function TouchesTab() {
  const t = useText("account");
  const { today, timezone } = useWorkspace();
  const { id, search, show } = useAccountPlace();
  const view = search.view ?? "month";
  const now = search.at ?? today;
  const on = search.on ?? now;
  const [from, to] = spanOf(view, on);
  const listed = useQuery({ ...touchesQuery(id, from, to), enabled: search.at === undefined });
  const then = useQuery({ ...explainQuery(id, search.at), enabled: search.at !== undefined });
  const waiting = useWaitingList();
  const error = listed.error ?? then.error;
  const touches: readonly ShownTouch[] | undefined =
    search.at === undefined
      ? listed.data && touchesAfter(listed.data, waiting, timezone)
      : then.data?.touches;
  const open = (touch: ShownTouch): void => show({ touch: touch.id });
  const shared = { touches: touches ?? [], today: now, open };
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <SegmentedControl
          aria-label={t("touchViews")}
          data={(["month", "weeks", "list"] as const).map((value) => ({
            value,
            label: t(`view_${value}`),
          }))}
          value={view}
          onChange={(next) => show({ view: next })}
        />
        {view !== "list" && <Steps view={view} on={on} now={now} />}
      </Group>
      {error && <Failed error={error} />}
      {!touches && !error && <Loading />}
      {touches && view === "month" && <Month {...shared} on={on} />}
      {touches && view === "weeks" && <Weeks {...shared} from={from ?? now} to={to ?? now} />}
      {touches && view === "list" && <List {...shared} />}
      <Legend />
      <TouchPanel touches={touches ?? []} />
    </Stack>
  );
}

function spanOf(view: string, on: string): [string | undefined, string | undefined] {
  if (view === "list") return [undefined, undefined];
  if (view === "weeks") {
    const first = addDays(monday(on), -7 * WEEKS_BACK);
    return [first, addDays(first, 7 * WEEKS_SHOWN - 1)];
  }
  const grid = monthGrid(on);
  return [grid[0]?.[0], grid.at(-1)?.[6]];
}

function Steps({
  view,
  on,
  now,
}: {
  readonly view: string;
  readonly on: string;
  readonly now: string;
}) {
  const t = useText("account");
  const { i18n } = useTranslation();
  const { show } = useAccountPlace();
  const step = (by: number): string =>
    view === "month" ? addMonths(on, by) : addDays(on, by * 28);
  const title = new Intl.DateTimeFormat(i18n.language === "ms" ? "ms-MY" : "en-GB", {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${on}T00:00:00Z`));
  return (
    <Group gap={4}>
      <Text size="sm" fw={600} mr="xs" aria-live="polite">
        {title}
      </Text>
      <ActionIcon aria-label={t("earlier")} onClick={() => show({ on: step(-1) })}>
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <Button
        variant="default"
        size="compact-xs"
        onClick={() => show({ on: undefined })}
        disabled={on === now}
      >
        {t("today")}
      </Button>
      <ActionIcon aria-label={t("later")} onClick={() => show({ on: step(1) })}>
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

interface ViewProps {
  readonly touches: readonly ShownTouch[];
  readonly today: string;
  readonly open: (touch: ShownTouch) => void;
}

function Month({ touches, today, open, on }: ViewProps & { readonly on: string }) {
  const format = useFormat();
  const weeks = monthGrid(on);
  const { timezone } = useWorkspace();
  const days = byTouchDay(touches, timezone);
  return (
    <div className="calendar" role="grid" aria-label={on.slice(0, 7)}>
      <div role="row" style={{ display: "contents" }}>
        {(weeks[0] ?? []).map((day) => (
          <div key={day} role="columnheader" className="calendar-head">
            {format.weekday(day).split(/[ ,]/)[0]}
          </div>
        ))}
      </div>
      {weeks.map((week) => (
        <div key={week[0]} role="row" style={{ display: "contents" }}>
          {week.map((day) => (
            <div
              key={day}
              role="gridcell"
              className="calendar-day"
              data-other={day.slice(0, 7) !== on.slice(0, 7)}
              aria-label={format.day(day)}
            >
              <Text
                size="xs"
                className="tabular"
                fw={day === today ? 700 : 450}
                c={day === today ? "var(--mantine-color-anchor)" : "dimmed"}
              >
                {Number(day.slice(8))}
              </Text>
              {(days.get(day) ?? []).map((touch) => (
                <TouchChip key={touch.id} touch={touch} today={today} open={open} />
              ))}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function TouchChip({
  touch,
  today,
  open,
}: Omit<ViewProps, "touches"> & { readonly touch: ShownTouch }) {
  const t = useText("account");
  const tone = toneOf(touch, today);
  return (
    <UnstyledButton
      className="calendar-touch"
      onClick={() => open(touch)}
      title={`${touch.title} · ${t(`status_${touch.status}`)}`}
    >
      <Dot tone={tone} />
      <span style={tone === "gone" ? { textDecoration: "line-through" } : undefined}>
        {touch.title}
      </span>
    </UnstyledButton>
  );
}

function Dot({ tone }: { readonly tone: Tone }) {
  return (
    <Box
      component="i"
      aria-hidden
      w={7}
      h={7}
      display="inline-block"
      style={{ borderRadius: 4, flexShrink: 0, background: COLORS[tone] }}
    />
  );
}

function Weeks({
  touches,
  today,
  open,
  from,
  to,
}: ViewProps & { readonly from: string; readonly to: string }) {
  const t = useText("account");
  const format = useFormat();
  const { timezone } = useWorkspace();
  const rows = weekRows(touches, from, to, timezone);
  const starts = Array.from({ length: WEEKS_SHOWN }, (_, n) => addDays(from, 7 * n));
  if (rows.length === 0) return <Empty icon={IconCalendar} title={t("noTouchesThen")} />;
  return (
    <div className="weeks" role="table" aria-label={t("view_weeks")}>
      <div role="row" style={{ display: "contents" }}>
        <div role="columnheader">
          <VisuallyHidden>{t("touch")}</VisuallyHidden>
        </div>
        {starts.map((start) => {
          const isNow = start === monday(today);
          return (
            <Text
              key={start}
              role="columnheader"
              size="xs"
              c={isNow ? "var(--mantine-color-anchor)" : "dimmed"}
              fw={isNow ? 700 : 450}
              className="tabular"
            >
              {format.shortDay(start).replace(/ \d{4}$/, "")}
            </Text>
          );
        })}
      </div>
      {rows.map((row) => (
        <div key={row.touchpoint} role="row" style={{ display: "contents" }}>
          <Text role="rowheader" size="xs" fw={550} pl={10} lineClamp={2} title={row.title}>
            {row.title}
          </Text>
          {row.weeks.map((week, place) => (
            <Group
              key={starts[place]}
              role="cell"
              gap={3}
              data-now={starts[place] === monday(today)}
            >
              {week.map((touch) => (
                <UnstyledButton
                  key={touch.id}
                  onClick={() => open(touch)}
                  aria-label={`${touch.title}, ${format.day(dayOfTouch(touch, timezone))}, ${t(`status_${touch.status}`)}`}
                  title={`${format.day(dayOfTouch(touch, timezone))} · ${t(`status_${touch.status}`)}`}
                  p={4}
                  lh={0}
                >
                  <Dot tone={toneOf(touch, today)} />
                </UnstyledButton>
              ))}
            </Group>
          ))}
        </div>
      ))}
    </div>
  );
}

function List({ touches, today, open }: ViewProps) {
  const t = useText("account");
  const words = useText("today");
  const format = useFormat();
  const { timezone } = useWorkspace();
  if (touches.length === 0) return <Empty icon={IconCalendar} title={t("noTouchesThen")} />;
  const dayOf = (touch: ShownTouch): string => dayOfTouch(touch, timezone);
  const days = (a: ShownTouch, b: ShownTouch): number => (dayOf(a) < dayOf(b) ? -1 : 1);
  const isAhead = (touch: ShownTouch): boolean => dayOf(touch) >= today;
  // what comes next stands first, then what was, newest first
  const sorted = [
    ...touches.filter(isAhead).toSorted(days),
    ...touches.filter((touch) => !isAhead(touch)).toSorted((a, b) => days(b, a)),
  ];
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t("day")}</th>
          <th scope="col">{t("touch")}</th>
          <th scope="col">{t("status")}</th>
          <th scope="col">{t("with")}</th>
          <th scope="col">{t("program")}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((touch) => (
          <tr key={touch.id}>
            <td className="tabular" style={{ whiteSpace: "nowrap" }}>
              {format.shortDay(dayOf(touch))}
            </td>
            <td>
              <UnstyledButton fz="sm" fw={550} onClick={() => open(touch)}>
                {touch.title}
              </UnstyledButton>
            </td>
            <td>
              <Group gap={6} wrap="nowrap">
                <Dot tone={toneOf(touch, today)} />
                {t(`status_${touch.status}`)}
                {touch.result !== null && ` · ${resultWord(touch.result, words)}`}
              </Group>
            </td>
            <td>{touch.contact_name ?? touch.contact ?? "–"}</td>
            <td>{touch.program?.replaceAll("_", " ") ?? "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Legend() {
  const t = useText("account");
  return (
    <Group gap="md">
      {(["open", "done", "late", "gone"] as const).map((tone) => (
        <Group key={tone} gap={5}>
          <Dot tone={tone} />
          <Text size="xs" c="dimmed">
            {t(`tone_${tone}`)}
          </Text>
        </Group>
      ))}
    </Group>
  );
}
