import {
  Alert,
  Badge,
  Button,
  Group,
  Loader,
  Paper,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useText } from "../../text/text.ts";
import { Failed } from "../../ui/failed.tsx";
import { Loading } from "../../ui/loading.tsx";
import { type FirstRun, firstRunQuery, useChoose } from "./first-run.ts";
import { guessWorkspace } from "./workspace-guess.ts";

interface ModelStepProps {
  readonly run: FirstRun;
  readonly onDone: () => void;
}

/** Two ways to begin: look at the demo book, or choose the model for one's own. */
export function ModelStep({ run, onDone }: ModelStepProps) {
  const t = useText("welcome");
  const isDemoOffered = run.state === "empty" && run.choice === null;
  return (
    <Stack gap="lg">
      {isDemoOffered && <DemoCard run={run} />}
      <div>
        <Text fw={600}>{t(isDemoOffered ? "ownTitle" : "step_model")}</Text>
        <Text size="sm" c="dimmed">
          {t("ownText")}
        </Text>
      </div>
      <Templates run={run} onDone={onDone} />
    </Stack>
  );
}

const CARD = { background: "var(--ts-surface)", alignSelf: "stretch", display: "flex" } as const;

function DemoCard({ run }: { readonly run: FirstRun }) {
  const t = useText("welcome");
  const load = useAct({
    run: (_: void, key) =>
      ask(api.POST("/api/first-run/demo", { body: { confirm: true }, headers: idempotent(key) })),
    refresh: [firstRunQuery.queryKey],
  });
  return (
    <Paper p="md" style={{ border: "1px solid var(--ts-border)" }}>
      <Group justify="space-between" wrap="nowrap" gap="lg">
        <div>
          <Text fw={600}>{t("demoTitle")}</Text>
          <Text size="sm" c="dimmed" maw={620}>
            {t("demoText")}
          </Text>
          {run.demo?.phase === "failed" && (
            <Alert color="red" mt="xs" title={t("demoFailed")}>
              {run.demo.error}
            </Alert>
          )}
        </div>
        <Button loading={load.isBusy} onClick={() => load.act()} style={{ flexShrink: 0 }}>
          {t("demoButton")}
        </Button>
      </Group>
    </Paper>
  );
}

function Templates({ run, onDone }: ModelStepProps) {
  const t = useText("welcome");
  const found = useQuery({
    queryKey: ["templates"],
    queryFn: () => ask(api.GET("/api/templates")),
    staleTime: Infinity,
  });
  const guess = guessWorkspace(
    navigator.language,
    new Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const { choice } = run;
  const [template, setTemplate] = useState(choice?.template ?? "");
  const [timezone, setTimezone] = useState(choice?.timezone ?? guess.timezone);
  const [currency, setCurrency] = useState(choice?.currency ?? guess.currency);
  const [holidays, setHolidays] = useState((choice ? choice.holidays : guess.holidays) ?? "");
  const choose = useChoose(onDone);
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading lines={4} height={90} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (template === "") return;
        // what was said of facts goes with the template it was said for
        const same = choice?.template === template ? choice : undefined;
        choose.act({
          ...(same?.traits ? { traits: same.traits } : {}),
          ...(same?.events ? { events: same.events } : {}),
          template,
          timezone,
          currency,
          holidays: holidays.trim() === "" ? null : holidays.trim().toUpperCase(),
        });
      }}
    >
      <Radio.Group value={template} onChange={setTemplate} aria-label={t("chooseTemplate")}>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
          {found.data.items
            .toSorted((a, b) => Number(b.is_demo) - Number(a.is_demo))
            .map((one) => (
              <Radio.Card
                key={one.name}
                value={one.name}
                p="md"
                radius="md"
                aria-label={one.title}
                style={
                  template === one.name
                    ? { ...CARD, borderColor: "var(--mantine-color-teal-7)" }
                    : CARD
                }
              >
                <Group gap="sm" wrap="nowrap" align="flex-start">
                  <Radio.Indicator mt={2} />
                  <Stack gap={6}>
                    <Group gap="xs">
                      <Text fw={600}>{one.title}</Text>
                      {one.is_demo && <Badge color="gray">{t("begin")}</Badge>}
                    </Group>
                    <Text size="sm" lineClamp={3}>
                      {one.story}
                    </Text>
                    <Text size="xs" c="dimmed" lineClamp={3}>
                      {t("suits", { whom: one.suits })}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {one.levels
                        .map(({ name, accounts_per_owner }) =>
                          accounts_per_owner === null ? name : `${name} 1:${accounts_per_owner}`,
                        )
                        .join(" · ")}
                    </Text>
                  </Stack>
                </Group>
              </Radio.Card>
            ))}
        </SimpleGrid>
      </Radio.Group>
      <Group gap="sm" mt="md" align="flex-end">
        <Select
          label={t("timezone")}
          data={namesOf("timeZone", timezone)}
          value={timezone}
          onChange={(one) => setTimezone(one ?? timezone)}
          searchable
          allowDeselect={false}
          limit={60}
          w={230}
        />
        <Select
          label={t("currency")}
          data={namesOf("currency", currency)}
          value={currency}
          onChange={(one) => setCurrency(one ?? currency)}
          searchable
          allowDeselect={false}
          limit={60}
          w={110}
        />
        <TextInput
          label={t("holidays")}
          placeholder={t("noHolidays")}
          value={holidays}
          onChange={(event) => setHolidays(event.currentTarget.value)}
          maxLength={10}
          w={170}
        />
        <Button type="submit" disabled={template === ""} loading={choose.isBusy}>
          {t("goOn")}
        </Button>
        {choose.isBusy && <Loader size="xs" />}
      </Group>
    </form>
  );
}

function namesOf(what: "timeZone" | "currency", chosen: string): string[] {
  return [...new Set([chosen, "UTC", ...Intl.supportedValuesOf(what)])].filter(
    (one) => what === "timeZone" || one !== "UTC",
  );
}
