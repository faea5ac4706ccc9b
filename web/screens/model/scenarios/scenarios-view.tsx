import { Badge, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../../lib/act.ts";
import { api, ask, idempotent } from "../../../lib/api.ts";
import { useText } from "../../../text/text.ts";
import type { components } from "../../../lib/api-types.ts";
import { Empty } from "../../../ui/empty.tsx";
import { Failed } from "../../../ui/failed.tsx";
import { IconPlayerPlay, IconTestPipe } from "../../../ui/icons.ts";
import { ScrollPanel } from "../../../ui/scroll-panel.tsx";
import { useBench } from "../bench-context.ts";
import { FIRST_SCENARIO_FILE, sameTexts, withScenarios } from "../model-files.ts";
import { CaseLine } from "./case-line.tsx";
import { casesIn } from "./cases-in.ts";

type Results = components["schemas"]["ScenarioResults"];
export type CaseResult = Results["files"][number]["cases"][number];

/** The tests that the model has to pass: run on what is written here, each with what was expected and found. */
export function ScenariosView() {
  const t = useText("model");
  const { bench, checked, showPlace } = useBench();
  const { source, messages, scenarios } = bench.files;
  const [isFailedOnly, setFailedOnly] = useState(false);
  const run = useMutation<{ results: Results; of: string }>({
    mutationFn: async () => {
      const body = { source, messages, scenarios };
      const headers = idempotent();
      const results = await ask(api.POST("/api/models/scenarios/run", { body, headers }));
      return { results, of: JSON.stringify(body) };
    },
  });
  const keep = useAct({
    run: () => ask(api.PUT("/api/models/scenarios", { body: { files: scenarios } })),
    refresh: [["models", "scenarios"]],
  });
  const files = Object.entries(scenarios).filter(([, text]) => /^cases\s*:/m.test(text));
  const { results, of } = run.data ?? {};
  const isUnread =
    results !== undefined &&
    results.passed + results.failed === 0 &&
    results.files.some(({ diagnostics }) => diagnostics.length > 0);
  const isOld = of !== undefined && of !== JSON.stringify({ source, messages, scenarios });
  if (files.length === 0)
    return (
      <Empty icon={IconTestPipe} title={t("noScenarios")} text={t("noScenariosText")}>
        {bench.canEdit && (
          <Button
            mt="sm"
            onClick={() => {
              bench.edit((all) => withScenarios(all, FIRST_SCENARIO_FILE));
              showPlace(FIRST_SCENARIO_FILE, 3);
            }}
          >
            {t("firstScenario")}
          </Button>
        )}
      </Empty>
    );
  return (
    <Stack gap="md" pb="lg">
      <Group gap="sm">
        {bench.canEdit ? (
          <Button
            leftSection={<IconPlayerPlay size={15} aria-hidden />}
            loading={run.isPending}
            disabled={checked.isBroken}
            onClick={() => run.mutate()}
          >
            {t("runScenarios")}
          </Button>
        ) : (
          <Text size="sm" c="dimmed">
            {t("opsRun")}
          </Text>
        )}
        {results && (
          <Group gap="xs" role="status" style={{ opacity: isOld ? 0.6 : 1 }}>
            {isUnread ? (
              <Badge color="red" size="lg">
                {t("scenariosUnread")}
              </Badge>
            ) : (
              <Badge color="teal" size="lg">
                {t("passed", { count: results.passed })}
              </Badge>
            )}
            {results.failed > 0 && (
              <Badge color="red" size="lg">
                {t("failed", { count: results.failed })}
              </Badge>
            )}
            {isOld && (
              <Text size="sm" c="dimmed">
                {t("resultsOld")}
              </Text>
            )}
          </Group>
        )}
        {results && results.failed > 0 && (
          <Button
            variant="subtle"
            color="gray"
            aria-pressed={isFailedOnly}
            onClick={() => setFailedOnly(!isFailedOnly)}
          >
            {isFailedOnly ? t("showAllCases") : t("showFailed")}
          </Button>
        )}
        {bench.canEdit && !sameTexts(scenarios, bench.live.scenarios) && (
          <Button variant="default" loading={keep.isBusy} onClick={() => keep.act()}>
            {t("keepScenarios")}
          </Button>
        )}
      </Group>
      {run.error && <Failed error={run.error} />}
      {files.map(([name, text]) => {
        const of = results?.files.find(({ file }) => file === name);
        const resultOf = new Map((of?.cases ?? []).map((one) => [one.name, one]));
        const cases = casesIn(text).filter(
          (one) => !isFailedOnly || resultOf.get(one.name)?.passed === false,
        );
        return (
          <Stack key={name} gap={4}>
            <Title order={2}>{name}</Title>
            {(of?.diagnostics ?? []).map(({ message, line, hint, column }) => (
              <Text key={`${line} ${message}`} size="sm" c="var(--ts-red)">
                <button
                  type="button"
                  className="link-button"
                  onClick={() => showPlace(name, line, column)}
                >
                  {line}:{column}
                </button>{" "}
                {message} {typeof hint === "string" ? hint : ""}
              </Text>
            ))}
            <ScrollPanel label={name}>
              {cases.map((one) => (
                <CaseLine
                  key={`${one.line} ${one.name}`}
                  name={one.name}
                  line={one.line}
                  result={resultOf.get(one.name) ?? null}
                  onOpen={() => showPlace(name, one.line)}
                />
              ))}
            </ScrollPanel>
          </Stack>
        );
      })}
    </Stack>
  );
}
