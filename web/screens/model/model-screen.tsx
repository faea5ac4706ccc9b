import { Alert, Button, Group, Tabs, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useLive } from "../../lib/live.ts";
import { useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { Empty } from "../../ui/empty.tsx";
import { Failed } from "../../ui/failed.tsx";
import { IconCode, IconSitemap } from "../../ui/icons.ts";
import { later } from "../../ui/later.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { BenchContext } from "./bench-context.ts";
import { useChecked } from "./check/use-checked.ts";
import { DraftState } from "./draft-state.tsx";
import { FilesPanel } from "./files/files-panel.tsx";
import { ImpactStrip } from "./impact/impact-strip.tsx";
import { LevelsView } from "./levels/levels-view.tsx";
import { type ModelTab, TABS } from "./model-search.ts";
import { draftQuery, modelQuery, scenariosQuery } from "./model-queries.ts";
import { Notices } from "./notices.tsx";
import { useModelSearch } from "./use-model-search.ts";
import { type KeptDraft, type LiveFiles, useWorkbench } from "./use-workbench.ts";
import "./model.css";

const SegmentsView = later(
  async () => (await import("./segments/segments-view.tsx")).SegmentsView,
  <Loading />,
);
const LifecycleView = later(
  async () => (await import("./lifecycle/lifecycle-view.tsx")).LifecycleView,
  <Loading />,
);
const CadenceView = later(
  async () => (await import("./cadence/cadence-view.tsx")).CadenceView,
  <Loading />,
);
const ScenariosView = later(
  async () => (await import("./scenarios/scenarios-view.tsx")).ScenariosView,
  <Loading />,
);
const PlanView = later(async () => (await import("./plan/plan-view.tsx")).PlanView, <Loading />);
const HistoryView = later(
  async () => (await import("./history/history-view.tsx")).HistoryView,
  <Loading />,
);

const VIEWS = {
  levels: LevelsView,
  segments: SegmentsView,
  lifecycle: LifecycleView,
  cadence: CadenceView,
  scenarios: ScenariosView,
  plan: PlanView,
  history: HistoryView,
} as const;

/** Beside each other both can be read. */
const WIDE = "(min-width: 72em)";

/** The touch model: what it says, in pictures and in its own words, what a change would bring, and going live. */
export function ModelScreen() {
  const t = useText("model");
  const me = useMe();
  const mayEdit = me.may("ops");
  useLive(["models"], [["models"]]);
  const live = useQuery(modelQuery("live"));
  const scenarios = useQuery(scenariosQuery);
  const draft = useQuery({ ...draftQuery, enabled: mayEdit });
  const error = live.error ?? scenarios.error ?? draft.error;
  const files = useMemo(
    (): LiveFiles | null =>
      live.data && scenarios.data
        ? {
            version: live.data.version,
            source: live.data.source,
            messages: live.data.messages,
            scenarios: scenarios.data.files,
          }
        : null,
    [live.data, scenarios.data],
  );
  if (error)
    return (
      <Page title={t("title")}>
        <Failed error={error} retry={() => void live.refetch()} />
      </Page>
    );
  if (live.data === null)
    return (
      <Page title={t("title")}>
        <Empty icon={IconSitemap} title={t("noModel")} text={t("noModelText")}>
          {mayEdit && (
            <Button component="a" href="/welcome">
              {t("chooseTemplate")}
            </Button>
          )}
        </Empty>
      </Page>
    );
  if (!files || (mayEdit && !draft.isFetched))
    return (
      <Page title={t("title")}>
        <Loading lines={8} />
      </Page>
    );
  return (
    <Workspace
      live={files}
      name={live.data?.name ?? ""}
      draft={draft.data?.draft ?? null}
      canEdit={mayEdit}
    />
  );
}

interface WorkspaceProps {
  readonly live: LiveFiles;
  readonly name: string;
  readonly draft: KeptDraft | null;
  readonly canEdit: boolean;
}

function Workspace({ live, name, draft, canEdit }: WorkspaceProps) {
  const t = useText("model");
  const [search, change] = useModelSearch();
  const isWide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false });
  const bench = useWorkbench(live, draft, canEdit);
  const messages = useMemo(() => Object.keys(bench.files.messages), [bench.files.messages]);
  const checked = useChecked(bench.files.source, messages);
  const [place, setPlace] = useState<{ line: number; column?: number | undefined } | null>(null);
  const shared = useMemo(
    () => ({
      bench,
      checked,
      showPlace: (file: string, line: number, column?: number) => {
        change({
          yaml: isWide ? undefined : "yes",
          file: file === "model.yaml" ? undefined : file,
        });
        setPlace({ line, column });
      },
    }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `change` is made anew at each rendering
    [bench, checked, isWide],
  );
  const tab: ModelTab = search.tab === "plan" && !canEdit ? "levels" : (search.tab ?? "levels");
  const View = VIEWS[tab];
  const tabs = TABS.filter((one) => one !== "plan" || canEdit);
  const isBeside = search.yaml === undefined ? isWide : search.yaml === "yes";
  return (
    <BenchContext.Provider value={shared}>
      <Page
        isFull
        title={t("title")}
        about={t("about", { name, version: live.version })}
        actions={
          <>
            <DraftState />
            <Button
              variant="default"
              leftSection={<IconCode size={15} aria-hidden />}
              aria-pressed={isBeside}
              onClick={() => change({ yaml: isBeside ? "no" : "yes" })}
            >
              {isBeside ? t("hideYaml") : t("showYaml")}
            </Button>
          </>
        }
      >
        <Notices />
        <Group align="stretch" gap="md" wrap="nowrap" flex={1} mih={0}>
          <Tabs
            className="model-tabs"
            value={tab}
            onChange={(one) => change({ tab: one as ModelTab }, { push: true })}
          >
            <Tabs.List aria-label={t("views")}>
              {tabs.map((one) => (
                <Tabs.Tab key={one} value={one} fz="sm">
                  {t(`tab_${one}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {tab !== "plan" && tab !== "history" && <ImpactStrip />}
            {checked.isBroken && tab !== "history" && (
              <Alert color="yellow" py={6}>
                <Text size="sm">{t("brokenText")}</Text>
              </Alert>
            )}
            {/* one panel for all: only the view that is looked at is there */}
            <Tabs.Panel key={tab} value={tab} className="model-view" tabIndex={0}>
              <View />
            </Tabs.Panel>
          </Tabs>
          {isBeside && <FilesPanel place={place} />}
        </Group>
      </Page>
    </BenchContext.Provider>
  );
}
