import { Group, Text } from "@mantine/core";
import { useText } from "../../../text/text.ts";
import { IconCheck, IconClock, IconX } from "../../../ui/icons.ts";
import type { CaseResult } from "./scenarios-view.tsx";

interface CaseLineProps {
  readonly name: string;
  readonly line: number;
  readonly result: CaseResult | null;
  readonly onOpen: () => void;
}

/** One case: what was expected and what was found, where that differs. */
export function CaseLine({ name, line, result, onOpen }: CaseLineProps) {
  const t = useText("model");
  const word = result === null ? t("notRun") : result.passed ? t("hasPassed") : t("hasFailed");
  return (
    <div className="scenario-case">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <span role="img" aria-label={word} title={word} style={{ lineHeight: 0, paddingTop: 3 }}>
          {result === null ? (
            <IconClock size={15} aria-hidden color="var(--mantine-color-dimmed)" />
          ) : result.passed ? (
            <IconCheck size={15} aria-hidden color="var(--ts-green)" />
          ) : (
            <IconX size={15} aria-hidden color="var(--ts-red)" />
          )}
        </span>
        <Text size="sm" flex={1}>
          {name}
        </Text>
        <button
          type="button"
          className="link-button"
          style={{ fontSize: 12 }}
          aria-label={t("openCase", { name })}
          onClick={onOpen}
        >
          {t("lineN", { line })}
        </button>
      </Group>
      {(result?.failures ?? []).map((failure) => (
        <div key={`${failure.step} ${failure.account}`} className="scenario-failure">
          <Text size="xs" c="dimmed">
            {[failure.step > 0 ? t("stepN", { step: failure.step }) : "", failure.account ?? ""]
              .filter(Boolean)
              .join(" · ")}
          </Text>
          {failure.error !== null && (
            <Text size="sm" c="var(--ts-red)">
              {failure.error}
            </Text>
          )}
          {failure.mismatches.map(({ what, expected, actual }) => (
            <Text key={`${what} ${JSON.stringify(expected)}`} size="sm">
              <code className="rule">{what}</code>:{" "}
              {t("expectedWas", { expected: shown(expected), actual: shown(actual) })}
            </Text>
          ))}
        </div>
      ))}
    </div>
  );
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
