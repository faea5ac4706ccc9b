import { Group, Stack, Text } from "@mantine/core";
import type { components } from "../../lib/api-types.ts";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import type { BulkKind } from "./bulk-bar.tsx";

type Preview = components["schemas"]["BulkPreview"];

interface BulkPreviewProps {
  readonly preview: Preview;
  readonly kind: BulkKind;
  /** Another choice is being worked out. */
  readonly isOld: boolean;
}

/** What it would come to: how many change, what it makes of the work, which stay and why. */
export function BulkPreviewFigures({ preview, kind, isOld }: BulkPreviewProps) {
  const t = useText("portfolio");
  const format = useFormat();
  const { changes, accounts, revenue, work, from, unchanged, refused } = preview;
  return (
    <Stack
      gap="xs"
      p="sm"
      style={{ border: "1px solid var(--ts-border)", borderRadius: 10, opacity: isOld ? 0.5 : 1 }}
      aria-live="polite"
    >
      <Group gap="xl" align="flex-start">
        <Number
          label={t("bulk.changes")}
          value={`${format.number(changes, 0)} / ${format.number(accounts, 0)}`}
        />
        {revenue !== null && (
          <Number label={t("bulk.revenue")} value={format.shortMoney(revenue)} />
        )}
        {work && (
          <>
            <Number
              label={t(kind === "assign" ? "bulk.touchesGoAlong" : "bulk.touches")}
              value={signed(work.touches, kind, (n) => format.number(n, 0))}
            />
            <Number
              label={t("bulk.work")}
              value={signed(work.minutes, kind, (n) => format.hours(n))}
            />
          </>
        )}
      </Group>
      {work !== null && work.sample > 0 && (
        <Text size="xs" c="dimmed">
          {t("bulk.sample", { accounts: work.sample })}
        </Text>
      )}
      {changes > 0 && from.length > 0 && kind !== "start" && (
        <Text size="sm">
          {t(kind === "assign" ? "bulk.fromOwners" : "bulk.fromLevels")}{" "}
          {from
            .slice(0, 6)
            .map((one) => `${String(one.from ?? t("nobody"))} ${format.number(one.accounts, 0)}`)
            .join(" · ")}
        </Text>
      )}
      {[...refused, ...unchanged].map(({ why, accounts: count, examples }) => (
        <Text key={why} size="sm" c="dimmed">
          <Text span fw={600} className="tabular">
            {format.number(count, 0)}
          </Text>{" "}
          {t("bulk.stay")} {why} ({examples.join(", ")}
          {count > examples.length ? ", …" : ""})
        </Text>
      ))}
    </Stack>
  );
}

function signed(value: number, kind: BulkKind, show: (value: number) => string): string {
  const shown = show(Math.abs(value));
  if (value < 0) return `−${shown}`;
  return value > 0 && kind !== "assign" ? `+${shown}` : shown;
}

function Number({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <Stack gap={0}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={620} fz={17} className="tabular">
        {value}
      </Text>
    </Stack>
  );
}
