import { Skeleton } from "@mantine/core";
import type { ChartProps } from "./chart-inner.tsx";
import { later } from "./later.tsx";

const Inner = later(
  async () => (await import("./chart-inner.tsx")).ChartInner,
  ({ height = 240 }: ChartProps) => <Skeleton height={height} />,
);

/** An ECharts chart as SVG, loaded when the first one is shown. `label` says what it shows to those who cannot see it. */
export function Chart(props: ChartProps) {
  return <Inner {...props} />;
}
