import { Alert, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Problem } from "../lib/problem.ts";
import { useText } from "../text/text.ts";

interface RefusedProps {
  readonly problem: Error;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** In a form: that it was not done, why, and what to do. */
export function Refused({ problem, children }: RefusedProps) {
  const t = useText("common");
  return (
    <Alert color="red" role="alert" title={t("notDone")}>
      <Text size="sm">{problem.message}</Text>
      {problem instanceof Problem && problem.hint !== null && (
        <Text size="sm" c="dimmed">
          {problem.hint}
        </Text>
      )}
      {children}
    </Alert>
  );
}
