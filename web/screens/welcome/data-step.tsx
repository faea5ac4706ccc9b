import { Anchor, Button, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { queries } from "../../lib/queries.ts";
import { useText } from "../../text/text.ts";
import { ImportFlow } from "../imports/import-flow.tsx";
import { type FirstRun, firstRunQuery } from "./first-run.ts";

interface DataStepProps {
  readonly run: FirstRun;
  readonly onDone: () => void;
}

const KINDS = ["accounts", "contacts", "events", "team"] as const;

/** One's own data: accounts first; people, events and the team as far as there are files of them. */
export function DataStep({ run, onDone }: DataStepProps) {
  const t = useText("welcome");
  const format = useFormat();
  const [kind, setKind] = useState<(typeof KINDS)[number]>(
    run.accounts === 0 ? "accounts" : run.contacts === 0 ? "contacts" : "events",
  );
  const counts = {
    accounts: run.accounts,
    contacts: run.contacts,
    events: run.events,
    team: run.members,
  };
  const refresh = () => void queries.invalidateQueries({ queryKey: firstRunQuery.queryKey });
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <SegmentedControl
          aria-label={t("whichFile")}
          value={kind}
          onChange={(one) => setKind(one)}
          data={KINDS.map((one) => ({
            value: one,
            disabled: run.accounts === 0 && (one === "contacts" || one === "events"),
            label:
              counts[one] > 0
                ? `${t(`data_${one}`)} (${format.number(counts[one])})`
                : t(`data_${one}`),
          }))}
        />
        <Group gap="xs">
          <Anchor component="button" size="sm" onClick={refresh}>
            {t("countAgain")}
          </Anchor>
          <Button disabled={run.accounts === 0} onClick={onDone}>
            {t("goOn")}
          </Button>
        </Group>
      </Group>
      <Text size="sm" c="dimmed" maw={720}>
        {t(`dataText_${kind}`)}
      </Text>
      <ImportFlow key={kind} kind={kind} onRun={() => watchRun(refresh)} />
    </Stack>
  );
}

/** Counts are asked for again while an import is likely to run. */
function watchRun(refresh: () => void): void {
  for (const seconds of [1, 3, 8, 20]) setTimeout(refresh, seconds * 1000);
}
