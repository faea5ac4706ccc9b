import { Box, Button, Group, MultiSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { components } from "../../lib/api-types.ts";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { listOf } from "../../lib/search.ts";
import { useText } from "../../text/text.ts";
import { Chart } from "../../ui/chart.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconChartBar } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { spoken } from "../../ui/why/rule-words.ts";
import { Section } from "../../ui/why/section.tsx";
import { historyQuery, usageQuery } from "./account-queries.ts";
import { addDays, localDayOf } from "./days.ts";
import { lineOption, type MoveDay, moveDays, usageOption } from "./usage-charts.ts";
import { useAccountPlace } from "./use-account.ts";

/** What its users did over time, and the days on which that moved a decision. */
export function UsageTab() {
  const t = useText("account");
  const common = useText("common");
  const { today, revenue } = useWorkspace();
  const { id, search, show } = useAccountPlace();
  const [isTable, setTable] = useState(false);
  const days = search.days ?? "90";
  const by = search.by ?? (Number(days) > 90 ? "week" : "day");
  const to = search.at ?? today;
  const from = addDays(to, 1 - Number(days));
  const chosen = search.fact ?? revenue ?? "";
  const usage = useQuery(usageQuery(id, from, to, by));
  const history = useQuery(historyQuery(id, from, to, chosen));
  const error = usage.error ?? history.error;
  if (error) return <Failed error={error} />;
  const moves = history.data ? moveDays(history.data.decisions, from) : [];
  return (
    <Stack gap="lg">
      <Group gap="sm" justify="space-between">
        <Group gap="sm">
          <SegmentedControl
            aria-label={t("period")}
            data={(["30", "90", "180", "365"] as const).map((value) => ({
              value,
              label: t("lastDays", { count: Number(value) }),
            }))}
            value={days}
            onChange={(next) => show({ days: next, by: undefined })}
          />
          <SegmentedControl
            aria-label={t("byWhat")}
            data={(["day", "week"] as const).map((value) => ({ value, label: t(`by_${value}`) }))}
            value={by}
            onChange={(next) => show({ by: next })}
          />
        </Group>
        <Button variant="default" onClick={() => setTable(!isTable)}>
          {common(isTable ? "asChart" : "asTable")}
        </Button>
      </Group>
      {usage.data ? (
        <Events usage={usage.data} moves={moves} isTable={isTable} />
      ) : (
        <Loading lines={2} height={120} />
      )}
      {history.data ? (
        <Measures history={history.data} moves={moves} isTable={isTable} chosen={chosen} />
      ) : (
        <Loading lines={2} height={120} />
      )}
    </Stack>
  );
}

interface EventsProps {
  readonly usage: components["schemas"]["AccountUsage"];
  readonly moves: readonly MoveDay[];
  readonly isTable: boolean;
}

function Events({ usage, moves, isTable }: EventsProps) {
  const t = useText("account");
  const { timezone } = useWorkspace();
  const format = useFormat();
  const total = usage.events.reduce((sum, one) => sum + one.total, 0);
  const words = {
    users: t("activeUsers"),
    others: t("otherEvents"),
    day: (day: string) => format.shortDay(day),
  };
  if (total === 0)
    return (
      <Empty
        icon={IconChartBar}
        title={t("noUsage")}
        text={
          usage.last_event_at === null
            ? t("noUsageEver")
            : t("lastUsage", { day: format.day(localDayOf(usage.last_event_at, timezone)) })
        }
      />
    );
  return (
    <Section title={t("usage")} hint={t("usageHint")} aside={t("eventsInAll", { count: total })}>
      {isTable ? (
        <UsageTable usage={usage} moves={moves} />
      ) : (
        <Chart
          height={280}
          label={t("usageLabel", {
            count: total,
            from: format.day(usage.from),
            to: format.day(usage.to),
          })}
          option={usageOption(usage, moves, words)}
        />
      )}
      <Moves moves={moves} />
    </Section>
  );
}

/** The same as the dashed lines, in words, each leading to the account as of that day. */
function Moves({ moves }: { readonly moves: readonly MoveDay[] }) {
  const t = useText("account");
  const format = useFormat();
  const { show } = useAccountPlace();
  if (moves.length === 0)
    return (
      <Text size="xs" c="dimmed">
        {t("nothingMoved")}
      </Text>
    );
  return (
    <Group gap="xs">
      <Text size="xs" c="dimmed">
        {t("movedOn")}
      </Text>
      {moves.map(({ day, what }) => (
        <Button
          key={day}
          variant="default"
          size="compact-xs"
          onClick={() => show({ at: day, tab: "overview" }, true)}
          title={t("seeThatDay")}
        >
          {format.shortDay(day)}: {what}
        </Button>
      ))}
    </Group>
  );
}

function UsageTable({ usage, moves }: Omit<EventsProps, "isTable">) {
  const t = useText("account");
  const format = useFormat();
  const shown = usage.events.slice(0, 8);
  return (
    <Box style={{ overflowX: "auto" }} tabIndex={0} role="region" aria-label={t("usage")}>
      <table className="plain-table tabular">
        <thead>
          <tr>
            <th scope="col">{t("day")}</th>
            {shown.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">{t("activeUsers")}</th>
            <th scope="col">{t("moves")}</th>
          </tr>
        </thead>
        <tbody>
          {usage.days.map((day, place) => (
            <tr key={day}>
              <td>{format.shortDay(day)}</td>
              {shown.map(({ name, counts }) => (
                <td key={name}>{format.number(counts[place] ?? 0)}</td>
              ))}
              <td>{format.number(usage.users[place] ?? 0)}</td>
              <td>
                {moves
                  .filter((one) => one.day >= day && one.day < (usage.days[place + 1] ?? "9999"))
                  .map(({ what }) => what)
                  .join("; ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}

interface MeasuresProps {
  readonly history: components["schemas"]["AccountHistory"];
  readonly moves: readonly MoveDay[];
  readonly isTable: boolean;
  readonly chosen: string;
}

function Measures({ history, moves, isTable, chosen }: MeasuresProps) {
  const t = useText("account");
  const common = useText("common");
  const format = useFormat();
  const { show } = useAccountPlace();
  const names = Object.keys(history.facts);
  const lines = [
    { name: common("health"), values: history.health, max: 100 },
    ...names.map((name) => ({ name: spoken(name), values: history.facts[name] ?? [] })),
  ];
  return (
    <Stack gap="md">
      <MultiSelect
        label={t("factsOverTime")}
        data={history.numeric.map((name) => ({ value: name, label: spoken(name) }))}
        value={[...(listOf(chosen) ?? [])]}
        onChange={(next) => show({ fact: next.join(",") || undefined })}
        maxValues={4}
        searchable
        clearable
        maw={520}
      />
      {isTable ? (
        <FactTable history={history} />
      ) : (
        lines.map(({ name, values, ...how }) => (
          <Section key={name} title={name}>
            {values.every((value) => value === null) ? (
              <Text size="sm" c="dimmed">
                {t("neverKnown")}
              </Text>
            ) : (
              <Chart
                height={150}
                label={t("lineLabel", {
                  name,
                  last: format.value(values.findLast((one) => one !== null) ?? null),
                })}
                option={lineOption(history.days, values, moves, {
                  name,
                  day: (day) => format.shortDay(day),
                  ...how,
                })}
              />
            )}
          </Section>
        ))
      )}
    </Stack>
  );
}

function FactTable({ history }: { readonly history: components["schemas"]["AccountHistory"] }) {
  const t = useText("account");
  const common = useText("common");
  const format = useFormat();
  const names = Object.keys(history.facts);
  return (
    <Box
      style={{ overflow: "auto", maxHeight: 420 }}
      tabIndex={0}
      role="region"
      aria-label={t("factsOverTime")}
    >
      <table className="plain-table tabular">
        <thead>
          <tr>
            <th scope="col">{t("day")}</th>
            <th scope="col">{common("health")}</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {spoken(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {history.days.map((day, place) => (
            <tr key={day}>
              <td>{format.shortDay(day)}</td>
              <td>{format.value(history.health[place] ?? null)}</td>
              {names.map((name) => (
                <td key={name}>{format.value(history.facts[name]?.[place] ?? null)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}
