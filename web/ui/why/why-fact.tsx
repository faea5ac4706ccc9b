import { Box, Stack, Text } from "@mantine/core";
import type { Trace } from "../../../src/core/rules/types.ts";
import type { components } from "../../lib/api-types.ts";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import type { Explained } from "./explained.ts";
import { RuleTree } from "./rule-tree.tsx";
import { spoken } from "./rule-words.ts";
import { Section } from "./section.tsx";

export interface WhyFactProps {
  readonly explained: Explained;
  readonly fact: components["schemas"]["AccountFact"] | undefined;
}

/** Where a fact comes from, since when it is so, and which rules go by it. */
export function WhyFact({ explained, fact }: WhyFactProps) {
  const t = useText("why");
  const format = useFormat();
  if (!fact) return null;
  const readers = readersOf(explained, fact.name);
  return (
    <Stack gap="md">
      <Stack gap={4}>
        <Text size="sm">{t("sourceIs", { source: fact.source })}</Text>
        {fact.since !== null && (
          <Text size="sm">
            {fact.kind === "event"
              ? t("factLast", { day: format.day(fact.since), count: fact.times ?? 0 })
              : t("factSince", { day: format.day(fact.since) })}
          </Text>
        )}
      </Stack>
      <Section title={t("readBy")}>
        {readers.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("readByNone")}
          </Text>
        )}
        {readers.map(([place, trace]) => (
          <Box key={place}>
            <Text size="sm" fw={550}>
              {place}
            </Text>
            <RuleTree trace={trace} about={explained.about} />
          </Box>
        ))}
      </Section>
    </Stack>
  );
}

/** The rules whose answer the fact is part of, each by what it decides. */
export function readersOf({ rules, about }: Explained, fact: string): [string, Trace][] {
  const all: [string, Trace][] = [
    ...rules.base.map((trace, place): [string, Trace] => [
      about.base[place]?.level ?? String(place),
      trace,
    ]),
    ...entries(rules.adjust),
    ...entries(rules.exit),
    ...entries(rules.enter),
    ...Object.entries(rules.segments).flatMap(([segment, parts]) =>
      Object.entries(parts).map(([entry, trace]): [string, Trace] => [
        entry === "when" ? spoken(segment) : `${spoken(segment)}: ${spoken(entry)}`,
        trace,
      ]),
    ),
    ...entries(rules.caps),
    ...entries(rules.programs),
  ];
  return all.filter(([, trace]) => fact in trace.actual || trace.text.trim() === fact);
}

function entries(traces: { readonly [name: string]: Trace }): [string, Trace][] {
  return Object.entries(traces).map(([name, trace]) => [spoken(name), trace]);
}
