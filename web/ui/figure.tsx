import { Anchor, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../text/text.ts";
import { IconInfoCircle } from "./icons.ts";
import { PopUp } from "./pop-up.tsx";

interface FigureProps {
  readonly label: string;
  /** As it is to be read: formatted. */
  readonly value: ReactNode;
  /** Beside or under the value: a change, a part of the whole. */
  readonly note?: ReactNode;
  /** What is counted, as of when, by which rule. */
  readonly definition: ReactNode;
  /** Address of the rows behind it, within the app. */
  readonly href?: string | undefined;
}

/** A number that explains itself: what it counts, and the rows behind it. */
export function Figure({ label, value, note, definition, href }: FigureProps) {
  return (
    <Stack gap={2}>
      <Group gap={4} wrap="nowrap">
        <Text size="xs" c="dimmed" fw={500} style={{ minWidth: 0 }}>
          {label}
        </Text>
        <Definition of={label}>{definition}</Definition>
      </Group>
      <Text component="div" className="tabular" fz={22} fw={620} lh={1.2}>
        {href === undefined ? (
          value
        ) : (
          <Anchor href={href} inherit c="inherit" underline="hover">
            {value}
          </Anchor>
        )}
      </Text>
      {note !== undefined && (
        <Text component="div" size="xs" c="dimmed" className="tabular">
          {note}
        </Text>
      )}
    </Stack>
  );
}

interface DefinitionProps {
  /** What is defined: for those who hear the page. */
  readonly of: string;
  readonly children: ReactNode;
}

/** A small (i) that says what something means. */
export function Definition({ of, children }: DefinitionProps) {
  const t = useText("common");
  return (
    <PopUp
      width={280}
      position="bottom-start"
      withArrow
      renderButton={(opener) => (
        <UnstyledButton
          {...opener}
          aria-label={`${of}: ${t("whatIsThis")}`}
          c="dimmed"
          lh={0}
          className="no-print"
        >
          <IconInfoCircle size={14} aria-hidden />
        </UnstyledButton>
      )}
    >
      <Text component="div" size="xs">
        {children}
      </Text>
    </PopUp>
  );
}
