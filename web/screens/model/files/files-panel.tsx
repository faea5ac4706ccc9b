import { Group, SegmentedControl, Select, Stack } from "@mantine/core";
import { useMemo, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { api, ask } from "../../../lib/api.ts";
import { useText } from "../../../text/text.ts";
import { later } from "../../../ui/later.tsx";
import { Loading } from "../../../ui/loading.tsx";
import { useBench } from "../bench-context.ts";
import { MODEL_FILE, openFile, pathOf, textOf, withText } from "../model-files.ts";
import { useModelSearch } from "../use-model-search.ts";
import { AddFile } from "./add-file.tsx";
import { MessagePreview } from "./message-preview.tsx";
import { ProblemList, type Trouble } from "./problem-list.tsx";

const CodeEditor = later(
  async () => (await import("../editor/code-editor.tsx")).CodeEditor,
  <Loading lines={12} />,
);

interface FilesPanelProps {
  readonly place: { readonly line: number; readonly column?: number | undefined } | null;
}

/** The model's files beside the view, each with what is wrong with it. */
export function FilesPanel({ place }: FilesPanelProps) {
  const t = useText("model");
  const { bench, checked, showPlace } = useBench();
  const [search, change] = useModelSearch();
  const [look, setLook] = useState<"text" | "preview">("text");
  const { files } = bench;
  const file = openFile(search.file, files);
  const path = pathOf(file);
  const troubles = useTroubles();
  const templates = useMemo(
    () => [...new Set(Object.keys(files.messages).map((name) => name.split(".")[0] ?? name))],
    [files.messages],
  );
  const marks = useMemo(() => troubles.filter((one) => one.file === path), [troubles, path]);
  const isMessage = file.kind === "message";
  const isPreview = isMessage && look === "preview" && bench.canEdit;
  return (
    <Stack gap="xs" className="model-files" mih={0} role="complementary" aria-label={t("files")}>
      <Group gap="xs" wrap="nowrap">
        <Select
          aria-label={t("file")}
          flex={1}
          data={fileChoices(files, t)}
          value={path}
          allowDeselect={false}
          searchable
          maxDropdownHeight={420}
          onChange={(one) => change({ file: one === MODEL_FILE ? undefined : (one ?? undefined) })}
        />
        {isMessage && bench.canEdit && (
          <SegmentedControl
            aria-label={t("look")}
            value={look}
            onChange={(one) => setLook(one)}
            data={[
              { value: "text", label: t("lookText") },
              { value: "preview", label: t("lookPreview") },
            ]}
          />
        )}
        {bench.canEdit && <AddFile file={file} />}
      </Group>
      {isPreview ? (
        <MessagePreview message={file.name} />
      ) : (
        <CodeEditor
          key={path}
          label={t("textOf", { file: path })}
          text={textOf(files, file)}
          isYaml={!isMessage}
          isReadOnly={!bench.canEdit}
          marks={marks}
          place={place}
          onChange={(text) => bench.edit((all) => withText(all, file, text))}
          {...(file.kind === "model" ? { schema: checked.schema, templates } : {})}
        />
      )}
      <ProblemList
        troubles={troubles}
        isBehind={checked.isBehind}
        onOpen={(one) => showPlace(one.file, one.line, one.column)}
      />
    </Stack>
  );
}

function fileChoices(
  files: { messages: object; scenarios: object },
  t: ReturnType<typeof useText<"model">>,
) {
  const messages = Object.keys(files.messages).toSorted();
  const scenarios = Object.keys(files.scenarios).toSorted();
  return [
    { group: t("groupModel"), items: [MODEL_FILE] },
    ...(scenarios.length > 0 ? [{ group: t("groupScenarios"), items: scenarios }] : []),
    ...(messages.length > 0
      ? [
          {
            group: t("groupMessages"),
            items: messages.map((name) => ({ value: `messages/${name}.liquid`, label: name })),
          },
        ]
      : []),
  ];
}

/** What the check here found at once, and after it what only the server can tell: of messages and holidays. */
function useTroubles(): readonly Trouble[] {
  const { bench, checked } = useBench();
  const { source, messages } = bench.files;
  const [sent] = useDebouncedValue({ source, messages }, 700);
  const further = useQuery({
    // not a part of "models": it depends on nothing but what is sent
    queryKey: ["validate", sent],
    queryFn: ({ signal }) => ask(api.POST("/api/models/validate", { body: sent, signal })),
    staleTime: Infinity,
    gcTime: 10_000,
    placeholderData: (before) => before,
  });
  return useMemo(() => {
    const here = checked.diagnostics.map(troubleOf);
    const known = new Set(here.map(keyOf));
    const more = (further.data?.diagnostics ?? [])
      .map(troubleOf)
      .filter((one) => one.file !== MODEL_FILE || (!checked.isBroken && sent.source === source))
      .filter((one) => !known.has(keyOf(one)));
    return [...here, ...more];
  }, [checked, further.data, sent.source, source]);
}

function troubleOf(one: {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly end_column?: unknown;
  readonly hint?: unknown;
}): Trouble {
  return {
    code: one.code,
    file: one.file,
    line: one.line,
    column: one.column,
    endColumn: typeof one.end_column === "number" ? one.end_column : one.column + 1,
    severity: one.severity === "error" ? "error" : "warning",
    message: one.message,
    hint: typeof one.hint === "string" ? one.hint : undefined,
  };
}

function keyOf({ file, line, column, message }: Trouble): string {
  return `${file}:${line}:${column} ${message}`;
}
