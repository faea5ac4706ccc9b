import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useLive } from "../../lib/live.ts";
import { useOfferCommands } from "../../shell/commands.ts";
import { useText } from "../../text/text.ts";
import {
  IconBookmark,
  IconCheck,
  IconEdit,
  IconPlus,
  IconStar,
  IconTrash,
  IconUsers,
} from "../../ui/icons.ts";
import { later, useEver, usePreload } from "../../ui/later.tsx";
import { type MenuLine, PopMenu } from "../../ui/pop-up.tsx";
import { type View, viewsQuery } from "./portfolio-data.ts";
import { isSameView, type PortfolioSearch, searchOfView, viewContent } from "./portfolio-search.ts";
import type { ViewDialog } from "./view-dialogs.tsx";

const ViewDialogs = later(async () => (await import("./view-dialogs.tsx")).ViewDialogs);

interface ViewsMenuProps {
  readonly search: PortfolioSearch;
  readonly onOpen: (search: PortfolioSearch) => void;
}

const REFRESH = [viewsQuery.queryKey];

/** Views that people keep: their own and the team's. */
export function ViewsMenu({ search, onOpen }: ViewsMenuProps) {
  const t = useText("portfolio");
  const views = useQuery(viewsQuery);
  useLive(["views"], REFRESH);
  usePreload(ViewDialogs);
  const [dialog, setDialog] = useState<ViewDialog | null>(null);
  const wasOpen = useEver(dialog !== null);
  const list = views.data?.items ?? [];
  const current = list.find(({ id }) => id === search.view);
  const isChanged = current !== undefined && !isSameView(search, current.content);
  const save = useAct({
    run: (view: View, key) =>
      ask(
        api.PUT("/api/views/{view}", {
          params: { path: { view: view.id } },
          body: { name: view.name, shared: view.shared, content: viewContent(search) },
          headers: idempotent(key),
        }),
      ),
    refresh: REFRESH,
  });
  const choose = useAct({
    run: (view: string | null) => ask(api.PUT("/api/views/default", { body: { view } })),
    refresh: REFRESH,
  });
  useOfferCommands([
    { label: t("saveAsNew"), run: () => setDialog("new") },
    ...list.map((view) => ({
      label: `${t("views")}: ${view.name}`,
      run: () => onOpen(searchOfView(view.id, view.content)),
    })),
  ]);
  const lines: readonly MenuLine[] = [
    ...(list.length === 0 ? [{ kind: "heading", text: t("noViews") } as const] : []),
    ...list.map((view) => ({
      text: view.name,
      left: <Mark isOn={view.id === search.view} />,
      right: <Kinds view={view} />,
      onClick: () => onOpen(searchOfView(view.id, view.content)),
    })),
    { kind: "rule" },
    {
      text: t("saveAsNew"),
      left: <IconPlus size={14} aria-hidden />,
      onClick: () => setDialog("new"),
    },
    ...(current?.mine && isChanged
      ? [
          {
            text: t("saveChanges", { name: current.name }),
            left: <IconBookmark size={14} aria-hidden />,
            onClick: () => save.act(current),
          },
        ]
      : []),
    ...(current
      ? [
          {
            text: t(current.is_default ? "notDefault" : "makeDefault"),
            left: <IconStar size={14} aria-hidden />,
            onClick: () => choose.act(current.is_default ? null : current.id),
          },
        ]
      : []),
    ...(current?.mine
      ? [
          {
            text: t("renameView"),
            left: <IconEdit size={14} aria-hidden />,
            onClick: () => setDialog("rename"),
          },
          {
            text: t("removeView"),
            left: <IconTrash size={14} aria-hidden />,
            color: "red" as const,
            onClick: () => setDialog("remove"),
          },
        ]
      : []),
  ];
  return (
    <>
      <PopMenu
        position="bottom-end"
        width={280}
        lines={lines}
        renderButton={(opener) => (
          <Button
            {...opener}
            variant="default"
            leftSection={<IconBookmark size={14} aria-hidden />}
            maw={220}
          >
            <Text span size="xs" fw={600} truncate>
              {current ? `${current.name}${isChanged ? " *" : ""}` : t("views")}
            </Text>
          </Button>
        )}
      />
      {wasOpen && (
        <ViewDialogs
          open={dialog}
          current={current}
          search={search}
          onOpen={onOpen}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

function Mark({ isOn }: { readonly isOn: boolean }) {
  return isOn ? (
    <IconCheck size={14} aria-hidden />
  ) : (
    <span style={{ width: 14, display: "block" }} />
  );
}

function Kinds({ view }: { readonly view: View }) {
  const t = useText("portfolio");
  return (
    <Group gap={4} wrap="nowrap">
      {view.is_default && <IconStar size={13} aria-label={t("isDefault")} />}
      {view.shared && <IconUsers size={13} aria-label={t("shared")} />}
    </Group>
  );
}
