import { Group, Text, UnstyledButton } from "@mantine/core";
import { useText } from "../../../text/text.ts";
import { IconAlertTriangle, IconCircleCheck, IconX } from "../../../ui/icons.ts";
import type { Mark } from "../editor/code-editor.tsx";

export interface Trouble extends Mark {
  readonly code: string;
  readonly file: string;
}

interface ProblemListProps {
  readonly troubles: readonly Trouble[];
  readonly isBehind: boolean;
  readonly onOpen: (one: Trouble) => void;
}

const MOST = 100;

/** All that is wrong, each with its place and the way out. */
export function ProblemList({ troubles, isBehind, onOpen }: ProblemListProps) {
  const t = useText("model");
  const errors = troubles.filter(({ severity }) => severity === "error").length;
  const warnings = troubles.length - errors;
  return (
    <div className="panel problem-list">
      <Group gap={6} px={12} py={8} wrap="nowrap" role="status">
        {errors > 0 ? (
          <IconX size={15} color="var(--ts-red)" aria-hidden />
        ) : warnings > 0 ? (
          <IconAlertTriangle size={15} color="var(--ts-yellow)" aria-hidden />
        ) : isBehind ? null : (
          <IconCircleCheck size={15} color="var(--ts-green)" aria-hidden />
        )}
        <Text size="sm" fw={550}>
          {isBehind && troubles.length === 0
            ? t("checking")
            : errors > 0
              ? t("errors", { count: errors })
              : warnings > 0
                ? t("warnings", { count: warnings })
                : t("noProblems")}
        </Text>
      </Group>
      {troubles.slice(0, MOST).map((one) => (
        <UnstyledButton
          key={`${one.file} ${one.line} ${one.column} ${one.code} ${one.message}`}
          className="problem"
          onClick={() => onOpen(one)}
        >
          <Text
            component="span"
            size="xs"
            c="dimmed"
            className="tabular"
            style={{ whiteSpace: "nowrap" }}
          >
            {one.file === "model.yaml" ? "" : `${one.file} `}
            {one.line}:{one.column}
          </Text>
          <span>
            <Text
              component="span"
              size="sm"
              c={one.severity === "error" ? "var(--ts-red)" : undefined}
            >
              {one.message}
            </Text>
            {one.hint !== undefined && (
              <Text component="span" size="sm" c="dimmed">
                {" "}
                {one.hint}
              </Text>
            )}
          </span>
        </UnstyledButton>
      ))}
    </div>
  );
}
