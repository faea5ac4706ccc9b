import { Box, Group, Stack, Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { bandColor, HealthBar } from "../badges.tsx";
import { ChangesList, WhatWouldChangeIt } from "./changes-list.tsx";
import type { Explained } from "./explained.ts";
import { RuleTree } from "./rule-tree.tsx";
import { spoken } from "./rule-words.ts";
import { Section } from "./section.tsx";
import { useRuleWords } from "./use-rule-words.ts";
import type { WhyProps } from "./why-level.tsx";

/** What a health score is made of: measures with weights, what is not known, and what holds it down. */
export function WhyHealth({ explained, changes }: WhyProps) {
  const t = useText("why");
  const format = useFormat();
  const { health, about } = explained;
  return (
    <Stack gap="md">
      <Group gap="sm">
        {health.score === null ? (
          <Text size="sm">{t("noScore")}</Text>
        ) : (
          <HealthBar score={health.score} band={health.band} />
        )}
        <Text size="xs" c="dimmed">
          {about.bands
            .map(({ name, from }) => t("bandFrom", { band: name, from: format.number(from, 0) }))
            .join(" · ")}
        </Text>
      </Group>
      <HealthMeasures explained={explained} />
      <Caps explained={explained} changes={changes} />
      {changes && (
        <WhatWouldChangeIt
          {...changes.band}
          about={about}
          upTitle={t("better")}
          downTitle={t("worse")}
        />
      )}
    </Stack>
  );
}

/** The measures as bars, with weight and share, and what each was worked out from. */
export function HealthMeasures({ explained }: { readonly explained: Explained }) {
  const t = useText("why");
  const format = useFormat();
  const words = useRuleWords(explained.about);
  const { health, about, rules } = explained;
  const measures = Object.entries(health.measures);
  if (measures.length === 0) return null;
  return (
    <Section
      title={t("measures")}
      aside={t("coverage", { share: format.percent(health.coverage) })}
      {...(about.min_coverage > 0
        ? { hint: t("minCoverage", { share: format.percent(about.min_coverage) }) }
        : {})}
    >
      <Stack component="ul" gap={10} m={0} p={0} style={{ listStyle: "none" }}>
        {measures.map(([name, { score, weight, share }]) => (
          <li key={name}>
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <Text size="sm" fw={550}>
                {spoken(name)}
              </Text>
              <Text size="xs" c="dimmed" className="tabular">
                {t("weight", { weight: format.number(weight) })}
                {score !== null && ` · ${t("shareOf", { share: format.percent(share) })}`}
              </Text>
            </Group>
            <Measure score={score} />
            <Text size="xs" c="dimmed" className="tabular">
              {score === null ? `${t("measureMissing")} · ` : ""}
              {Object.entries(rules.measures[name]?.actual ?? {})
                .map(([fact, value]) =>
                  t("nameIs", { name: spoken(fact), value: words.value(fact, value) }),
                )
                .join(", ")}
            </Text>
          </li>
        ))}
      </Stack>
    </Section>
  );
}

function Measure({ score }: { readonly score: number | null }) {
  const { bands } = useWorkspace();
  const t = useText("common");
  const format = useFormat();
  const place =
    score === null ? null : score >= 66 ? bands[0] : score >= 33 ? bands[1] : bands.at(-1);
  return (
    <Group gap={8} wrap="nowrap">
      <Box
        flex={1}
        h={6}
        style={{
          borderRadius: 3,
          background: "var(--ts-border)",
          ...(score === null ? { opacity: 0.5 } : {}),
        }}
        aria-hidden
      >
        <Box
          h={6}
          w={`${Math.max(0, Math.min(100, score ?? 0))}%`}
          style={{ borderRadius: 3, background: bandColor(bands, place) }}
        />
      </Box>
      <Text size="sm" className="tabular" w={score === null ? undefined : 32} ta="right">
        {score === null ? t("unknown") : format.number(score, 0)}
      </Text>
    </Group>
  );
}

function Caps({ explained, changes }: WhyProps) {
  const t = useText("why");
  const { about, health, rules } = explained;
  const caps = Object.entries(about.caps);
  if (caps.length === 0) return null;
  return (
    <Section title={t("caps")}>
      {caps.map(([name, { at_most }]) => {
        const trace = rules.caps[name];
        const isOn = health.caps.includes(name);
        return (
          <Box key={name}>
            <Text size="sm" fw={isOn ? 600 : 450}>
              {spoken(name)}
              <Text span size="xs" c={isOn ? "var(--ts-red)" : "dimmed"}>
                {" · "}
                {t(isOn ? "capOn" : "capOff", { at_most })}
              </Text>
            </Text>
            {trace && <RuleTree trace={trace} about={about} />}
            {isOn && (
              <Box ml={20}>
                <ChangesList
                  changes={changes?.rules[`caps/${name}`] ?? []}
                  about={about}
                  showsMade={false}
                />
              </Box>
            )}
          </Box>
        );
      })}
    </Section>
  );
}
