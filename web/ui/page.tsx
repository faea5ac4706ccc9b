import { Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useText } from "../text/text.ts";

interface PageProps {
  readonly title: string;
  /** Beside the title: a count, a period, what is shown. */
  readonly about?: ReactNode;
  /** At the right: what one can do here. */
  readonly actions?: ReactNode;
  /** Fills the window; lists scroll inside. Without it the page scrolls. */
  readonly isFull?: boolean;
  readonly children: ReactNode;
}

/** The frame of a screen: its title, what can be done, and the content. */
export function Page({ title, about, actions, isFull = false, children }: PageProps) {
  const t = useText("common");
  useEffect(() => {
    document.title = `${title} · ${t("appName")}`;
  }, [title, t]);
  return (
    <Stack
      gap="md"
      p="lg"
      style={
        isFull
          ? { height: "calc(100dvh - var(--shell-header-height, 0px))", minHeight: 0 }
          : undefined
      }
    >
      <Group justify="space-between" align="center" wrap="nowrap" gap="md" mih={30}>
        <Group gap="sm" align="baseline" wrap="nowrap" style={{ minWidth: 0 }}>
          <Title order={1} style={{ whiteSpace: "nowrap" }}>
            {title}
          </Title>
          {about !== undefined && (
            <Text component="div" c="dimmed" size="sm" truncate className="tabular">
              {about}
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
