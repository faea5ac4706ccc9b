import { Group, Stack, Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { IconCheck, IconQuestionMark, IconX } from "../../ui/icons.ts";
import { BriefSection } from "./brief-section.tsx";
import { FactValues } from "./fact-values.tsx";
import type { Brief } from "./today-queries.ts";

type Stage = NonNullable<Brief["stage"]>;

/** What keeps the account in its stage, each with what it came to. */
export function BriefStage({ stage }: { readonly stage: Stage }) {
  const t = useText("today");
  const common = useText("common");
  const format = useFormat();
  if (stage.exit.length === 0) return null;
  return (
    <BriefSection
      title={`${common("stage")}: ${stage.name}`}
      aside={
        <Text
          size="xs"
          c="dimmed"
          {...(stage.status === "overdue" ? { style: { color: "var(--ts-red)" } } : {})}
        >
          {stage.status === "overdue" ? `${t("overdue")} · ` : ""}
          {t("sinceDay", { day: format.shortDay(stage.since) })}
        </Text>
      }
    >
      <Stack gap={6}>
        {stage.exit.map((criterion) => (
          <Criterion key={criterion.name} criterion={criterion} />
        ))}
      </Stack>
    </BriefSection>
  );
}

function Criterion({ criterion }: { readonly criterion: Stage["exit"][number] }) {
  const t = useText("today");
  const { name, met, rule, actual } = criterion;
  const Mark = met === null ? IconQuestionMark : met ? IconCheck : IconX;
  const label = met === null ? "criterionUnknown" : met ? "criterionMet" : "criterionOpen";
  return (
    <Group gap="xs" wrap="nowrap" align="start" title={rule}>
      <Mark
        size={15}
        role="img"
        aria-label={t(label)}
        style={{ flex: "none", marginTop: 2 }}
        color={met === true ? "var(--ts-green)" : "var(--mantine-color-dimmed)"}
      />
      <div>
        <Text size="sm">{name}</Text>
        <FactValues values={actual} />
      </div>
    </Group>
  );
}
