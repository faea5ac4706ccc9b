import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { Figure } from "../../ui/figure.tsx";
import { portfolioHref } from "./rows.ts";
import { Asked } from "./section.tsx";
import { useFlows, useOverview, useOverviewView, useRenewals, useTallies } from "./use-overview.ts";

/** The book in six numbers, each with what it was and the rows behind it. */
export function KeyFigures() {
  const t = useText("overview");
  const format = useFormat();
  const { from, open, today } = useOverviewView();
  const overview = useOverview(from);
  const health = useFlows("health", from).data;
  const renewals = useRenewals().data;
  const tallies = useTallies(from).data;
  const before = health?.points[0]?.standing ?? {};
  const was = Object.values(before).reduce((sum, one) => sum + one, 0);
  const cells = renewals?.months.flatMap(({ bands }) => bands) ?? [];
  const human = tallies?.cells.filter((one) => one.human && one.outcome !== "off") ?? [];
  const planned = human.reduce((sum, one) => sum + one.touches, 0);
  const doneOfPlanned = (count: number) => (planned === 0 ? "–" : format.percent(count / planned));
  const done = human
    .filter(({ outcome }) => outcome === "done")
    .reduce((sum, one) => sum + one.touches, 0);
  const sinceNote = (count: number) =>
    health === undefined
      ? undefined
      : t("wasOn", { count: format.number(count), day: format.shortDay(from) });
  return (
    <Asked query={overview} lines={2}>
      {(now) => {
        const worst = now.bands[0];
        return (
          <div className="overview-figures">
            <Figure
              label={t("accounts")}
              value={format.number(now.accounts)}
              note={sinceNote(was)}
              definition={t("accountsDefinition", { day: format.day(now.today) })}
              href="/portfolio"
            />
            <Figure
              label={t("revenue")}
              value={format.shortMoney(now.revenue)}
              note={format.money(now.revenue)}
              definition={t("revenueDefinition")}
              href="/portfolio"
            />
            {worst && (
              <Figure
                label={t("inBand", { band: worst.name })}
                value={`${format.number(worst.accounts)} (${format.percent(worst.share)})`}
                note={sinceNote(before[worst.name] ?? 0)}
                definition={t("bandDefinition", { band: worst.name })}
                href={portfolioHref(`health_band == "${worst.name}"`)}
              />
            )}
            <Figure
              label={t("inNeed")}
              value={
                <button
                  type="button"
                  className="plain-link"
                  onClick={() => open({ of: "need" })}
                  aria-label={`${t("inNeed")}: ${format.number(now.needing)}`}
                >
                  {format.number(now.needing)}
                </button>
              }
              note={t("ofAll", { share: format.percent(now.needing / Math.max(1, now.accounts)) })}
              definition={t("inNeedDefinition")}
            />
            {typeof renewals?.fact === "string" && (
              <Figure
                label={t("renewalsSoon")}
                value={format.number(cells.reduce((sum, one) => sum + one.accounts, 0))}
                note={t("untilDay", {
                  money: format.shortMoney(cells.reduce((sum, one) => sum + one.revenue, 0)),
                  day: format.shortDay(renewals.to),
                })}
                definition={t("renewalsDefinition", {
                  fact: renewals.fact,
                  from: format.day(renewals.from),
                  to: format.day(renewals.to),
                })}
                href={portfolioHref(
                  `${renewals.fact} >= date("${renewals.from}") && ${renewals.fact} <= date("${renewals.to}")`,
                )}
              />
            )}
            {tallies && (
              <Figure
                label={t("touchesDone")}
                value={
                  <button
                    type="button"
                    className="plain-link"
                    onClick={() =>
                      open({ of: "touches", from, to: today, human: true, outcome: "done" })
                    }
                    aria-label={`${t("touchesDone")}: ${doneOfPlanned(done)}`}
                  >
                    {doneOfPlanned(done)}
                  </button>
                }
                note={t("doneOf", { done: format.number(done), planned: format.number(planned) })}
                definition={t("touchesDoneDefinition", { day: format.day(from) })}
              />
            )}
          </div>
        );
      }}
    </Asked>
  );
}
