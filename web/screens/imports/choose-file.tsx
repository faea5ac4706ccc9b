import { Button, Group, Loader, Stack, Text } from "@mantine/core";
import { useRef, useState } from "react";
import { useText } from "../../text/text.ts";
import { IconUpload } from "../../ui/icons.ts";

interface ChooseFileProps {
  readonly isBusy: boolean;
  readonly onFile: (file: File) => void;
}

const ACCEPT = ".csv,.tsv,.txt,.json,.jsonl,.ndjson,.parquet,.gz";

/** A place to drop a file, or to choose one. */
export function ChooseFile({ isBusy, onFile }: ChooseFileProps) {
  const t = useText("imports");
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  return (
    <Stack
      align="center"
      gap="xs"
      py={40}
      px="md"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file && !isBusy) onFile(file);
      }}
      style={{
        border: "1px dashed var(--mantine-color-gray-5)",
        borderRadius: 12,
        background: isOver ? "var(--ts-hover)" : "var(--ts-surface)",
      }}
    >
      <IconUpload size={26} stroke={1.5} aria-hidden />
      <Text fw={600}>{t("dropTitle")}</Text>
      <Text size="sm" c="dimmed" ta="center" maw={460}>
        {t("dropText")}
      </Text>
      <input
        ref={input}
        type="file"
        accept={ACCEPT}
        hidden
        aria-label={t("chooseFile")}
        data-testid="import-file"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = "";
          if (file) onFile(file);
        }}
      />
      <Group mt={4}>
        {isBusy ? (
          <Group gap="xs" role="status">
            <Loader size="xs" />
            <Text size="sm">{t("reading")}</Text>
          </Group>
        ) : (
          <Button onClick={() => input.current?.click()}>{t("chooseFile")}</Button>
        )}
      </Group>
    </Stack>
  );
}
