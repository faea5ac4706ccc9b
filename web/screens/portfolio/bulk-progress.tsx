import { Box, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, ask } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { AccountLink } from "../../ui/account-link.tsx";
import { Failed } from "../../ui/failed.tsx";

/** How far it is, and of which accounts it could not be done. It goes on when this is closed. */
export function BulkProgress({
  run,
  onClose,
}: {
  readonly run: string;
  readonly onClose: () => void;
}) {
  const t = useText("portfolio");
  const format = useFormat();
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["bulk", "run", run],
    queryFn: () => ask(api.GET("/api/bulk/{run}", { params: { path: { run } } })),
    refetchInterval: ({ state }) => (state.data?.finished_at ? false : 400),
  });
  const isDone = Boolean(data?.finished_at);
  useEffect(() => {
    if (isDone) void queries.invalidateQueries({ queryKey: ["portfolio"] });
  }, [isDone, queries]);
  if (error) return <Failed error={error} />;
  const done = data?.done ?? 0;
  const total = data?.total ?? 0;
  return (
    <Stack gap="sm">
      <Progress
        value={total === 0 ? 0 : (done / total) * 100}
        aria-label={t("bulk.progress")}
        animated={!isDone}
      />
      <Text size="sm" aria-live="polite" className="tabular">
        {isDone
          ? t("bulk.finished", {
              changed: format.number(data?.changed ?? 0, 0),
              total: format.number(total, 0),
            })
          : t("bulk.running", { done: format.number(done, 0), total: format.number(total, 0) })}
      </Text>
      {(data?.failed.length ?? 0) > 0 && (
        <Box mah={240} style={{ overflow: "auto" }}>
          <Text size="sm" fw={600} mb={4}>
            {t("bulk.failed", { count: data?.failed.length ?? 0 })}
          </Text>
          {data?.failed.map(({ account, name, why }) => (
            <Text key={account} size="sm">
              <AccountLink id={account} name={name} />{" "}
              <Text span c="dimmed" size="sm">
                {why}
              </Text>
            </Text>
          ))}
        </Box>
      )}
      <Group justify="flex-end">
        {!isDone && (
          <Text size="xs" c="dimmed">
            {t("bulk.goesOn")}
          </Text>
        )}
        <Button variant={isDone ? "filled" : "default"} onClick={onClose}>
          {t("close")}
        </Button>
      </Group>
    </Stack>
  );
}
