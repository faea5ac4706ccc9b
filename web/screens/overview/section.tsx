import { Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import type { UseQueryResult } from "@tanstack/react-query";
import { Failed } from "../../ui/failed.tsx";
import { Definition } from "../../ui/figure.tsx";
import { Loading } from "../../ui/loading.tsx";

interface SectionProps {
  readonly title: string;
  /** What is counted here, as of when, by which rule. */
  readonly definition: ReactNode;
  /** One sentence: the finding. */
  readonly finding?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the page under a rule: its title, what it counts, and what it shows. */
export function Section({ title, definition, finding, actions, children }: SectionProps) {
  const id = useId();
  return (
    <Stack component="section" aria-labelledby={id} gap="sm" className="overview-section">
      <Group justify="space-between" wrap="nowrap" mih={28}>
        <Group gap={6} wrap="nowrap" style={{ minWidth: 0 }}>
          <Title order={2} id={id} fz={14}>
            {title}
          </Title>
          <Definition of={title}>{definition}</Definition>
          {finding !== undefined && (
            <Text component="span" size="sm" c="dimmed" truncate className="tabular">
              {finding}
            </Text>
          )}
        </Group>
        {actions !== undefined && (
          <Group gap="xs" wrap="nowrap" className="no-print">
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </Stack>
  );
}

interface AskedProps<Data> {
  readonly query: UseQueryResult<Data>;
  /** About as high as what is coming. */
  readonly lines?: number;
  readonly children: (data: Data) => ReactNode;
}

/** What was asked of the server; until it is there its shape, and why where it did not come. */
export function Asked<Data>({ query, lines = 5, children }: AskedProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return <Loading lines={lines} />;
}
