import { Group, Stack, Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { IconArrowRight } from "../../ui/icons.ts";
import { BriefSection } from "./brief-section.tsx";
import { useFactValue } from "./fact-values.tsx";
import type { Brief } from "./today-queries.ts";
import { resultWord } from "./touch-words.ts";

/** What is new since a person last spoke with the account. */
export function BriefSince({ since }: { readonly since: Brief["since"] }) {
  const t = useText("today");
  const format = useFormat();
  const { touch, day, facts, entries } = since;
  const was =
    touch === null
      ? t("sinceMonth", { day: format.shortDay(day) })
      : t("sinceTouch", {
          title: touch.title,
          result: touch.result === null ? "" : resultWord(touch.result, t),
          day: format.shortDay(day),
        });
  return (
    <BriefSection title={t("whatChanged")}>
      <Text size="xs" c="dimmed" mb={8}>
        {was}
      </Text>
      {facts.length === 0 && entries.length === 0 && <Text size="sm">{t("nothingChanged")}</Text>}
      <Stack gap={3} mb={facts.length > 0 ? "sm" : 0}>
        {facts.map((fact) => (
          <FactLine key={fact.name} fact={fact} />
        ))}
      </Stack>
      <Stack gap={6}>
        {entries.map((entry) => (
          <Group key={`${entry.at} ${entry.text}`} gap="sm" wrap="nowrap" align="start">
            <Text size="xs" c="dimmed" w={52} pt={1} className="tabular" style={{ flex: "none" }}>
              {format.shortDay(entry.at)}
            </Text>
            <div>
              <Text size="sm">{entry.text}</Text>
              {entry.more.map((more) => (
                <Text key={more} size="xs" c="dimmed">
                  {more}
                </Text>
              ))}
            </div>
          </Group>
        ))}
      </Stack>
    </BriefSection>
  );
}

function FactLine({ fact }: { readonly fact: Brief["since"]["facts"][number] }) {
  const t = useText("today");
  const show = useFactValue();
  return (
    <Group gap="xs" wrap="nowrap" justify="space-between">
      <Text size="sm" truncate>
        {fact.name.replaceAll("_", " ")}
      </Text>
      <Text size="sm" className="tabular" style={{ whiteSpace: "nowrap" }}>
        <Text span inherit c="dimmed">
          {show(fact.before)}{" "}
          <IconArrowRight
            size={12}
            role="img"
            aria-label={t("becomes")}
            style={{ verticalAlign: -1 }}
          />
        </Text>{" "}
        {show(fact.after)}
        {fact.unit === null ? "" : ` ${fact.unit}`}
      </Text>
    </Group>
  );
}
