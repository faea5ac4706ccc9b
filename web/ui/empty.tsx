import { Stack, Text, ThemeIcon } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface EmptyProps {
  readonly icon?: Icon;
  /** What there is not, in one short sentence. */
  readonly title: string;
  /** Why that is so, or what to do about it. */
  readonly text?: ReactNode;
  readonly children?: ReactNode;
}

/** Nothing to show, said kindly, with the next step. */
export function Empty({ icon: EmptyIcon, title, text, children }: EmptyProps) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      {EmptyIcon && (
        <ThemeIcon variant="light" color="gray" size={44} radius="xl">
          <EmptyIcon size={22} stroke={1.6} aria-hidden />
        </ThemeIcon>
      )}
      <Text fw={600}>{title}</Text>
      {text !== undefined && (
        <Text component="div" size="sm" c="dimmed" maw={420}>
          {text}
        </Text>
      )}
      {children}
    </Stack>
  );
}
