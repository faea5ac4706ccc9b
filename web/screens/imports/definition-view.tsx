import { Button, Code, Collapse, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { useText } from "../../text/text.ts";
import { IconCode, IconDownload } from "../../ui/icons.ts";

interface DefinitionViewProps {
  readonly definition: string;
  /** Of the file that it reads. */
  readonly file: string;
}

/** The import file that does the same on the command line, to keep. */
export function DefinitionView({ definition, file }: DefinitionViewProps) {
  const t = useText("imports");
  const [isOpen, setOpen] = useState(false);
  const name = `${file.replace(/\.[^.]+(\.gz)?$/, "")}.import.yaml`;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconCode size={14} aria-hidden />}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t("showDefinition")}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => download(name, definition)}
        >
          {t("downloadDefinition")}
        </Button>
      </Group>
      <Collapse expanded={isOpen}>
        <Code block tabIndex={0} style={{ maxHeight: 320, overflow: "auto" }}>
          {definition}
        </Code>
      </Collapse>
    </Stack>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
