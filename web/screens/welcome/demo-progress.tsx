import { Progress, Stack, Text, Title } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { Page } from "../../ui/page.tsx";
import type { FirstRun } from "./first-run.ts";

const PHASES = ["accounts", "contacts", "events", "team", "deciding"] as const;

/** The sample book on its way in. */
export function DemoProgress({ run }: { readonly run: FirstRun }) {
  const t = useText("welcome");
  const format = useFormat();
  const { demo } = run;
  if (!demo) return null;
  const place = PHASES.findIndex((one) => one === demo.phase);
  const share = demo.total === 0 ? 0 : demo.done / demo.total;
  return (
    <Page title={t("title")}>
      <Stack maw={520} mx="auto" mt={60} gap="sm">
        <Title order={2}>{t("demoComes")}</Title>
        <Progress
          value={(100 * (Math.max(0, place) + share)) / PHASES.length}
          aria-label={t("demoComes")}
          animated
          size="md"
        />
        <Text size="sm" c="dimmed" className="tabular" role="status" aria-live="polite">
          {t(`phase_${demo.phase === "done" || demo.phase === "failed" ? "deciding" : demo.phase}`)}
          {demo.total > 0 && ` ${format.number(demo.done)} / ${format.number(demo.total)}`}
        </Text>
        <Text size="sm" c="dimmed">
          {t("demoMeanwhile")}
        </Text>
      </Stack>
    </Page>
  );
}
