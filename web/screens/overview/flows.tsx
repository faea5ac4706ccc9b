import { SegmentedControl, Text } from "@mantine/core";
import type { EChartsOption } from "echarts";
import { useMemo } from "react";
import type { components } from "../../lib/api-types.ts";
import { type Format, useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { Chart } from "../../ui/chart.tsx";
import { FlowMatrix } from "./flow-matrix.tsx";
import { Asked, Section } from "./section.tsx";
import { useFlows, useOverviewView } from "./use-overview.ts";
import { useNames } from "./use-names.ts";

export type BookFlows = components["schemas"]["BookFlows"];

/** How accounts were spread over time, and from where to where they went. */
export function Flows() {
  const t = useText("overview");
  const format = useFormat();
  const names = useNames();
  const { search, from, change } = useOverviewView();
  const kind = search.flows ?? "level";
  const query = useFlows(kind, from);
  const kinds = (["level", "stage", "health"] as const).map((value) => ({
    value,
    label: t(`flowsOf_${value}`),
  }));
  return (
    <Section
      title={t("flows")}
      definition={t("flowsDefinition", { day: format.day(from) })}
      finding={query.data && findingOf(query.data)}
      actions={
        <SegmentedControl
          aria-label={t("flows")}
          value={kind}
          onChange={(value) => change({ flows: value })}
          data={kinds}
        />
      }
    >
      <Asked query={query} lines={8}>
        {(flows) => (
          <>
            {flows.since !== null && flows.since > flows.from && (
              <Text size="sm" c="dimmed">
                {t("knownSince", { day: format.day(flows.since) })}
              </Text>
            )}
            <div className="overview-columns">
              <Spread flows={flows} nameOf={names} />
              <FlowMatrix flows={flows} />
            </div>
          </>
        )}
      </Asked>
    </Section>
  );

  function findingOf({ net }: BookFlows): string {
    const moved = net.filter((one) => one.from !== one.to && one.from !== null && one.to !== null);
    const count = moved.reduce((sum, one) => sum + one.accounts, 0);
    return t("movedInPeriod", { count });
  }
}

interface SpreadProps {
  readonly flows: BookFlows;
  readonly nameOf: (name: string | null) => string;
}

/** Accounts by place over time, one upon the other. */
function Spread({ flows, nameOf }: SpreadProps) {
  const t = useText("overview");
  const format = useFormat();
  const option = useMemo(() => spreadOption(flows, nameOf, format), [flows, nameOf, format]);
  const last = flows.points.at(-1)?.standing ?? {};
  const told = flows.names.map((name) => `${nameOf(name)} ${last[name] ?? 0}`).join(", ");
  return <Chart option={option} height={260} label={`${t("spreadLabel")}: ${told}`} />;
}

const HEALTH_COLORS: Readonly<Record<string, string>> = {
  green: "#2f9e44",
  yellow: "#e8a100",
  red: "#d6336c",
  unknown: "#868e96",
};

function spreadOption(
  { points, names, of }: BookFlows,
  nameOf: (name: string | null) => string,
  format: Format,
): EChartsOption {
  return {
    grid: { left: 4, right: 12, top: 32, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10 },
    tooltip: { trigger: "axis" },
    xAxis: {
      type: "category",
      boundaryGap: false,
      data: points.map(({ day }) => format.shortDay(day)),
    },
    yAxis: { type: "value", minInterval: 1 },
    series: names.map((name) => ({
      type: "line",
      name: nameOf(name),
      stack: "all",
      areaStyle: { opacity: 0.75 },
      lineStyle: { width: 1 },
      symbol: "none",
      ...(of === "health" && HEALTH_COLORS[name] !== undefined
        ? { color: HEALTH_COLORS[name] }
        : {}),
      data: points.map(({ standing }) => standing[name] ?? 0),
    })),
  };
}
