import { Alert, Button, Checkbox, Group, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useFormat } from "../../lib/format.ts";
import { pausesQuery } from "../../lib/pauses.ts";
import { queries } from "../../lib/queries.ts";
import { useText } from "../../text/text.ts";
import { Failed } from "../../ui/failed.tsx";
import { Loading } from "../../ui/loading.tsx";
import { ASK_AGAIN_MS, type FirstRun, firstRunQuery, WORKSPACE_KEYS } from "./first-run.ts";
import { readFirstPlan } from "./first-plan.ts";

/** What would be decided, before anything is; then it goes live. */
export function LiveStep({ run }: { readonly run: FirstRun }) {
  const t = useText("welcome");
  const format = useFormat();
  const navigate = useNavigate();
  const [isPaused, setPaused] = useState(true);
  const [allowed, setAllowed] = useState<ReadonlySet<string>>(new Set());
  const found = useQuery({
    queryKey: ["first-plan", run.choice, run.accounts, run.contacts, run.events],
    queryFn: async () => {
      const { source, messages } = await ask(api.GET("/api/first-run/model"));
      const plan = await ask(api.POST("/api/models/plan", { body: { source, messages } }));
      return { source, messages, plan: readFirstPlan(plan) };
    },
    staleTime: 0,
    retry: false,
  });
  const live = useAct({
    run: async (
      files: { readonly source: string; readonly messages: Record<string, string> },
      key,
    ) => {
      if (isPaused)
        await ask(
          api.POST("/api/pauses", {
            body: { scope: "all", reason: t("pauseReason") },
            headers: idempotent(`${key}-pause`),
          }),
        );
      return ask(
        api.POST("/api/models/apply", {
          body: { ...files, reason: t("liveReason"), allow: [...allowed] },
          headers: idempotent(key),
        }),
      );
    },
    refresh: [pausesQuery.queryKey],
    onDone: () => {
      void Promise.all(WORKSPACE_KEYS.map((queryKey) => queries.refetchQueries({ queryKey }))).then(
        () => navigate({ to: "/portfolio" }),
      );
    },
  });
  // the model is live at once and deciding goes on: how far it is comes with the first run
  useQuery({ ...firstRunQuery, enabled: live.isBusy, refetchInterval: ASK_AGAIN_MS });
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data)
    return (
      <Stack gap={0}>
        <Text size="sm" c="dimmed">
          {t("deciding")}
        </Text>
        <Loading lines={5} />
      </Stack>
    );
  const { plan, source, messages } = found.data;
  const blocking = plan.problems.filter(({ severity }) => severity === "blocking");
  const isBlocked = blocking.some(({ code }) => !allowed.has(code));
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" maw={680}>
        {t("liveText", { count: plan.accounts })}
      </Text>
      <Group align="flex-start" gap={48}>
        <Tally title={t("byLevel")} rows={plan.levels} total={plan.accounts} />
        <Tally title={t("byStage")} rows={plan.stages} total={plan.accounts} />
        <Stack gap={6}>
          <Text fw={600}>{t("thatMeans")}</Text>
          <Text size="sm">{t("meansHuman", { count: plan.humanTouches })}</Text>
          <Text size="sm">{t("meansMessages", { count: plan.messages })}</Text>
        </Stack>
      </Group>
      {plan.levels.length === 1 && plan.accounts > 1 && (
        <Alert color="orange" title={t("oneLevel", { level: plan.levels[0]?.name ?? t("noneOf") })}>
          <Group justify="space-between">
            <Text size="sm">{t("oneLevelText")}</Text>
            <Button
              size="xs"
              variant="default"
              onClick={() => void navigate({ to: "/welcome", search: { step: "facts" } })}
            >
              {t("step_facts")}
            </Button>
          </Group>
        </Alert>
      )}
      {plan.problems.map((one) => (
        <Alert
          key={`${one.code} ${one.where}`}
          color={one.severity === "blocking" ? "red" : "orange"}
          title={one.message}
        >
          <Text size="sm">{one.hint}</Text>
          {one.severity === "blocking" && (
            <Checkbox
              mt="xs"
              label={t("allTheSame")}
              checked={allowed.has(one.code)}
              onChange={() => {
                const next = new Set(allowed);
                if (!next.delete(one.code)) next.add(one.code);
                setAllowed(next);
              }}
            />
          )}
        </Alert>
      ))}
      <Checkbox
        label={t("startPaused")}
        description={t("startPausedText")}
        checked={isPaused}
        onChange={(event) => setPaused(event.currentTarget.checked)}
      />
      <Group>
        <Button
          size="sm"
          disabled={isBlocked}
          loading={live.isBusy}
          onClick={() => live.act({ source, messages })}
        >
          {t("goLive")}
        </Button>
        {live.isBusy && (
          <Text size="sm" c="dimmed" role="status">
            {t("goingLive", { accounts: format.number(plan.accounts) })}
          </Text>
        )}
      </Group>
    </Stack>
  );
}

interface TallyProps {
  readonly title: string;
  readonly rows: readonly { readonly name: string | null; readonly accounts: number }[];
  readonly total: number;
}

function Tally({ title, rows, total }: TallyProps) {
  const t = useText("welcome");
  const format = useFormat();
  return (
    <Table fz="sm" verticalSpacing={4} w={300} aria-label={title}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{title}</Table.Th>
          <Table.Th ta="right">{t("accounts")}</Table.Th>
          <Table.Th ta="right">{t("share")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ name, accounts }) => (
          <Table.Tr key={name ?? ""}>
            <Table.Td fw={550}>{name ?? t("noneOf")}</Table.Td>
            <Table.Td ta="right" className="tabular">
              {format.number(accounts)}
            </Table.Td>
            <Table.Td ta="right" className="tabular">
              {format.percent(total === 0 ? 0 : accounts / total)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
