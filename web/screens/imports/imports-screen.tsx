import { Anchor, Badge, Button, Drawer, Group, Table, Tabs, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api, ask } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { given } from "../../lib/given.ts";
import { useLive } from "../../lib/live.ts";
import { useMe } from "../../lib/me.ts";
import { usePages } from "../../lib/pages.ts";
import { useOfferCommands } from "../../shell/commands.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconHistory, IconUpload } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { MoreRows } from "../../ui/more-rows.tsx";
import { Page } from "../../ui/page.tsx";
import { ImportFlow } from "./import-flow.tsx";
import { ImportRun } from "./import-run.tsx";
import type { ImportsSearch } from "./imports-search.ts";

/** Data from files: a new import, and those that were made. */
export function ImportsScreen() {
  const t = useText("imports");
  const common = useText("common");
  const me = useMe();
  const search: ImportsSearch = useSearch({ from: "/imports" });
  const navigate = useNavigate({ from: "/imports" });
  const change = (more: ImportsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...more }), replace: true });
  useOfferCommands(
    me.may("ops")
      ? [
          { label: t("newImport"), run: () => change({ view: "new" }) },
          { label: `${t("title")}: ${t("history")}`, run: () => change({ view: "history" }) },
        ]
      : [],
  );
  if (!me.may("ops"))
    return (
      <Page title={t("title")}>
        <Empty
          icon={IconUpload}
          title={common("notAllowedTitle")}
          text={common("notAllowedText")}
        />
      </Page>
    );
  return (
    <Page title={t("title")} about={t("about")}>
      <Tabs
        value={search.view ?? "new"}
        onChange={(view) => change({ view: view as ImportsSearch["view"] })}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="new">{t("newImport")}</Tabs.Tab>
          <Tabs.Tab value="history">{t("history")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="new" maw={1080}>
          <ImportFlow />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <RunList onOpen={(run) => change({ run })} onNew={() => change({ view: "new" })} />
        </Tabs.Panel>
      </Tabs>
      <Drawer
        opened={search.run !== undefined}
        onClose={() => change({ run: undefined })}
        position="right"
        size={680}
        title={<Text fw={600}>{t("oneImport")}</Text>}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        {search.run !== undefined && <ImportRun run={search.run} />}
      </Drawer>
    </Page>
  );
}

const STATUS_COLORS = { running: "blue", done: "gray", broken: "red" } as const;

interface RunListProps {
  readonly onOpen: (run: string) => void;
  readonly onNew: () => void;
}

function RunList({ onOpen, onNew }: RunListProps) {
  const t = useText("imports");
  const format = useFormat();
  const list = usePages(["imports", "list"], (cursor, signal) =>
    ask(
      api.GET("/api/imports", { params: { query: { ...given({ cursor }), limit: 50 } }, signal }),
    ),
  );
  useLive(["imports"], [["imports"]]);
  if (list.error) return <Failed error={list.error} retry={list.retry} />;
  if (!list.items) return <Loading />;
  if (list.items.length === 0)
    return (
      <Empty icon={IconHistory} title={t("noImports")} text={t("noImportsText")}>
        <Button mt="sm" onClick={onNew}>
          {t("newImport")}
        </Button>
      </Empty>
    );
  return (
    <>
      <Table.ScrollContainer minWidth={760}>
        <Table verticalSpacing={7} highlightOnHover fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("when")}</Table.Th>
              <Table.Th>{t("file")}</Table.Th>
              <Table.Th>{t("list")}</Table.Th>
              <Table.Th>{t("who")}</Table.Th>
              <Table.Th>{t("state")}</Table.Th>
              <Table.Th ta="right">{t("read")}</Table.Th>
              <Table.Th ta="right">{t("written")}</Table.Th>
              <Table.Th ta="right">{t("unchanged")}</Table.Th>
              <Table.Th ta="right">{t("rejected")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {list.items.map((run) => {
              const all = Object.values(run.counts);
              const sum = (key: "read" | "written" | "unchanged") =>
                format.number(all.reduce((total, one) => total + one[key], 0));
              return (
                <Table.Tr key={run.id}>
                  <Table.Td className="tabular" style={{ whiteSpace: "nowrap" }}>
                    {format.instant(run.started_at)}
                  </Table.Td>
                  <Table.Td maw={260}>
                    <Anchor component="button" size="sm" fw={550} onClick={() => onOpen(run.id)}>
                      {run.file}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>
                    {run.kind === "file"
                      ? t("kindName_file")
                      : t(`kindName_${run.kind}` as "kindName_accounts")}
                  </Table.Td>
                  <Table.Td>{run.by ?? "–"}</Table.Td>
                  <Table.Td>
                    <Badge color={STATUS_COLORS[run.status]}>{t(`state_${run.status}`)}</Badge>
                  </Table.Td>
                  <Table.Td ta="right" className="tabular">
                    {sum("read")}
                  </Table.Td>
                  <Table.Td ta="right" className="tabular">
                    {sum("written")}
                  </Table.Td>
                  <Table.Td ta="right" className="tabular">
                    {sum("unchanged")}
                  </Table.Td>
                  <Table.Td
                    ta="right"
                    className="tabular"
                    {...(run.rejected > 0 ? { c: "var(--ts-red)" } : {})}
                  >
                    {format.number(run.rejected)}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group justify="center">
        <MoreRows list={list} />
      </Group>
    </>
  );
}
