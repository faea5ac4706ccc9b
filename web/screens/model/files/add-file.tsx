import { ActionIcon, Button, Menu, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "../../../text/text.ts";
import { IconDots } from "../../../ui/icons.ts";
import { useBench } from "../bench-context.ts";
import {
  FIRST_SCENARIO_FILE,
  type ModelFiles,
  type OpenFile,
  withScenarios,
} from "../model-files.ts";
import { useModelSearch } from "../use-model-search.ts";

const MESSAGE_NAME = /^[a-z][a-z0-9_]*\.[A-Za-z-]+$/;
const SCENARIO_NAME = /^[A-Za-z0-9][\w.-]*\.ya?ml$/;
const FIRST_MESSAGE = "subject: \n\nHello {{ contact.name }},\n\n";

/** New message and scenario files, and taking one away. */
export function AddFile({ file }: { readonly file: OpenFile }) {
  const t = useText("model");
  const { bench } = useBench();
  const [, change] = useModelSearch();
  const [adding, setAdding] = useState<"message" | "scenario" | null>(null);
  const [name, setName] = useState("");
  const isGood = adding === "message" ? MESSAGE_NAME.test(name) : SCENARIO_NAME.test(name);
  const add = (): void => {
    if (!isGood || adding === null) return;
    bench.edit((files) => withFile(files, adding, name));
    change({ file: adding === "message" ? `messages/${name}.liquid` : name });
    setAdding(null);
  };
  const begin = (kind: "message" | "scenario"): void => {
    setName(kind === "message" ? "" : FIRST_SCENARIO_FILE);
    setAdding(kind);
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t("moreFiles")}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => begin("message")}>{t("addMessage")}</Menu.Item>
          <Menu.Item onClick={() => begin("scenario")}>{t("addScenarios")}</Menu.Item>
          {file.kind !== "model" && (
            <Menu.Item
              color="red"
              onClick={() => {
                bench.edit((files) => withoutFile(files, file));
                change({ file: undefined });
              }}
            >
              {t("removeFile", { file: file.name })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={adding !== null}
        onClose={() => setAdding(null)}
        title={adding === "message" ? t("addMessage") : t("addScenarios")}
      >
        <Stack>
          <TextInput
            label={t("fileName")}
            description={adding === "message" ? t("messageNameHint") : t("scenarioNameHint")}
            value={name}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter") add();
            }}
          />
          <Button onClick={add} disabled={!isGood}>
            {t("add")}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}

function withFile(files: ModelFiles, kind: "message" | "scenario", name: string): ModelFiles {
  if (kind === "message")
    return { ...files, messages: { [name]: FIRST_MESSAGE, ...files.messages } };
  return withScenarios(files, name);
}

function withoutFile(files: ModelFiles, file: OpenFile): ModelFiles {
  if (file.kind === "model") return files;
  const key = file.kind === "message" ? "messages" : "scenarios";
  const rest = Object.entries(files[key]).filter(([name]) => name !== file.name);
  return { ...files, [key]: Object.fromEntries(rest) };
}
