import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { Failed } from "../../ui/failed.tsx";
import { IconDownload } from "../../ui/icons.ts";
import { Loading } from "../../ui/loading.tsx";
import { CountsLine } from "./counts-line.tsx";
import { DefinitionView } from "./definition-view.tsx";
import { RejectsTable } from "./rejects-table.tsx";

const ASK_EVERY_MS = 500;

export function importRunQuery(run: string) {
  return {
    queryKey: ["imports", run],
    queryFn: () => ask(api.GET("/api/imports/{run}", { params: { path: { run } } })),
    refetchInterval: ({ state }: { state: { data?: { status: string } | undefined } }) =>
      state.data?.status === "running" ? ASK_EVERY_MS : (false as const),
  };
}

/** One import: how far it is while it runs, then what came of it. */
export function ImportRun({ run }: { readonly run: string }) {
  const t = useText("imports");
  const format = useFormat();
  const found = useQuery(importRunQuery(run));
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading lines={3} />;
  const { status, counts, rejects, rejected, definition, error, warnings, file, by } = found.data;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t("runBy", {
          who: by ?? "–",
          when: format.instant(found.data.started_at),
          file,
        })}
      </Text>
      {Object.entries(counts).map(([name, one]) => (
        <Stack key={name} gap={6}>
          <Text fw={600}>
            {KINDS.has(name) ? t(`kindName_${name}` as "kindName_accounts") : name}
          </Text>
          {status === "running" ? (
            <Group gap="sm" role="status" aria-live="polite">
              <Progress
                flex={1}
                value={one.read === 0 ? 0 : (100 * one.done) / one.read}
                aria-label={t("progress")}
                animated
              />
              <Text size="sm" className="tabular">
                {t("rowsOf", { done: format.number(one.done), total: format.number(one.read) })}
              </Text>
            </Group>
          ) : (
            <CountsLine counts={one} isTrial={false} />
          )}
        </Stack>
      ))}
      {status === "running" && Object.keys(counts).length === 0 && (
        <Progress value={100} animated aria-label={t("progress")} />
      )}
      {error !== null && (
        <Alert color="red" title={t("brokenOff")}>
          {error}
        </Alert>
      )}
      {warnings.map((warning) => (
        <Text key={warning} size="sm" c="dimmed">
          {warning}
        </Text>
      ))}
      {status !== "running" && rejected > 0 && (
        <>
          <RejectsTable rejects={rejects} total={rejected} />
          <Button
            component="a"
            href={`/api/imports/${run}/rejects.csv`}
            download="rejected.csv"
            variant="default"
            w="fit-content"
            leftSection={<IconDownload size={14} aria-hidden />}
          >
            {t("downloadRejects")}
          </Button>
        </>
      )}
      {definition !== null && status !== "running" && (
        <DefinitionView definition={definition} file={file} />
      )}
    </Stack>
  );
}

const KINDS: ReadonlySet<string> = new Set(["accounts", "contacts", "events", "team"]);
