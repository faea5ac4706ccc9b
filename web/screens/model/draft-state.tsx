import { Button, Popover, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useText } from "../../text/text.ts";
import { IconAlertTriangle, IconArrowRight, IconCheck } from "../../ui/icons.ts";
import { useBench } from "./bench-context.ts";
import { useModelSearch } from "./use-model-search.ts";

/** Whether there are edits, that they are kept, and the ways on: plan them or throw them away. */
export function DraftState() {
  const t = useText("model");
  const { bench } = useBench();
  const [search, change] = useModelSearch();
  if (!bench.canEdit) {
    return (
      <Text size="sm" c="dimmed">
        {t("readOnly")}
      </Text>
    );
  }
  if (!bench.isChanged) return null;
  // scenarios alone decide nothing that a plan could tell: they are kept where they are run
  const next = bench.isModelChanged ? "plan" : "scenarios";
  const isKept = bench.keeping === "kept";
  return (
    <>
      <Text size="sm" c="dimmed" role="status" style={{ whiteSpace: "nowrap" }}>
        {isKept ? (
          <IconCheck size={14} aria-hidden style={{ verticalAlign: -2 }} />
        ) : bench.keeping === "failed" ? (
          <IconAlertTriangle size={14} aria-hidden style={{ verticalAlign: -2 }} />
        ) : null}{" "}
        {t(`keeping_${bench.keeping}`)}
      </Text>
      <Discard />
      {search.tab !== next && (
        <Button
          rightSection={<IconArrowRight size={15} aria-hidden />}
          onClick={() => change({ tab: next }, { push: true })}
        >
          {next === "plan" ? t("toPlan") : t("toScenarios")}
        </Button>
      )}
    </>
  );
}

function Discard() {
  const t = useText("model");
  const { bench } = useBench();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} withArrow shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" onClick={() => setOpen(!isOpen)}>
          {t("discard")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" maw={260}>
          <Text size="sm">{t("discardText", { version: bench.live.version })}</Text>
          <Button
            color="red"
            onClick={() => {
              setOpen(false);
              void bench.discard();
            }}
          >
            {t("discardYes")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
