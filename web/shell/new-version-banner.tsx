import { Button, Group, Text } from "@mantine/core";
import { useNewVersion } from "../lib/new-version.ts";
import { useText } from "../text/text.ts";

/** The server was replaced while the page was open: nobody's typing is thrown away, they reload. */
export function NewVersionBanner() {
  const t = useText("common");
  if (!useNewVersion()) return null;
  return (
    <Group
      role="status"
      gap="sm"
      px="lg"
      py={6}
      wrap="nowrap"
      justify="space-between"
      className="no-print"
      style={{
        background: "var(--mantine-color-teal-light)",
        borderBottom: "1px solid var(--ts-border)",
      }}
    >
      <Text size="sm" c="var(--mantine-color-text)">
        {t("newVersion")}
      </Text>
      <Button variant="default" onClick={() => window.location.reload()}>
        {t("reload")}
      </Button>
    </Group>
  );
}
