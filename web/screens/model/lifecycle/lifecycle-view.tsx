import { Alert, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import { Empty } from "../../../ui/empty.tsx";
import { Failed } from "../../../ui/failed.tsx";
import { IconSitemap } from "../../../ui/icons.ts";
import { Loading } from "../../../ui/loading.tsx";
import { useBench } from "../bench-context.ts";
import { lifecycleQuery } from "../model-queries.ts";
import { useModelSearch } from "../use-model-search.ts";
import { ExitCriteria } from "./exit-criteria.tsx";
import { StageFlow } from "./stage-flow.tsx";
import { StuckAccounts } from "./stuck-accounts.tsx";

/** The stages as a flow: who is where, who went on, and what keeps those that are late. */
export function LifecycleView() {
  const t = useText("model");
  const format = useFormat();
  const { bench } = useBench();
  const [search, change] = useModelSearch();
  const flow = useQuery(lifecycleQuery);
  if (flow.error) return <Failed error={flow.error} retry={() => void flow.refetch()} />;
  if (!flow.data) return <Loading lines={5} height={60} />;
  if (flow.data.stages.length === 0)
    return <Empty icon={IconSitemap} title={t("noLifecycle")} text={t("noLifecycleText")} />;
  return (
    <Stack gap="lg">
      {bench.isModelChanged && (
        <Alert color="gray" py={6}>
          <Text size="sm">{t("countsAreLive")}</Text>
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {t("flowText", { since: format.day(flow.data.since) })}
      </Text>
      <StageFlow flow={flow.data} />
      <ExitCriteria flow={flow.data} />
      {search.stage !== undefined && (
        <StuckAccounts
          stage={search.stage}
          criterion={search.criterion}
          onClose={() => change({ stage: undefined, criterion: undefined })}
        />
      )}
    </Stack>
  );
}
