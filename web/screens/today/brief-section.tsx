import { Group, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

interface BriefSectionProps {
  readonly title: string;
  /** At the right of the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function BriefSection({ title, aside, children }: BriefSectionProps) {
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <Group justify="space-between" gap="xs" mb={8} wrap="nowrap">
        <Title order={3} id={heading} fz="sm">
          {title}
        </Title>
        {aside}
      </Group>
      {children}
    </section>
  );
}
