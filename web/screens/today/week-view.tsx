import { Box, Group, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { ChannelIcon } from "./channel-icon.tsx";
import { BAND_COLORS } from "./load-strip.tsx";
import { plusDays } from "./day-choices.ts";
import type { Load, ToDo } from "./today-queries.ts";
import type { Lists } from "./waiting-changes.ts";

interface WeekViewProps {
  readonly lists: Lists;
  readonly weeks: readonly string[];
  readonly load: Load | null;
  readonly open: string | undefined;
  readonly onOpen: (touch: string) => void;
}

/** Two weeks, a day a column: what is planned, in the order of what matters, and the hours of it. */
export function WeekView({ lists, weeks, load, open, onOpen }: WeekViewProps) {
  const { today } = lists;
  const rows = [...lists.due, ...lists.coming];
  const loads = new Map(
    (load?.weeks ?? []).flatMap(({ days }) => days.map((one) => [one.day, one])),
  );
  const unfit = new Set((load?.unfit ?? []).map(({ id }) => id));
  const days = weeks
    .flatMap((week) => Array.from({ length: 7 }, (_, at) => plusDays(week, at)))
    .filter((day) => day >= today)
    .map((day) => ({
      day,
      rows: rows.filter((row) => (row.due < today ? today : row.due) === day),
    }))
    .filter((one) => one.rows.length > 0 || (loads.get(one.day)?.working ?? true));
  return (
    <div className="week-view">
      {days.map((one) => (
        <DayColumn
          key={one.day}
          day={one.day}
          rows={one.rows}
          load={loads.get(one.day)}
          unfit={unfit}
          open={open}
          onOpen={onOpen}
        />
      ))}
    </div>
  );
}

interface DayColumnProps {
  readonly day: string;
  readonly rows: readonly ToDo[];
  readonly load: Load["weeks"][number]["days"][number] | undefined;
  readonly unfit: ReadonlySet<string>;
  readonly open: string | undefined;
  readonly onOpen: (touch: string) => void;
}

function DayColumn({ day, rows, load, unfit, open, onOpen }: DayColumnProps) {
  const t = useText("today");
  const format = useFormat();
  const minutes = rows.reduce((sum, row) => sum + row.minutes, 0);
  const there = load?.capacity ?? null;
  return (
    <section className="week-day" data-today={format.daysFromToday(day) === 0 || undefined}>
      <Stack gap={4} mb="sm">
        <Group justify="space-between" gap={4} wrap="nowrap">
          <Title order={2} fz="sm">
            {format.weekday(day)}
          </Title>
          <Text size="xs" c="dimmed" className="tabular">
            {minutes === 0 ? "" : format.hours(minutes)}
          </Text>
        </Group>
        <Box className="load-track" aria-hidden>
          <Box
            className="load-fill"
            style={{
              width: `${there === null || there === 0 ? 0 : Math.min(100, (minutes / there) * 100)}%`,
              background: BAND_COLORS[load?.band ?? "none"],
            }}
          />
        </Box>
      </Stack>
      {rows.map((row) => (
        <UnstyledButton
          key={row.id}
          className="week-card"
          data-active={open === row.id || undefined}
          aria-expanded={open === row.id}
          onClick={() => onOpen(row.id)}
        >
          <Text fw={600} size="sm" truncate>
            {row.account_name ?? row.account}
          </Text>
          <Text size="xs" truncate>
            {row.starts_at === null ? "" : `${format.time(row.starts_at)} `}
            {row.title}
          </Text>
          <Group gap={6} mt={4} wrap="nowrap">
            <ChannelIcon channel={row.channel} />
            <Text size="xs" c="dimmed" className="tabular" truncate>
              {format.minutes(row.minutes)}
              {row.must ? ` · ${t("must")}` : ""}
              {row.revenue === null ? "" : ` · ${format.shortMoney(row.revenue)}`}
            </Text>
          </Group>
          {row.overdue_days > 0 && (
            <Text size="xs" fw={600} style={{ color: "var(--ts-red)" }}>
              {t("daysLate", { count: row.overdue_days })}
            </Text>
          )}
          {unfit.has(row.id) && (
            <Text size="xs" fw={600} style={{ color: "var(--ts-red)" }}>
              {t("wontFit")}
            </Text>
          )}
        </UnstyledButton>
      ))}
    </section>
  );
}
