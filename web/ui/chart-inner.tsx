import { useComputedColorScheme } from "@mantine/core";
import {
  BarChart,
  GraphChart,
  HeatmapChart,
  LineChart,
  SankeyChart,
  ScatterChart,
} from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { type EChartsType, init, use as addParts } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { EChartsOption } from "echarts";
import { useEffect, useRef, useState } from "react";

addParts([
  AriaComponent,
  BarChart,
  GraphChart,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  LineChart,
  MarkAreaComponent,
  MarkLineComponent,
  SankeyChart,
  ScatterChart,
  SVGRenderer,
  TooltipComponent,
  VisualMapComponent,
]);

export interface ChartProps {
  readonly option: EChartsOption;
  readonly height?: number;
  readonly label: string;
  /** A click on a mark: its series and its name or index. */
  readonly onPick?: (picked: {
    readonly series: string;
    readonly name: string;
    readonly index: number;
  }) => void;
}

/** Told apart by people who see no red and green, too. */
const COLORS = ["#0d9488", "#6366f1", "#d97706", "#db2777", "#64748b", "#0284c7"];

export function ChartInner({ option, height = 240, label, onPick }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    if (!place.current) return undefined;
    const made = init(place.current, scheme === "dark" ? "dark" : undefined, { renderer: "svg" });
    setChart(made);
    const resized = new ResizeObserver(() => made.resize());
    resized.observe(place.current);
    return () => {
      resized.disconnect();
      made.dispose();
      setChart(null);
    };
  }, [scheme]);
  useEffect(() => {
    chart?.setOption(
      {
        backgroundColor: "transparent",
        textStyle: { fontFamily: "Inter Variable, system-ui, sans-serif" },
        aria: { enabled: true, decal: { show: false } },
        animation: false,
        color: COLORS,
        ...option,
      },
      true,
    );
  }, [option, chart]);
  useEffect(() => {
    if (!chart || !onPick) return undefined;
    const picked = (event: { seriesName?: string; name: string; dataIndex: number }): void =>
      onPick({ series: event.seriesName ?? "", name: event.name, index: event.dataIndex });
    chart.on("click", picked as never);
    return () => {
      chart.off("click", picked);
    };
  }, [onPick, chart]);
  return <div ref={place} role="img" aria-label={label} style={{ height, width: "100%" }} />;
}
