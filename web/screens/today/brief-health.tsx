import { Box, Group, Stack, Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { HealthBar } from "../../ui/badges.tsx";
import { Definition } from "../../ui/figure.tsx";
import { BriefSection } from "./brief-section.tsx";
import { FactValues } from "./fact-values.tsx";
import type { Brief } from "./today-queries.ts";

type Health = NonNullable<Brief["health"]>;

/** The score with its parts: what each came to, how much it counts, and how it was at the last touch. */
export function BriefHealth({ health }: { readonly health: Health }) {
  const t = useText("today");
  const common = useText("common");
  const format = useFormat();
  const was = health.was;
  return (
    <BriefSection
      title={common("health")}
      aside={
        <Group gap={6} wrap="nowrap">
          <HealthBar score={health.score} band={health.band} />
          {was !== null && was.score !== null && health.score !== null && (
            <Text size="xs" c="dimmed" className="tabular">
              {t("wasOn", { value: format.number(was.score, 0), day: format.shortDay(was.on) })}
            </Text>
          )}
        </Group>
      }
    >
      <Stack gap={6}>
        {health.measures.map((measure) => (
          <Measure key={measure.name} measure={measure} />
        ))}
        {health.caps.map(({ name, rule }) => (
          <Text key={name} size="xs" title={rule}>
            {t("heldDownBy", { name: name.replaceAll("_", " ") })}
          </Text>
        ))}
      </Stack>
    </BriefSection>
  );
}

function Measure({ measure }: { readonly measure: Health["measures"][number] }) {
  const t = useText("today");
  const common = useText("common");
  const format = useFormat();
  const { name, score, share, before, rule, actual } = measure;
  const moved = score !== null && before !== null ? Math.round(score - before) : 0;
  const label = name.replaceAll("_", " ");
  return (
    <Group gap="xs" wrap="nowrap" className="tabular">
      <Group gap={4} w={130} wrap="nowrap">
        <Text size="sm" truncate>
          {label}
        </Text>
        <Definition of={label}>
          <Text size="xs" mb={4}>
            {t("counts", { share: format.percent(share) })}
          </Text>
          <Text size="xs" ff="monospace" mb={4}>
            {rule}
          </Text>
          <FactValues values={actual} />
        </Definition>
      </Group>
      <Box h={5} style={{ flex: 1, borderRadius: 3, background: "var(--ts-border)" }} aria-hidden>
        <Box
          h={5}
          w={`${score ?? 0}%`}
          style={{ borderRadius: 3, background: "var(--mantine-color-teal-7)" }}
        />
      </Box>
      <Text size="sm" w={64} ta="end" c={score === null ? "dimmed" : undefined}>
        {score === null ? common("unknown") : format.number(score, 0)}
      </Text>
      <Text size="xs" w={34} ta="end" c="dimmed">
        {moved === 0 ? "" : `${moved > 0 ? "+" : "−"}${Math.abs(moved)}`}
      </Text>
    </Group>
  );
}
