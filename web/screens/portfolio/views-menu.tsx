import { Button, Checkbox, Group, Menu, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useLive } from "../../lib/live.ts";
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
import { type View, viewsQuery } from "./portfolio-data.ts";
import { isSameView, type PortfolioSearch, searchOfView, viewContent } from "./portfolio-search.ts";

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
  const [naming, setNaming] = useState<"new" | "rename" | null>(null);
  const [isRemoving, setRemoving] = useState(false);
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
  const remove = useAct({
    run: (view: string) => ask(api.DELETE("/api/views/{view}", { params: { path: { view } } })),
    onDone: () => {
      setRemoving(false);
      onOpen({ ...search, view: undefined });
    },
    refresh: REFRESH,
  });
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={280}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={14} aria-hidden />} maw={220}>
            <Text span size="xs" fw={600} truncate>
              {current ? `${current.name}${isChanged ? " *" : ""}` : t("views")}
            </Text>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {list.length === 0 && <Menu.Label>{t("noViews")}</Menu.Label>}
          {list.map((view) => (
            <Menu.Item
              key={view.id}
              leftSection={
                view.id === search.view ? (
                  <IconCheck size={14} aria-hidden />
                ) : (
                  <span style={{ width: 14, display: "block" }} />
                )
              }
              rightSection={
                <Group gap={4} wrap="nowrap">
                  {view.is_default && <IconStar size={13} aria-label={t("isDefault")} />}
                  {view.shared && <IconUsers size={13} aria-label={t("shared")} />}
                </Group>
              }
              onClick={() => onOpen(searchOfView(view.id, view.content))}
            >
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setNaming("new")}
          >
            {t("saveAsNew")}
          </Menu.Item>
          {current?.mine && isChanged && (
            <Menu.Item
              leftSection={<IconBookmark size={14} aria-hidden />}
              onClick={() => save.act(current)}
            >
              {t("saveChanges", { name: current.name })}
            </Menu.Item>
          )}
          {current && (
            <Menu.Item
              leftSection={<IconStar size={14} aria-hidden />}
              onClick={() => choose.act(current.is_default ? null : current.id)}
            >
              {t(current.is_default ? "notDefault" : "makeDefault")}
            </Menu.Item>
          )}
          {current?.mine && (
            <>
              <Menu.Item
                leftSection={<IconEdit size={14} aria-hidden />}
                onClick={() => setNaming("rename")}
              >
                {t("renameView")}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={14} aria-hidden />}
                onClick={() => setRemoving(true)}
              >
                {t("removeView")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal
        closeButtonProps={{ "aria-label": t("close") }}
        opened={naming !== null}
        onClose={() => setNaming(null)}
        title={t(naming === "rename" ? "renameView" : "saveAsNew")}
      >
        {naming !== null && (
          <ViewForm
            view={naming === "rename" ? current : undefined}
            content={naming === "rename" && current ? current.content : viewContent(search)}
            onDone={(view) => {
              setNaming(null);
              onOpen(naming === "new" ? { ...search, view: view.id } : search);
            }}
          />
        )}
      </Modal>
      <Modal
        closeButtonProps={{ "aria-label": t("close") }}
        opened={isRemoving}
        onClose={() => setRemoving(false)}
        title={t("removeView")}
      >
        <Stack>
          <Text size="sm">{t("removeViewSure", { name: current?.name ?? "" })}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setRemoving(false)}>
              {t("cancel")}
            </Button>
            <Button
              color="red"
              loading={remove.isBusy}
              onClick={() => current && remove.act(current.id)}
            >
              {t("removeView")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

interface ViewFormProps {
  /** undefined: a new one. */
  readonly view: View | undefined;
  readonly content: Record<string, unknown>;
  readonly onDone: (view: View) => void;
}

function ViewForm({ view, content, onDone }: ViewFormProps) {
  const t = useText("portfolio");
  const [name, setName] = useState(view?.name ?? "");
  const [shared, setShared] = useState(view?.shared ?? false);
  const save = useAct({
    run: (_: null, key) => {
      const body = { name: name.trim(), shared, content };
      return view
        ? ask(api.PUT("/api/views/{view}", { params: { path: { view: view.id } }, body }))
        : ask(api.POST("/api/views", { body, headers: idempotent(key) }));
    },
    onDone,
    refresh: REFRESH,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") save.act(null);
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t("viewName")}
          value={name}
          data-autofocus
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          label={t("shareView")}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={name.trim() === ""} loading={save.isBusy}>
            {t("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
