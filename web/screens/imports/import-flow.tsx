import {
  Alert,
  Anchor,
  Button,
  Collapse,
  Group,
  SegmentedControl,
  Stack,
  Table,
  Text,
} from "@mantine/core";
import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { ChooseFile } from "./choose-file.tsx";
import { CountsLine } from "./counts-line.tsx";
import { DefinitionView } from "./definition-view.tsx";
import { FileReadingFields } from "./file-reading.tsx";
import { ImportRun } from "./import-run.tsx";
import {
  doubledTargets,
  type ImportKind,
  missingColumns,
  suggestedState,
  type UploadPreview,
} from "./mapping-state.ts";
import { MappingTable } from "./mapping-table.tsx";
import { RejectsTable } from "./rejects-table.tsx";
import { useUpload } from "./use-upload.ts";

interface ImportFlowProps {
  /** Taken the file is this, where somebody has been asked for it; else what it looks like. */
  readonly kind?: ImportKind | undefined;
  readonly onRun?: (run: string) => void;
  /** Shown under an import that has run. */
  readonly after?: React.ReactNode;
}

const KINDS = ["accounts", "contacts", "events", "team"] as const;

/** From a file to its rows in the book: look, say what it is, try, import. */
export function ImportFlow({ kind, onRun, after }: ImportFlowProps) {
  const t = useText("imports");
  const upload = useUpload(kind);
  const [run, setRun] = useState<string | null>(null);
  if (run !== null)
    return (
      <Stack gap="md">
        <ImportRun run={run} />
        <Group>
          {after}
          <Button
            variant="default"
            onClick={() => {
              setRun(null);
              upload.clear();
            }}
          >
            {t("another")}
          </Button>
        </Group>
      </Stack>
    );
  const { preview, state, checked } = upload;
  if (!preview || !state) return <ChooseFile isBusy={upload.isSending} onFile={upload.send} />;
  const isWrong = missingColumns(preview, state).length > 0 || doubledTargets(state).length > 0;
  const counts = checked?.counts[state.kind];
  return (
    <Stack gap="md">
      <FileLine preview={preview} onOther={upload.clear} />
      {kind === undefined && (
        <Group gap="sm">
          <Text size="sm" fw={550}>
            {t("whatIsIt")}
          </Text>
          <SegmentedControl
            aria-label={t("whatIsIt")}
            value={state.kind}
            onChange={(one) => upload.say(suggestedState(preview, one, state.csv))}
            data={KINDS.map((one) => ({ value: one, label: t(`kindName_${one}`) }))}
          />
        </Group>
      )}
      <FirstRows preview={preview} />
      <ReadOtherwise
        isCsv={preview.format === "csv" || preview.format === "tsv"}
        value={state.csv}
        onChange={upload.reread}
      />
      <MappingTable preview={preview} state={state} onChange={upload.say} />
      {checked && counts && (
        <Stack gap="sm" p="md" style={{ border: "1px solid var(--ts-border)", borderRadius: 10 }}>
          <Text fw={600}>{t("trialTitle")}</Text>
          <CountsLine counts={counts} isTrial />
          <RejectsTable rejects={checked.rejects} total={checked.rejected} />
          {checked.warnings.map((warning) => (
            <Text key={warning} size="sm" c="dimmed">
              {warning}
            </Text>
          ))}
          <DefinitionView definition={checked.definition} file={preview.name} />
        </Stack>
      )}
      <Group>
        <Button
          variant={checked ? "default" : "filled"}
          disabled={isWrong}
          loading={upload.isTrying}
          onClick={() => upload.tryIt()}
        >
          {t("tryIt")}
        </Button>
        {checked && counts && (
          <Button
            loading={upload.isBringing}
            disabled={counts.read === counts.rejected}
            onClick={() =>
              void upload.bring().then(
                (id) => {
                  if (id === null) return;
                  setRun(id);
                  onRun?.(id);
                },
                // told already, and what was said of the columns stays
                () => undefined,
              )
            }
          >
            {counts.rejected > 0
              ? t("importRest", { count: counts.read - counts.rejected })
              : t("importAll", { count: counts.read })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function FileLine({
  preview,
  onOther,
}: {
  readonly preview: UploadPreview;
  readonly onOther: () => void;
}) {
  const t = useText("imports");
  const format = useFormat();
  return (
    <Stack gap={6}>
      <Group gap="xs">
        <Text fw={600}>{preview.name}</Text>
        <Text size="sm" c="dimmed" className="tabular">
          {t("rowsColumns", {
            rows: format.number(preview.rows),
            columns: format.number(preview.columns.length),
          })}
        </Text>
        <Anchor component="button" size="sm" onClick={onOther}>
          {t("otherFile")}
        </Anchor>
      </Group>
      {preview.warnings.map((warning) => (
        <Text key={warning} size="sm" c="dimmed">
          {warning}
        </Text>
      ))}
      {preview.bad_lines > 0 && (
        <Alert color="orange" title={t("badLines", { count: preview.bad_lines })}>
          {preview.first_bad_lines.slice(0, 3).map(({ row, reason }) => (
            <Text key={row} size="sm">
              {t("badLine", { row, reason })}
            </Text>
          ))}
        </Alert>
      )}
    </Stack>
  );
}

const ROWS_SHOWN = 5;

/** The file's first rows, as they were read. */
function FirstRows({ preview }: { readonly preview: UploadPreview }) {
  const t = useText("imports");
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <Anchor component="button" size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t(isOpen ? "hideRows" : "showRows")}
      </Anchor>
      <Collapse expanded={isOpen}>
        <Table.ScrollContainer minWidth={900}>
          <Table fz="xs" verticalSpacing={3} mt="xs" style={{ whiteSpace: "nowrap" }}>
            <Table.Thead>
              <Table.Tr>
                {preview.columns.map(({ name }) => (
                  <Table.Th key={name}>{name}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {preview.first.slice(0, ROWS_SHOWN).map((row, place) => (
                <Table.Tr key={place}>
                  {preview.columns.map(({ name }) => (
                    <Table.Td key={name}>{row[name] ?? ""}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Collapse>
    </div>
  );
}

interface ReadOtherwiseProps {
  readonly isCsv: boolean;
  readonly value: Parameters<typeof FileReadingFields>[0]["value"];
  readonly onChange: Parameters<typeof FileReadingFields>[0]["onChange"];
}

function ReadOtherwise({ isCsv, value, onChange }: ReadOtherwiseProps) {
  const t = useText("imports");
  const [isOpen, setOpen] = useState(false);
  if (!isCsv) return null;
  return (
    <div>
      <Anchor component="button" size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t("readOtherwise")}
      </Anchor>
      <Collapse expanded={isOpen}>
        <FileReadingFields value={value} onChange={onChange} />
      </Collapse>
    </div>
  );
}
