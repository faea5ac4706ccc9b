import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Definition } from "../figure.tsx";

interface SectionProps {
  readonly title: string;
  /** What is to be known to read it. */
  readonly hint?: string;
  /** At the right: a count, a share. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of an explanation under its small heading. */
export function Section({ title, hint, aside, children }: SectionProps) {
  return (
    <Stack gap={6} component="section" aria-label={title}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap={4} wrap="nowrap">
          <Text size="xs" fw={620}>
            {title}
          </Text>
          {hint !== undefined && <Definition of={title}>{hint}</Definition>}
        </Group>
        {aside !== undefined && (
          <Text component="div" size="xs" c="dimmed" className="tabular">
            {aside}
          </Text>
        )}
      </Group>
      {children}
    </Stack>
  );
}
