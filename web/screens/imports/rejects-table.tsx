import { Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import { Button } from "@mantine/core";
import type { components } from "../../lib/api-types.ts";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";

interface RejectsTableProps {
  readonly rejects: readonly components["schemas"]["RejectedRow"][];
  readonly total: number;
}

const SHOWN = 25;

/** Rows that stay out, each with its reason and what it says. */
export function RejectsTable({ rejects, total }: RejectsTableProps) {
  const t = useText("imports");
  const format = useFormat();
  const [shown, setShown] = useState(SHOWN);
  if (total === 0) return null;
  return (
    <Stack gap={4}>
      <Text fw={600}>{t("rejectedRows", { count: total })}</Text>
      <Table.ScrollContainer minWidth={560}>
        <Table verticalSpacing={4} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={70}>{t("row")}</Table.Th>
              <Table.Th>{t("reason")}</Table.Th>
              <Table.Th>{t("content")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rejects.slice(0, shown).map(({ statement, row, reason, content }) => (
              <Table.Tr key={`${statement} ${row} ${reason}`}>
                <Table.Td className="tabular">{format.number(row)}</Table.Td>
                <Table.Td>{reason}</Table.Td>
                <Table.Td maw={360}>
                  <Text size="xs" c="dimmed" truncate title={contentText(content)}>
                    {contentText(content)}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {rejects.length > shown && (
        <Button variant="subtle" w="fit-content" onClick={() => setShown(shown + 100)}>
          {t("moreRows")}
        </Button>
      )}
    </Stack>
  );
}

function contentText(content: Readonly<Record<string, unknown>>): string {
  return Object.entries(content)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ");
}
