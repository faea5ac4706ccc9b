import { Checkbox, Group, Stack, Text, Title } from "@mantine/core";
import { useText } from "../../../text/text.ts";
import { IconAlertTriangle, IconCircleCheck, IconX } from "../../../ui/icons.ts";
import { ScrollPanel } from "../../../ui/scroll-panel.tsx";
import { problemHint } from "./app-hints.ts";
import type { PlanProblem } from "./plan-shape.ts";

interface PlanProblemsProps {
  readonly problems: readonly PlanProblem[];
  readonly allow: readonly string[];
  readonly onAllow: (codes: readonly string[]) => void;
}

/** What speaks against it; what blocks can be accepted, one code at a time. */
export function PlanProblems({ problems, allow, onAllow }: PlanProblemsProps) {
  const t = useText("model");
  if (problems.length === 0) {
    return (
      <Group gap={6}>
        <IconCircleCheck size={16} color="var(--ts-green)" aria-hidden />
        <Text size="sm">{t("noPlanProblems")}</Text>
      </Group>
    );
  }
  const shown = problems.toSorted((a, b) => rank(a) - rank(b));
  return (
    <Stack gap="xs">
      <Title order={2}>{t("problems")}</Title>
      <ScrollPanel label={t("problems")}>
        {shown.map((one) => (
          <Group
            key={`${one.code} ${one.where} ${one.message}`}
            className="plan-problem"
            wrap="nowrap"
            align="flex-start"
            gap="sm"
          >
            {one.severity === "blocking" && !one.allowed ? (
              <IconX
                size={16}
                color="var(--ts-red)"
                aria-hidden
                style={{ flexShrink: 0, marginTop: 2 }}
              />
            ) : (
              <IconAlertTriangle
                size={16}
                color="var(--ts-yellow)"
                aria-hidden
                style={{ flexShrink: 0, marginTop: 2 }}
              />
            )}
            <div style={{ flex: 1 }}>
              <Text size="sm">
                <Text span inherit fw={600}>
                  {one.severity === "blocking" ? t("blocks") : t("warning")}
                </Text>{" "}
                {one.message}
              </Text>
              <Text size="sm" c="dimmed">
                <Hint of={one} />
              </Text>
            </div>
            {one.severity === "blocking" && (
              <Checkbox
                label={t("accept")}
                checked={allow.includes(one.code)}
                onChange={(event) =>
                  onAllow(
                    event.currentTarget.checked
                      ? [...allow, one.code]
                      : allow.filter((code) => code !== one.code),
                  )
                }
              />
            )}
          </Group>
        ))}
      </ScrollPanel>
    </Stack>
  );
}

function Hint({ of }: { readonly of: PlanProblem }) {
  const t = useText("model");
  const own = problemHint(of);
  return own === null ? of.hint : t(own);
}

function rank({ severity, allowed }: PlanProblem): number {
  if (severity === "warning") return 2;
  return allowed ? 1 : 0;
}
