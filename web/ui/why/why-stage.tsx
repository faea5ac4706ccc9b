import { Box, Progress, Stack, Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { ChangesList, WhatWouldChangeIt } from "./changes-list.tsx";
import type { Explained, WhatWouldChange } from "./explained.ts";
import { RuleTree } from "./rule-tree.tsx";
import { spoken } from "./rule-words.ts";
import { Section } from "./section.tsx";
import type { WhyProps } from "./why-level.tsx";

/** Why an account is in its stage, and what it takes to leave it. */
export function WhyStage({ explained, changes }: WhyProps) {
  const t = useText("why");
  const format = useFormat();
  const { stage, about } = explained;
  if (!stage) return <Text size="sm">{t("noExit")}</Text>;
  const of = about.stages.find(({ name }) => name === stage.name);
  const days = Math.max(0, daysBetween(stage.since, explained.at));
  return (
    <Stack gap="md">
      <Text size="sm">
        {t("since", { what: spoken(stage.name), day: format.day(stage.since) })} ·{" "}
        {t("daysIn", { count: days })}
        {of?.expect !== null && of !== undefined && (
          <Text span size="sm" c={stage.status === "overdue" ? "var(--ts-red)" : "dimmed"}>
            {" · "}
            {t("expected", { count: of.expect })},{" "}
            {t(stage.status === "overdue" ? "overdue" : "onTrack")}
          </Text>
        )}
      </Text>
      {stage.moves.length > 0 && (
        <Section title={t("moves")}>
          {stage.moves.map((move) => (
            <Text key={`${move.from ?? ""} ${move.to}`} size="sm">
              {move.from === null ? "" : `${spoken(move.from)} -> `}
              {spoken(move.to)}, {because(move, t)}
            </Text>
          ))}
        </Section>
      )}
      <ExitCriteria explained={explained} changes={changes} />
      <Claims explained={explained} />
      {changes && <WhatWouldChangeIt up={changes.stage} down={[]} about={about} />}
    </Stack>
  );
}

/** The open exit criteria of the present stage, with how far each is. */
export function ExitCriteria({ explained, changes }: WhyProps) {
  const t = useText("why");
  const { stage, about } = explained;
  const criteria = Object.entries(stage?.exit ?? {});
  const of = about.stages.find(({ name }) => name === stage?.name);
  if (!stage || criteria.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("noExit")}
      </Text>
    );
  const met = criteria.filter(([, one]) => one.met === true).length;
  return (
    <Section
      title={t("exit", { next: spoken(of?.next ?? "") })}
      aside={t("progress", { met, all: criteria.length })}
    >
      <Progress
        value={(100 * met) / criteria.length}
        size={5}
        color="teal"
        aria-label={t("progress", { met, all: criteria.length })}
      />
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: "none" }}>
        {criteria.map(([name, one]) => {
          const trace = explained.rules.exit[name];
          return (
            <li key={name}>
              <Text size="sm" fw={550}>
                {spoken(name)}
              </Text>
              {trace && <RuleTree trace={trace} about={about} />}
              {one.met !== true && (
                <Box ml={20}>
                  <ChangesList changes={ofExit(changes, name)} about={about} showsMade={false} />
                </Box>
              )}
            </li>
          );
        })}
      </Stack>
    </Section>
  );
}

function ofExit(changes: WhatWouldChange | undefined, name: string) {
  return changes?.rules[`exit/${name}`] ?? [];
}

/** Rules by which other stages take accounts from wherever they are. */
function Claims({ explained }: { readonly explained: Explained }) {
  const t = useText("why");
  const others = Object.entries(explained.rules.enter).filter(
    ([name]) => name !== explained.stage?.name,
  );
  if (others.length === 0) return null;
  return (
    <Section title={t("claims")}>
      {others.map(([name, trace]) => (
        <Box key={name}>
          <Text size="sm" fw={550}>
            {spoken(name)}
          </Text>
          <RuleTree trace={trace} about={explained.about} />
        </Box>
      ))}
    </Section>
  );
}

type WhyText = ReturnType<typeof useText<"why">>;

function because(
  { because: cause, to }: { readonly because: string; readonly to: string },
  t: WhyText,
): string {
  if (cause === "enter") return t("moveEnter", { to: spoken(to) });
  return cause === "exit" ? t("moveExit") : t("moveStart");
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
