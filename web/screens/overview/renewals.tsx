import { SegmentedControl, Text } from "@mantine/core";
import type { EChartsOption } from "echarts";
import { useMemo } from "react";
import type { components } from "../../lib/api-types.ts";
import { type Format, useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { Chart } from "../../ui/chart.tsx";
import { Empty } from "../../ui/empty.tsx";
import { portfolioHref } from "./rows.ts";
import { Asked, Section } from "./section.tsx";
import { useOverviewView, useRenewals } from "./use-overview.ts";

type Renewals = components["schemas"]["Renewals"];
type Unit = "accounts" | "revenue";

/** What comes up for renewal this quarter and next, by month and health. */
export function RenewalsSoon() {
  const t = useText("overview");
  const format = useFormat();
  const { search, change } = useOverviewView();
  const unit = search.renewals ?? "revenue";
  const query = useRenewals();
  const found = query.data;
  return (
    <Section
      title={t("renewals")}
      definition={
        typeof found?.fact === "string"
          ? t("renewalsDefinition", {
              fact: found.fact,
              from: format.day(found.from),
              to: format.day(found.to),
            })
          : t("noRenewalFact")
      }
      actions={
        <SegmentedControl
          aria-label={t("countBy")}
          value={unit}
          onChange={(value) => change({ renewals: value })}
          data={[
            { value: "revenue", label: t("revenue") },
            { value: "accounts", label: t("accounts") },
          ]}
        />
      }
    >
      <Asked query={query} lines={6}>
        {(renewals) =>
          renewals.fact === null ? (
            <Empty title={t("noRenewalFact")} text={t("noRenewalFactText")} />
          ) : (
            <>
              <div className="overview-columns">
                <MonthsChart renewals={renewals} unit={unit} />
                <MonthsTable renewals={renewals} unit={unit} />
              </div>
              {renewals.unknown + renewals.past > 0 && (
                <Text size="xs" c="dimmed">
                  {t("renewalsOther", {
                    unknown: format.number(renewals.unknown),
                    past: format.number(renewals.past),
                  })}
                </Text>
              )}
            </>
          )
        }
      </Asked>
    </Section>
  );
}

interface MonthsProps {
  readonly renewals: Renewals;
  readonly unit: Unit;
}

/** By place from the worst on: unknown is grey. */
const COLORS = ["#d6336c", "#e8a100", "#2f9e44"];
const UNKNOWN_COLOR = "#868e96";

function MonthsChart({ renewals, unit }: MonthsProps) {
  const t = useText("overview");
  const format = useFormat();
  const option = useMemo(() => monthsOption(renewals, unit, format), [renewals, unit, format]);
  return <Chart option={option} height={240} label={t("renewalsLabel")} />;
}

function monthName(day: string, format: Format): string {
  // "3 Mar" without its day
  return format
    .shortDay(`${day.slice(0, 7)}-15`)
    .replace(/\b15\b,?\s*/, "")
    .trim();
}

function monthsOption({ months, bands }: Renewals, unit: Unit, format: Format): EChartsOption {
  return {
    grid: { left: 4, right: 12, top: 32, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10 },
    tooltip: {
      trigger: "axis",
      valueFormatter: (value) =>
        unit === "revenue" ? format.money(Number(value)) : format.number(Number(value)),
    },
    xAxis: { type: "category", data: months.map(({ from }) => monthName(from, format)) },
    yAxis: {
      type: "value",
      axisLabel: {
        formatter: (value: number) =>
          unit === "revenue" ? format.shortMoney(value) : format.number(value),
      },
    },
    series: bands.map((band, place) => ({
      type: "bar",
      name: band,
      stack: "all",
      barMaxWidth: 44,
      color: band === "unknown" ? UNKNOWN_COLOR : (COLORS[place] ?? UNKNOWN_COLOR),
      data: months.map((month) => month.bands.find((one) => one.band === band)?.[unit] ?? 0),
    })),
  };
}

function MonthsTable({ renewals: { months, bands, fact }, unit }: MonthsProps) {
  const t = useText("overview");
  const format = useFormat();
  const show = (value: number) =>
    unit === "revenue" ? format.shortMoney(value) : format.number(value);
  return (
    <table className="plain-table band-table">
      <thead>
        <tr>
          <th scope="col">{t("month")}</th>
          {bands.map((band) => (
            <th scope="col" key={band} className="number">
              {band}
            </th>
          ))}
          <th scope="col" className="number">
            {t("all")}
          </th>
        </tr>
      </thead>
      <tbody>
        {months.map((month) => (
          <tr key={month.from}>
            <th scope="row">{monthName(month.from, format)}</th>
            {month.bands.map((cell) => (
              <td key={cell.band} className="number">
                {cell.accounts === 0 ? (
                  <span style={{ opacity: 0.35 }} aria-hidden>
                    ·
                  </span>
                ) : (
                  <a
                    className="plain-link"
                    href={portfolioHref(cell.where)}
                    aria-label={t("renewalCell", {
                      count: cell.accounts,
                      band: cell.band,
                      month: monthName(month.from, format),
                      money: format.money(cell.revenue),
                    })}
                  >
                    {show(cell[unit])}
                  </a>
                )}
              </td>
            ))}
            <td className="number">
              <a
                className="plain-link"
                href={portfolioHref(
                  `${fact ?? ""} >= date("${month.from}") && ${fact ?? ""} <= date("${month.to}")`,
                )}
                aria-label={t("renewalAll", {
                  count: month.bands.reduce((sum, one) => sum + one.accounts, 0),
                  month: monthName(month.from, format),
                  money: format.money(month.bands.reduce((sum, one) => sum + one.revenue, 0)),
                })}
              >
                {show(month.bands.reduce((sum, one) => sum + one[unit], 0))}
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
