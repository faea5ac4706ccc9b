import type { EChartsOption } from "echarts";
import { useCallback, useEffect, useMemo, useRef } from "react";
import type { components } from "../../lib/api-types.ts";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { Chart } from "../../ui/chart.tsx";
import { daysBefore } from "./overview-search.ts";
import type { Outcome } from "./rows.ts";
import { Asked, Section } from "./section.tsx";
import { useNames } from "./use-names.ts";
import { useOverviewView, useTallies } from "./use-overview.ts";

type Tallies = components["schemas"]["TouchTallies"];

/** What people had to do, week by week and level by level, and what came of it. */
export function TouchesDone() {
  const t = useText("overview");
  const format = useFormat();
  const { from } = useOverviewView();
  return (
    <Section title={t("touches")} definition={t("touchesDefinition", { day: format.day(from) })}>
      <Asked query={useTallies(from)} lines={6}>
        {(tallies) => (
          <div className="overview-columns">
            <WeeksChart tallies={tallies} />
            <LevelsTable tallies={tallies} />
          </div>
        )}
      </Asked>
    </Section>
  );
}

const SHOWN: readonly (readonly [Outcome, string])[] = [
  ["done", "#0d9488"],
  ["open", "#94a3b8"],
  ["missed", "#d6336c"],
];

const COLUMNS: readonly Outcome[] = ["planned", ...SHOWN.map(([outcome]) => outcome)];

function WeeksChart({ tallies: { weeks, cells, from, to } }: { readonly tallies: Tallies }) {
  const t = useText("overview");
  const format = useFormat();
  const { open } = useOverviewView();
  // the chart draws itself anew when it gets another handler
  const opened = useRef(open);
  useEffect(() => {
    opened.current = open;
  });
  const pick = useCallback(
    ({ series, index }: { readonly series: string; readonly index: number }) => {
      const week = weeks[index];
      const outcome = SHOWN.find(([one]) => t(`outcome_${one}`) === series)?.[0];
      if (week === undefined || outcome === undefined) return;
      const last = daysBefore(week, -6);
      opened.current({
        of: "touches",
        from: week < from ? from : week,
        to: last > to ? to : last,
        human: true,
        outcome,
      });
    },
    [weeks, from, to, t],
  );
  const option = useMemo((): EChartsOption => {
    const sum = (week: string, outcome: Outcome) =>
      cells
        .filter((one) => one.human && one.week === week && one.outcome === outcome)
        .reduce((all, one) => all + one.touches, 0);
    return {
      grid: { left: 4, right: 12, top: 32, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10 },
      tooltip: { trigger: "axis" },
      xAxis: { type: "category", data: weeks.map((week) => format.shortDay(week)) },
      yAxis: { type: "value", minInterval: 1 },
      series: SHOWN.map(([outcome, color]) => ({
        type: "bar",
        name: t(`outcome_${outcome}`),
        stack: "all",
        color,
        barMaxWidth: 28,
        data: weeks.map((week) => sum(week, outcome)),
      })),
    };
  }, [weeks, cells, format, t]);
  return <Chart option={option} height={240} label={t("touchesLabel")} onPick={pick} />;
}

function LevelsTable({ tallies: { levels, cells, from, to } }: { readonly tallies: Tallies }) {
  const t = useText("overview");
  const format = useFormat();
  const nameOf = useNames();
  const { open } = useOverviewView();
  const human = cells.filter((one) => one.human && one.outcome !== "off");
  const sum = (level: string | null, outcome: Outcome) =>
    human
      .filter((one) => one.level === level && (outcome === "planned" || outcome === one.outcome))
      .reduce((all, one) => all + one.touches, 0);
  const shown = levels.filter((level) => sum(level, "planned") > 0);
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t("level")}</th>
          {COLUMNS.map((outcome) => (
            <th scope="col" key={outcome} className="number">
              {t(`outcome_${outcome}`)}
            </th>
          ))}
          <th scope="col" className="number">
            {t("donePart")}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((level) => (
          <tr key={level ?? ""}>
            <th scope="row">{nameOf(level ?? "")}</th>
            {COLUMNS.map((outcome) => (
              <td key={outcome} className="number">
                <button
                  type="button"
                  className="plain-link"
                  aria-label={t("touchCell", {
                    count: sum(level, outcome),
                    outcome: t(`outcome_${outcome}`),
                    level: nameOf(level ?? ""),
                  })}
                  onClick={() =>
                    open({ of: "touches", from, to, human: true, level: level ?? "", outcome })
                  }
                >
                  {format.number(sum(level, outcome))}
                </button>
              </td>
            ))}
            <td className="number">
              {format.percent(sum(level, "done") / Math.max(1, sum(level, "planned")))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
