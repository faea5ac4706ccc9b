import { Box, Button, Group, Stack, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ComponentType, useEffect, useMemo } from "react";
import { useLive } from "../../lib/live.ts";
import { Problem } from "../../lib/problem.ts";
import { useOfferCommands } from "../../shell/commands.ts";
import { openPalette } from "../../shell/open-palette.ts";
import { useShowKeys } from "../../shell/shortcut-keys.tsx";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconBuilding } from "../../ui/icons.ts";
import { later, usePreload } from "../../ui/later.tsx";
import { Loading } from "../../ui/loading.tsx";
import { explainQuery } from "../../ui/why/explained.ts";
import { AccountHeader } from "./account-header.tsx";
import { accountQuery } from "./account-queries.ts";
import { type Tab, TABS } from "./account-search.ts";
import { AccountSummary } from "./account-summary.tsx";
import "./account.css";
import { AsOfBanner } from "./as-of.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { useAccountPlace } from "./use-account.ts";

const TimelineTab = later(
  async () => (await import("./timeline-tab.tsx")).TimelineTab,
  <Loading />,
);
const TouchesTab = later(async () => (await import("./touches-tab.tsx")).TouchesTab, <Loading />);
const UsageTab = later(async () => (await import("./usage-tab.tsx")).UsageTab, <Loading />);
const ContactsTab = later(
  async () => (await import("./contacts-tab.tsx")).ContactsTab,
  <Loading />,
);
const FactsTab = later(async () => (await import("./facts-tab.tsx")).FactsTab, <Loading />);

const CONTENT: { readonly [T in Tab]: ComponentType } = {
  overview: OverviewTab,
  timeline: TimelineTab,
  touches: TouchesTab,
  usage: UsageTab,
  contacts: ContactsTab,
  facts: FactsTab,
};

/** One account: where it stands and why, what happened, what comes, who is there. */
export function AccountScreen() {
  const t = useText("account");
  const common = useText("common");
  const { id, search, show } = useAccountPlace();
  usePreload(TouchesTab, TimelineTab);
  const { data: seen, error, refetch } = useQuery(accountQuery(id));
  useQuery(explainQuery(id, search.at));
  useLive(["accounts", "touches", "contacts", "outbox"], [["account", id]], id);
  useShowKeys(
    useMemo(
      () => ({
        title: t("title"),
        keys: [
          { keys: "n", does: t("notePlaceholder") },
          { keys: "Ctrl Enter", does: t("addNote") },
          { keys: "← →", does: t("arrowDays") },
        ],
      }),
      [t],
    ),
  );
  useOfferCommands(
    TABS.map((one) => ({
      label: `${t("title")}: ${t(`tab_${one}`)}`,
      run: () => show({ tab: one }, true),
    })),
  );
  const name = seen?.account.name ?? id;
  useEffect(() => {
    document.title = `${name} · ${common("appName")}`;
  }, [name, common]);
  if (error instanceof Problem && error.status === 404)
    return (
      <Empty icon={IconBuilding} title={t("noSuchAccount", { id })} text={t("noSuchAccountText")}>
        <Group mt="sm">
          <Button onClick={openPalette}>{t("findAccount")}</Button>
          <Button component={Link} to="/portfolio" variant="default">
            {common("navPortfolio")}
          </Button>
        </Group>
      </Empty>
    );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!seen) return <Loading lines={8} />;
  const tab = search.tab ?? "overview";
  const Content = CONTENT[tab];
  return (
    <Stack gap="md" p="lg">
      <AsOfBanner />
      <AccountHeader seen={seen} />
      <Box className="account-body">
        <AccountSummary account={seen.account} />
        <Tabs
          value={tab}
          onChange={(next) => show({ tab: TABS.find((one) => one === next) }, true)}
          keepMounted={false}
          style={{ minWidth: 0 }}
        >
          <Tabs.List>
            {TABS.map((one) => (
              <Tabs.Tab key={one} value={one} fz="sm">
                {t(`tab_${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={tab} pt="md">
            <Content />
          </Tabs.Panel>
        </Tabs>
      </Box>
    </Stack>
  );
}
