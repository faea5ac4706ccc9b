import { Box, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface SectionHeadProps {
  readonly title: string;
  readonly text: ReactNode;
  readonly children?: ReactNode;
}

/** What a section is about, and what can be done in it. */
export function SectionHead({ title, text, children }: SectionHeadProps) {
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap" mb="md" gap="lg">
      <Stack gap={2}>
        <Title order={2}>{title}</Title>
        <Text component="div" size="sm" c="dimmed" maw={640}>
          {text}
        </Text>
      </Stack>
      {children !== undefined && <Box style={{ flexShrink: 0 }}>{children}</Box>}
    </Group>
  );
}
