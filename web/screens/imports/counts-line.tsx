import { Group, Text } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";

export interface Counts {
  readonly read: number;
  readonly written: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** What became of the rows, or would. */
export function CountsLine({
  counts,
  isTrial,
}: {
  readonly counts: Counts;
  readonly isTrial: boolean;
}) {
  const t = useText("imports");
  const format = useFormat();
  const figures = [
    [t("read"), counts.read, undefined],
    [t(isTrial ? "wouldWrite" : "written"), counts.written, undefined],
    [t("unchanged"), counts.unchanged, undefined],
    [t("rejected"), counts.rejected, counts.rejected > 0 ? "var(--ts-red)" : undefined],
  ] as const;
  return (
    <Group gap="xl">
      {figures.map(([label, value, color]) => (
        <div key={label}>
          <Text size="xs" c="dimmed" fw={500}>
            {label}
          </Text>
          <Text className="tabular" fz={20} fw={620} lh={1.25} {...(color ? { c: color } : {})}>
            {format.number(value)}
          </Text>
        </div>
      ))}
    </Group>
  );
}
