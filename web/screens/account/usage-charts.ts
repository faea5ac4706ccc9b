import type { EChartsOption } from "echarts";
import type { components } from "../../lib/api-types.ts";

type Usage = components["schemas"]["AccountUsage"];
type History = components["schemas"]["AccountHistory"];
type Standing = History["decisions"][number];

/** A day on which a decision moved something, with what moved. */
export interface MoveDay {
  readonly day: string;
  readonly what: string;
}

/** The days on which level, stage or health band were decided otherwise than before. */
export function moveDays(decisions: readonly Standing[], from: string): MoveDay[] {
  const days = new Map<string, string[]>();
  decisions.forEach((now, place) => {
    const before = decisions[place - 1];
    if (!before || now.day < from) return;
    const moved = [
      ...changed(before.level, now.level),
      ...changed(before.stage, now.stage),
      ...changed(before.health_band, now.health_band),
    ];
    if (moved.length > 0) days.set(now.day, [...(days.get(now.day) ?? []), ...moved]);
  });
  return [...days].map(([day, moved]) => ({ day, what: moved.join(", ") }));
}

function changed(before: string | null, now: string | null): string[] {
  return before === now ? [] : [`${before ?? "–"} -> ${now ?? "–"}`];
}

/** The span of a chart in which a day lies; undefined: in none. */
export function spanOf(days: readonly string[], day: string): string | undefined {
  return days.findLast((start) => start <= day);
}

const MOST_EVENTS = 6;
/** Of the bars; other events and people have greys of their own. */
const COLORS = ["#0d9488", "#6366f1", "#d97706", "#db2777", "#0284c7", "#65a30d"];
const GRID = { left: 44, right: 44, top: 36, bottom: 26 };

interface Words {
  readonly users: string;
  readonly others: string;
  readonly day: (day: string) => string;
}

function marks(days: readonly string[], moves: readonly MoveDay[]) {
  return {
    symbol: ["none", "circle"],
    symbolSize: 6,
    lineStyle: { type: "dashed" as const, width: 1, color: "#6366f1" },
    label: { show: false },
    emphasis: { label: { show: true, formatter: "{b}", position: "insideEndTop" as const } },
    data: moves.flatMap(({ day, what }) => {
      const xAxis = spanOf(days, day);
      return xAxis === undefined ? [] : [{ xAxis, name: what }];
    }),
  };
}

/** Counts of the commonest events as stacked bars, active people as a line, moves as dashed lines. */
export function usageOption(usage: Usage, moves: readonly MoveDay[], words: Words): EChartsOption {
  const { days } = usage;
  const common = usage.events.slice(0, MOST_EVENTS);
  const rest = usage.events.slice(MOST_EVENTS);
  const others = days.map((_, place) =>
    rest.reduce((sum, { counts }) => sum + (counts[place] ?? 0), 0),
  );
  const bars = [
    ...common.map(({ name, counts }, place) => ({ name, counts, color: COLORS[place] })),
    ...(rest.length > 0 ? [{ name: words.others, counts: others, color: "#a8b3bd" }] : []),
  ];
  return {
    grid: GRID,
    legend: { top: 0, type: "scroll", itemWidth: 12, itemHeight: 8, textStyle: { fontSize: 12 } },
    tooltip: { trigger: "axis" },
    xAxis: {
      type: "category",
      data: [...days],
      axisLabel: { formatter: words.day, hideOverlap: true },
    },
    yAxis: [
      { type: "value", minInterval: 1, splitLine: { lineStyle: { opacity: 0.4 } } },
      { type: "value", minInterval: 1, splitLine: { show: false } },
    ],
    series: [
      ...bars.map(({ name, counts, color }) => ({
        type: "bar" as const,
        name,
        stack: "events",
        data: [...counts],
        barMaxWidth: 18,
        ...(color === undefined ? {} : { itemStyle: { color } }),
      })),
      {
        type: "line" as const,
        name: words.users,
        yAxisIndex: 1,
        data: [...usage.users],
        showSymbol: false,
        lineStyle: { width: 2, color: "#64748b" },
        itemStyle: { color: "#64748b" },
        markLine: marks(days, moves),
      },
    ],
  };
}

/** One line over the days, with moves. */
export function lineOption(
  days: readonly string[],
  values: readonly (number | null)[],
  moves: readonly MoveDay[],
  how: { readonly name: string; readonly day: (day: string) => string; readonly max?: number },
): EChartsOption {
  return {
    grid: { ...GRID, top: 12, right: 16, left: 60 },
    tooltip: { trigger: "axis" },
    xAxis: {
      type: "category",
      data: [...days],
      axisLabel: { formatter: how.day, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      scale: how.max === undefined,
      ...(how.max === undefined ? {} : { min: 0, max: how.max }),
      splitLine: { lineStyle: { opacity: 0.4 } },
    },
    series: [
      {
        type: "line",
        name: how.name,
        data: values.map((value) => (value === null ? "-" : Math.round(value * 100) / 100)),
        showSymbol: false,
        step: how.max === undefined ? "end" : false,
        markLine: marks(days, moves),
      },
    ],
  };
}
