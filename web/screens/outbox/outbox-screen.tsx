import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../lib/me.ts";
import { pausesQuery } from "../../lib/pauses.ts";
import { useOfferCommands } from "../../shell/commands.ts";
import { useText } from "../../text/text.ts";
import { Page } from "../../ui/page.tsx";
import { HeldList } from "./held-list.tsx";
import { MessageDrawer } from "./message-drawer.tsx";
import { MessageList } from "./message-list.tsx";
import { OUTBOX_VIEWS, type OutboxView } from "./outbox-search.ts";
import { PausesPanel } from "./pauses-panel.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { useOutboxSearch } from "./use-outbox-search.ts";

/** What went out, what is held and why, and what a message would look like. */
export function OutboxScreen() {
  const t = useText("outbox");
  const me = useMe();
  const [search, change] = useOutboxSearch();
  const pauses = useQuery(pausesQuery);
  const views = OUTBOX_VIEWS.filter((one) => one !== "preview" || me.may("ops"));
  // a link to a view that is not for this person leads to the first
  const view = views.find((one) => one === search.view) ?? "messages";
  useOfferCommands(
    views.map((one) => ({
      label: `${t("title")}: ${t(`view_${one}`)}`,
      run: () => change({ view: one }),
    })),
  );
  const count = pauses.data?.items.length ?? 0;
  return (
    <Page title={t("title")} about={t("about")}>
      <Tabs
        value={view}
        onChange={(one) => change({ view: (one ?? undefined) as OutboxView | undefined })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {views.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {one === "pauses" && count > 0 ? `${t("view_pauses")} (${count})` : t(`view_${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="messages">
          <MessageList />
        </Tabs.Panel>
        <Tabs.Panel value="held">
          <HeldList />
        </Tabs.Panel>
        <Tabs.Panel value="pauses">
          <PausesPanel />
        </Tabs.Panel>
        {me.may("ops") && (
          <Tabs.Panel value="preview">
            <PreviewPanel />
          </Tabs.Panel>
        )}
      </Tabs>
      <MessageDrawer />
    </Page>
  );
}
