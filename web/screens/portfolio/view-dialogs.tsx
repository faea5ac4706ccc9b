import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useText } from "../../text/text.ts";
import { useOpenedHere } from "../../ui/use-opened-here.ts";
import { type View, viewsQuery } from "./portfolio-data.ts";
import { type PortfolioSearch, viewContent } from "./portfolio-search.ts";

export type ViewDialog = "new" | "rename" | "remove";

interface ViewDialogsProps {
  /** null: none is open. */
  readonly open: ViewDialog | null;
  readonly current: View | undefined;
  readonly search: PortfolioSearch;
  readonly onOpen: (search: PortfolioSearch) => void;
  readonly onClose: () => void;
}

const REFRESH = [viewsQuery.queryKey];

/** Names a view, and asks before one is removed. */
export function ViewDialogs({ open, current, search, onOpen, onClose }: ViewDialogsProps) {
  const t = useText("portfolio");
  const isHere = useOpenedHere(open !== null);
  const remove = useAct({
    run: (view: string) => ask(api.DELETE("/api/views/{view}", { params: { path: { view } } })),
    onDone: () => {
      onClose();
      onOpen({ ...search, view: undefined });
    },
    refresh: REFRESH,
  });
  const isNaming = isHere && open !== "remove";
  return (
    <>
      <Modal
        closeButtonProps={{ "aria-label": t("close") }}
        opened={isNaming}
        onClose={onClose}
        title={t(open === "rename" ? "renameView" : "saveAsNew")}
      >
        {isNaming && (
          <ViewForm
            view={open === "rename" ? current : undefined}
            content={open === "rename" && current ? current.content : viewContent(search)}
            onDone={(view) => {
              onClose();
              onOpen(open === "new" ? { ...search, view: view.id } : search);
            }}
          />
        )}
      </Modal>
      <Modal
        closeButtonProps={{ "aria-label": t("close") }}
        opened={isHere && open === "remove"}
        onClose={onClose}
        title={t("removeView")}
      >
        <Stack>
          <Text size="sm">{t("removeViewSure", { name: current?.name ?? "" })}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
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
