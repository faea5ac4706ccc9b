import { Alert, Button, Group, Text } from "@mantine/core";
import { useText } from "../../text/text.ts";
import { useBench } from "./bench-context.ts";
import { useModelSearch } from "./use-model-search.ts";

/** What happened elsewhere while somebody was editing here. */
export function Notices() {
  const t = useText("model");
  const { bench } = useBench();
  const [, change] = useModelSearch();
  if (bench.keeping === "conflict") {
    return (
      <Alert color="yellow" title={t("conflictTitle")} role="alert">
        <Text size="sm">{t("conflictText")}</Text>
        <Group gap="xs" mt="xs">
          <Button variant="default" onClick={() => void bench.settle("theirs")}>
            {t("takeTheirs")}
          </Button>
          <Button variant="default" onClick={() => void bench.settle("mine")}>
            {t("keepMine")}
          </Button>
        </Group>
      </Alert>
    );
  }
  if (!bench.isOvertaken) return null;
  const versions = { base: bench.base ?? 0, live: bench.live.version ?? 0 };
  return (
    <Alert color="yellow" title={t("overtakenTitle", versions)} role="alert">
      <Text size="sm">{t("overtakenText", versions)}</Text>
      <Group gap="xs" mt="xs">
        <Button
          variant="default"
          onClick={() =>
            change({ tab: "history", from: versions.base, to: versions.live }, { push: true })
          }
        >
          {t("seeDifference")}
        </Button>
        <Button variant="default" onClick={bench.rebase}>
          {t("keepOver", versions)}
        </Button>
        <Button variant="default" onClick={() => void bench.discard()}>
          {t("startAgain", versions)}
        </Button>
      </Group>
    </Alert>
  );
}
