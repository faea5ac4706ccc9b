import { Stack, Text, Title } from "@mantine/core";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import { ScrollPanel } from "../../../ui/scroll-panel.tsx";
import { useBench } from "../bench-context.ts";
import { MoveMatrix } from "../impact/move-matrix.tsx";
import type { Plan } from "./plan-shape.ts";

/** In one sentence, then what changes in the model, then from level to level. */
export function PlanSummary({ plan }: { readonly plan: Plan }) {
  const t = useText("model");
  const format = useFormat();
  const { checked } = useBench();
  const { accounts, changes, message_files: files } = plan;
  const levels = (checked.model?.levels ?? []).map(({ name }) => name);
  const fileChanges = [
    ...files.added.map((name) => t("fileAdded", { name })),
    ...files.changed.map((name) => t("fileChanged", { name })),
    ...files.removed.map((name) => t("fileRemoved", { name })),
  ];
  return (
    <Stack gap="md">
      <Text size="md" fw={550}>
        {t("planSentence", {
          moving: format.number(accounts.moving),
          total: format.number(accounts.total),
          revenue: format.shortMoney(accounts.revenue_moving),
          all: format.shortMoney(accounts.revenue),
        })}
      </Text>
      <Stack gap={4}>
        <Title order={2}>{t("whatChanges")}</Title>
        <ul className="plain-list">
          {changes.map(({ path, sentence }) => (
            <li key={`${path} ${sentence}`}>
              <Text size="sm">{sentence}</Text>
            </li>
          ))}
          {fileChanges.map((sentence) => (
            <li key={sentence}>
              <Text size="sm">{sentence}</Text>
            </li>
          ))}
        </ul>
      </Stack>
      <Stack gap={4}>
        <Title order={2}>{t("levelMoves")}</Title>
        <ScrollPanel label={t("levelMoves")}>
          <MoveMatrix label={t("levelMoves")} cells={plan.levels} order={levels} />
        </ScrollPanel>
      </Stack>
    </Stack>
  );
}
