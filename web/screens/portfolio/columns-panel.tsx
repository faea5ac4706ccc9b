import { ActionIcon, Box, Button, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "../../text/text.ts";
import { IconChevronDown, IconChevronUp } from "../../ui/icons.ts";
import type { Column } from "./portfolio-data.ts";
import { useColumnNames } from "./use-column-names.ts";

export interface ColumnChoice {
  readonly all: readonly Column[];
  readonly shown: readonly string[];
  /** undefined: the usual ones. */
  readonly onChange: (columns: readonly string[] | undefined) => void;
}

/** Not columns of their own: they stand in others, or are the name itself. */
const HIDDEN: ReadonlySet<string> = new Set(["account.name", "account_name", "touch.next_title"]);

/** Which columns are shown, and in which order. */
export function ColumnsPanel({ all, shown, onChange }: ColumnChoice) {
  const t = useText("portfolio");
  const nameOf = useColumnNames();
  const [search, setSearch] = useState("");
  const names = ["segments", ...all.map(({ name }) => name)].filter((name) => !HIDDEN.has(name));
  const others = names
    .filter((name) => !shown.includes(name))
    .filter((name) => `${nameOf(name)} ${name}`.toLowerCase().includes(search.toLowerCase()));
  const move = (place: number, by: number): void => {
    const next = [...shown];
    const [one] = next.splice(place, 1);
    if (one !== undefined) next.splice(place + by, 0, one);
    onChange(next);
  };
  return (
    <Stack gap={6} w={300}>
      <Box mah={260} style={{ overflow: "auto" }}>
        {shown.map((name, place) => (
          <Group key={name} justify="space-between" wrap="nowrap" gap={4} py={2}>
            <Checkbox
              checked
              label={nameOf(name)}
              onChange={() => onChange(shown.filter((one) => one !== name))}
            />
            <Group gap={0} wrap="nowrap">
              <ActionIcon
                size="sm"
                disabled={place === 0}
                aria-label={t("moveLeft", { column: nameOf(name) })}
                onClick={() => move(place, -1)}
              >
                <IconChevronUp size={14} aria-hidden />
              </ActionIcon>
              <ActionIcon
                size="sm"
                disabled={place === shown.length - 1}
                aria-label={t("moveRight", { column: nameOf(name) })}
                onClick={() => move(place, 1)}
              >
                <IconChevronDown size={14} aria-hidden />
              </ActionIcon>
            </Group>
          </Group>
        ))}
      </Box>
      <TextInput
        aria-label={t("searchColumns")}
        placeholder={t("searchColumns")}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <Box mah={220} style={{ overflow: "auto" }}>
        {others.map((name) => (
          <Group key={name} wrap="nowrap" justify="space-between" gap="xs" py={3}>
            <Checkbox
              checked={false}
              label={nameOf(name)}
              onChange={() => onChange([...shown, name])}
            />
            <Text size="xs" c="dimmed" truncate maw={120}>
              {all.find((one) => one.name === name)?.about ?? ""}
            </Text>
          </Group>
        ))}
      </Box>
      <Group>
        <Button variant="subtle" color="gray" onClick={() => onChange(undefined)}>
          {t("usualColumns")}
        </Button>
      </Group>
    </Stack>
  );
}
