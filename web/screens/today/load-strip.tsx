import { Anchor, Badge, Box, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { Definition } from "../../ui/figure.tsx";
import { PopUp } from "../../ui/pop-up.tsx";
import type { Load } from "./today-queries.ts";

type Week = Load["weeks"][number];

interface LoadStripProps {
  readonly load: Load;
  readonly onOpen: (touch: string) => void;
}

export const BAND_COLORS = {
  green: "var(--ts-green)",
  amber: "var(--ts-yellow)",
  red: "var(--ts-red)",
  none: "var(--mantine-color-dimmed)",
} as const;

/** My week: hours planned against the hours there are, day by day, and what won't fit. */
export function LoadStrip({ load, onOpen }: LoadStripProps) {
  const t = useText("today");
  const format = useFormat();
  const [week] = load.weeks;
  if (!week) return null;
  return (
    <Group justify="space-between" gap="xl" wrap="nowrap" align="center">
      <Group gap="md" wrap="nowrap" style={{ minWidth: 0 }}>
        <div>
          <Group gap={4} wrap="nowrap">
            <Text size="xs" c="dimmed" fw={500}>
              {format.daysFromToday(week.week) > 0 ? t("nextWeek") : t("thisWeek")}
            </Text>
            <Definition of={t("thisWeek")}>{t("loadDefinition")}</Definition>
          </Group>
          <Text size="sm" className="tabular" fw={600} style={{ whiteSpace: "nowrap" }}>
            {week.capacity === null
              ? t("planned", { hours: format.hours(week.minutes) })
              : t("plannedOf", {
                  hours: format.hours(week.minutes),
                  there: format.hours(week.capacity),
                })}
          </Text>
        </div>
        {load.unfit.length > 0 && <Unfit load={load} onOpen={onOpen} />}
      </Group>
      <DayBars week={week} />
    </Group>
  );
}

function DayBars({ week }: { readonly week: Week }) {
  const format = useFormat();
  const t = useText("today");
  const days = week.days.filter(({ working, touches }) => working || touches > 0);
  return (
    <div className="load-bars" role="list" aria-label={t("loadByDay")}>
      {days.map(({ day, minutes, capacity, band }) => {
        const there = capacity === null || capacity === 0 ? null : capacity;
        const title =
          there === null
            ? format.minutes(minutes)
            : t("plannedOf", { hours: format.hours(minutes), there: format.hours(there) });
        return (
          <div key={day} className="load-day tabular" role="listitem" title={title}>
            <Group justify="space-between" gap={2} wrap="nowrap">
              <Text
                span
                size="xs"
                c={format.daysFromToday(day) === 0 ? undefined : "dimmed"}
                fw={format.daysFromToday(day) === 0 ? 650 : 400}
              >
                {format.weekday(day).slice(0, 3)}
              </Text>
              <Text span size="xs" c="dimmed">
                {minutes === 0 ? "" : format.number(minutes / 60, 0)}
              </Text>
            </Group>
            <Box className="load-track" aria-hidden>
              <Box
                className="load-fill"
                style={{
                  width: `${there === null ? (minutes > 0 ? 100 : 0) : Math.min(100, (minutes / there) * 100)}%`,
                  background: BAND_COLORS[band],
                }}
              />
            </Box>
          </div>
        );
      })}
    </div>
  );
}

function Unfit({ load, onOpen }: LoadStripProps) {
  const t = useText("today");
  const format = useFormat();
  return (
    <PopUp
      width={420}
      position="bottom-start"
      trapFocus
      maxHeight={420}
      renderButton={(opener) => (
        <UnstyledButton {...opener}>
          <Badge color="red" size="md">
            {t("unfit", { count: load.unfit.length })}
          </Badge>
        </UnstyledButton>
      )}
    >
      <Stack gap="xs">
        <Text size="xs" c="dimmed" tabIndex={-1} data-autofocus style={{ outline: "none" }}>
          {t("unfitText")}
        </Text>
        {load.unfit.map((one) => (
          <Group key={one.id} justify="space-between" wrap="nowrap" gap="md">
            <Anchor
              component="button"
              type="button"
              size="sm"
              c="inherit"
              ta="start"
              onClick={() => onOpen(one.id)}
            >
              {one.account_name ?? one.account} · {one.title}
            </Anchor>
            <Text size="xs" c="dimmed" className="tabular" style={{ whiteSpace: "nowrap" }}>
              {format.weekday(one.due)} · {format.minutes(one.minutes)}
              {one.revenue === null ? "" : ` · ${format.shortMoney(one.revenue)}`}
            </Text>
          </Group>
        ))}
      </Stack>
    </PopUp>
  );
}
