import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { ChartProps } from "./chart-inner.tsx";

const Inner = lazy(async () => ({ default: (await import("./chart-inner.tsx")).ChartInner }));

/** An ECharts chart as SVG, loaded when the first one is shown. `label` says what it shows to those who cannot see it. */
export function Chart(props: ChartProps) {
  return (
    <Suspense fallback={<Skeleton height={props.height ?? 240} />}>
      <Inner {...props} />
    </Suspense>
  );
}
