import { Box, Group, Stack, Text } from "@mantine/core";
import type { DecisionStep } from "../../../src/core/decide/index.ts";
import type { Trace } from "../../../src/core/rules/types.ts";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { LevelBadge } from "../badges.tsx";
import { IconArrowRight } from "../icons.ts";
import { ChangesList, WhatWouldChangeIt } from "./changes-list.tsx";
import type { AboutModel, Explained, WhatWouldChange } from "./explained.ts";
import { RuleTree } from "./rule-tree.tsx";
import { Section } from "./section.tsx";
import { spoken } from "./rule-words.ts";

export interface WhyProps {
  readonly explained: Explained;
  /** undefined: of a past day, or still being asked for. */
  readonly changes?: WhatWouldChange | undefined;
}

/** Why an account has its level: every step from top to bottom, holds and pins, and the way out. */
export function WhyLevel({ explained, changes }: WhyProps) {
  const t = useText("why");
  const format = useFormat();
  const { level, about } = explained;
  if (!level) return <Text size="sm">{t("noChange")}</Text>;
  const { pinned } = level;
  return (
    <Stack gap="md">
      <Text size="sm">{t("since", { what: level.name, day: format.day(level.since) })}</Text>
      {pinned && (
        <Text size="sm">
          {t("pinnedBy", { by: pinned.by ?? t("somebody"), reason: pinned.reason })},{" "}
          {pinned.until === null
            ? t("untilTakenBack")
            : t("until", { day: format.day(pinned.until) })}
        </Text>
      )}
      {level.held && <Text size="sm">{t("held", { count: about.hold })}</Text>}
      <Section title={t("steps")} hint={t("stepsHint")}>
        <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
          {level.steps.map((step, place) => (
            <li key={`${place} ${step.rule}`}>
              <Step step={step} about={about} changes={ofStep(step, about, changes)} />
            </li>
          ))}
        </Stack>
      </Section>
      {changes && (
        <WhatWouldChangeIt
          {...changes.level}
          about={about}
          upTitle={t("more")}
          downTitle={t("less")}
        />
      )}
    </Stack>
  );
}

interface StepProps {
  readonly step: DecisionStep;
  readonly about: AboutModel;
  readonly changes: WhatWouldChange["rules"][string];
}

function Step({ step, about, changes }: StepProps) {
  const t = useText("why");
  const isMove = step.applied && step.before !== null && step.before !== step.after;
  const trace = traceOf(step);
  return (
    <Box>
      <Group gap={6} wrap="nowrap" justify="space-between" mb={3}>
        <Text size="sm" fw={step.applied ? 600 : 450} style={{ minWidth: 0 }}>
          {step.name === undefined
            ? t(step.rule === "otherwise" ? "otherwise" : "base")
            : spoken(step.name)}
          <Text span size="xs" c="dimmed">
            {" · "}
            {step.effect}
          </Text>
        </Text>
        {step.applied ? (
          <Group gap={4} wrap="nowrap">
            {isMove && (
              <>
                <LevelBadge level={step.before} />
                <IconArrowRight size={12} aria-hidden />
              </>
            )}
            <LevelBadge level={step.after} />
          </Group>
        ) : (
          <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
            {t("stays")}
          </Text>
        )}
      </Group>
      {trace && <RuleTree trace={trace} about={about} />}
      {step.kept === true && (
        <Text size="xs" c="dimmed">
          {t("kept")}
        </Text>
      )}
      {!step.applied && (
        <Box ml={20} mt={2}>
          <ChangesList changes={changes} about={about} showsMade={false} />
        </Box>
      )}
    </Box>
  );
}

/** What stands merged into a step; the last base entry has no rule. */
function traceOf(step: DecisionStep & Partial<Trace>): Trace | null {
  const { text, result, actual, children } = step;
  if (text === undefined || children === undefined) return null;
  return { text, result: result ?? null, actual: actual ?? {}, children };
}

function ofStep(
  step: DecisionStep,
  about: AboutModel,
  changes: WhatWouldChange | undefined,
): WhatWouldChange["rules"][string] {
  const place =
    step.name === undefined
      ? `base/${about.base.findIndex(({ rule }) => rule === step.rule)}`
      : `adjust/${step.name}`;
  return changes?.rules[place] ?? [];
}
