import { ActionIcon, SegmentedControl } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useOfferCommands } from "../../shell/commands.ts";
import { useText } from "../../text/text.ts";
import { IconPrinter } from "../../ui/icons.ts";
import { NoAccounts, useIsEmptyBook } from "../../ui/no-accounts.tsx";
import { Page } from "../../ui/page.tsx";
import { Flows } from "./flows.tsx";
import { InNeed, Movers, ThisWeek } from "./happening.tsx";
import { HealthNowAndThen } from "./health.tsx";
import { KeyFigures } from "./key-figures.tsx";
import "../../ui/plain-table.css";
import { Tip } from "../../ui/tip.tsx";
import "./overview.css";
import { RenewalsSoon } from "./renewals.tsx";
import { RowsDrawer } from "./rows-drawer.tsx";
import { Levels, Stages } from "./standings.tsx";
import { TouchesDone } from "./touches-done.tsx";
import { useOverview, useOverviewView } from "./use-overview.ts";

/** The book for those who lead: where it stands, where it goes, what comes up, what was done. */
export function OverviewScreen() {
  const t = useText("overview");
  const format = useFormat();
  const { today, from, period, change } = useOverviewView();
  // there may be some that nobody has decided yet
  const isEmptyBook = useIsEmptyBook(useOverview(from).data?.accounts === 0);
  useOfferCommands([
    ...(["30", "90", "365", "quarter"] as const).map((value) => ({
      label: `${t("period")}: ${t(`period_${value}`)}`,
      run: () => change({ period: value }),
    })),
    { label: t("print"), run: () => window.print() },
  ]);
  return (
    <Page
      title={t("title")}
      about={t("about", { from: format.shortDay(from), today: format.day(today) })}
      actions={
        <>
          <SegmentedControl
            aria-label={t("period")}
            value={period}
            onChange={(value) => change({ period: value })}
            data={(["30", "90", "365", "quarter"] as const).map((value) => ({
              value,
              label: t(`period_${value}`),
            }))}
          />
          <Tip label={t("print")}>
            <ActionIcon aria-label={t("print")} onClick={() => window.print()}>
              <IconPrinter size={16} aria-hidden />
            </ActionIcon>
          </Tip>
        </>
      }
    >
      {isEmptyBook === true ? <NoAccounts /> : <Sections />}
    </Page>
  );
}

function Sections() {
  const { stages } = useWorkspace();
  return (
    <>
      <KeyFigures />
      {stages.length > 0 ? (
        <div className="overview-columns">
          <Levels />
          <Stages />
        </div>
      ) : (
        <Levels />
      )}
      <Flows />
      <div className="overview-columns">
        <HealthNowAndThen />
        <Movers />
      </div>
      <RenewalsSoon />
      <TouchesDone />
      <div className="overview-columns">
        <InNeed />
        <ThisWeek />
      </div>
      <RowsDrawer />
    </>
  );
}
