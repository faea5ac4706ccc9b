import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { IconPin, IconPlayerPlay, IconUser } from "../../ui/icons.ts";
import { later, usePreload } from "../../ui/later.tsx";
import type { AccountFilter } from "./portfolio-search.ts";
import type { Selection } from "./selection.ts";

export type BulkKind = "assign" | "pin" | "unpin" | "start";

interface BulkBarProps {
  readonly selection: Selection;
  readonly filter: AccountFilter;
  readonly total: number;
}

const BulkDialog = later(async () => (await import("./bulk-dialog.tsx")).BulkDialog);

/** What can be done to the selected accounts. */
export function BulkBar({ selection, filter, total }: BulkBarProps) {
  const t = useText("portfolio");
  const format = useFormat();
  const me = useMe();
  const [kind, setKind] = useState<BulkKind | null>(null);
  const count = selection.count(total);
  usePreload(BulkDialog);
  if (count === 0) return null;
  return (
    <div className="bulk-bar" role="region" aria-label={t("bulk.title")}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="sm">
          <Text size="sm" fw={600} className="tabular" aria-live="polite">
            {t("bulk.selected", { accounts: format.number(count, 0) })}
          </Text>
          {!selection.isAll && count < total && (
            <Button variant="subtle" size="compact-xs" onClick={selection.all}>
              {t("bulk.all", { accounts: format.number(total, 0) })}
            </Button>
          )}
          <Button variant="subtle" color="gray" size="compact-xs" onClick={selection.clear}>
            {t("bulk.none")}
          </Button>
        </Group>
        <Group gap={6} wrap="nowrap">
          {me.may("leader") && (
            <Button
              variant="default"
              leftSection={<IconUser size={14} aria-hidden />}
              onClick={() => setKind("assign")}
            >
              {t("bulk.assign")}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconPin size={14} aria-hidden />}
            onClick={() => setKind("pin")}
          >
            {t("bulk.pin")}
          </Button>
          <Button variant="default" onClick={() => setKind("unpin")}>
            {t("bulk.unpin")}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            onClick={() => setKind("start")}
          >
            {t("bulk.start")}
          </Button>
        </Group>
      </Group>
      {kind !== null && (
        <BulkDialog
          kind={kind}
          which={selection.isAll ? { filter } : { accounts: [...selection.ids] }}
          onClose={() => setKind(null)}
        />
      )}
    </div>
  );
}
