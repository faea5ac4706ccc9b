import { Alert, Button, Group, Select, Stack, Tabs, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useFormat } from "../../lib/format.ts";
import { useOfferCommands } from "../../shell/commands.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconUsers } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { BusyDays } from "./busy-days.tsx";
import "../../ui/plain-table.css";
import "./capacity.css";
import { type Tab, TABS } from "./capacity-search.ts";
import { Coverage } from "./coverage.tsx";
import { HeatMap } from "./heat-map.tsx";
import { SuggestedOwners } from "./owners.tsx";
import { RoleTotals } from "./role-totals.tsx";
import { Sliders } from "./sliders.tsx";
import { TouchesDrawer } from "./touches-drawer.tsx";
import { UnfitList } from "./unfit-list.tsx";
import {
  type Capacity,
  shownNow,
  shownThen,
  useCapacity,
  useCapacityView,
  useWhatIf,
} from "./use-capacity.ts";
import { Verdict } from "./verdict.tsx";
import { isNothing } from "./wish.ts";

/** Whether the work fits the people there are, and what would change that. */
export function CapacityScreen() {
  const t = useText("capacity");
  const { weeks, change } = useCapacityView();
  const query = useCapacity(weeks);
  useOfferCommands(
    TABS.map((one) => ({
      label: `${t("title")}: ${t(`tab_${one}`)}`,
      run: () => change({ tab: one }),
    })),
  );
  return (
    <Page
      title={t("title")}
      about={query.data && <About capacity={query.data} />}
      actions={
        <Select
          aria-label={t("weeksAhead")}
          w={120}
          allowDeselect={false}
          value={String(weeks)}
          onChange={(value) => change({ weeks: Number(value) })}
          data={[4, 8, 13, 26].map((count) => ({
            value: String(count),
            label: t("weeksCount", { count }),
          }))}
        />
      }
    >
      {query.data ? (
        <Loaded capacity={query.data} />
      ) : query.error ? (
        <Failed error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Loading lines={10} />
      )}
    </Page>
  );
}

function About({ capacity: { planned_through: planned, doers } }: { readonly capacity: Capacity }) {
  const t = useText("capacity");
  const format = useFormat();
  const people = doers.filter(({ kind }) => kind === "person").length;
  return t("about", { count: people, day: format.day(planned) });
}

function OpenTeam() {
  const t = useText("capacity");
  return (
    <Button
      component={Link}
      {...({ to: "/settings", search: { section: "team" } } as object)}
      variant="default"
    >
      {t("openTeam")}
    </Button>
  );
}

function Loaded({ capacity }: { readonly capacity: Capacity }) {
  const t = useText("capacity");
  const { weeks, wish, tab, change } = useCapacityView();
  const tried = useWhatIf(weeks, wish);
  const now = shownNow(capacity);
  const then = isNothing(wish) || !tried.data ? null : shownThen(tried.data);
  const shown = then ?? now;
  if (capacity.doers.length === 0)
    return (
      <Empty icon={IconUsers} title={t("nobody_there")} text={t("nobodyThereText")}>
        <OpenTeam />
      </Empty>
    );
  return (
    <div className="capacity-columns">
      <Stack gap="lg" style={{ minWidth: 0 }}>
        {!capacity.doers.some(({ kind }) => kind === "person") && (
          <Alert color="gray" role="note">
            <Group justify="space-between">
              <Text size="sm">{t("noPeople")}</Text>
              <OpenTeam />
            </Group>
          </Alert>
        )}
        <Verdict now={now} then={then} />
        {tried.error && <Failed error={tried.error} retry={() => void tried.refetch()} />}
        <Tabs value={tab} onChange={(next) => change({ tab: (next ?? "load") as Tab })}>
          <Tabs.List mb="md" className="no-print">
            {TABS.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`tab_${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="load">
            <Stack gap="lg">
              <HeatMap
                shown={shown}
                weeks={capacity.weeks}
                plannedThrough={capacity.planned_through}
              />
              <RoleTotals roles={shown.roles} weeks={capacity.weeks} />
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="unfit">
            <Stack gap="sm">{tab === "unfit" && <UnfitList shown={shown} />}</Stack>
          </Tabs.Panel>
          <Tabs.Panel value="coverage">
            <Coverage shown={shown} />
          </Tabs.Panel>
          <Tabs.Panel value="busy">{tab === "busy" && <BusyDays shown={shown} />}</Tabs.Panel>
          <Tabs.Panel value="owners">{tab === "owners" && <SuggestedOwners />}</Tabs.Panel>
        </Tabs>
      </Stack>
      <Sliders capacity={capacity} answer={tried.data} isBusy={tried.isFetching} />
      <TouchesDrawer shown={shown} weeks={capacity.weeks.length} />
    </div>
  );
}
