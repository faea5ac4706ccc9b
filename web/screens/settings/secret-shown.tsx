import { Alert, Button, Code, CopyButton, Group, Stack, Text } from "@mantine/core";
import { useText } from "../../text/text.ts";
import { IconCheck, IconCopy, IconKey } from "../../ui/icons.ts";

interface SecretShownProps {
  readonly title: string;
  readonly text: string;
  readonly secret: string;
  readonly onClose: () => void;
}

/** A secret that is shown this once. */
export function SecretShown({ title, text, secret, onClose }: SecretShownProps) {
  const t = useText("settings");
  return (
    <Alert color="teal" icon={<IconKey size={18} aria-hidden />} title={title} mb="md">
      <Stack gap="xs">
        <Text size="sm">{text}</Text>
        <Group gap="xs">
          <Code
            data-testid="secret"
            style={{ overflowWrap: "anywhere", fontSize: 13, padding: "6px 8px" }}
          >
            {secret}
          </Code>
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                onClick={copy}
                leftSection={
                  copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />
                }
              >
                {t(copied ? "copied" : "copy")}
              </Button>
            )}
          </CopyButton>
          <Button variant="subtle" onClick={onClose}>
            {t("keptSafe")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
