import { ActionIcon, Autocomplete, Group, Table, Text, TextInput, Tooltip } from "@mantine/core";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { IconArrowBackUp, IconArrowRight, IconX } from "../../ui/icons.ts";
import {
  doubledTargets,
  knownOf,
  type MappingState,
  missingColumns,
  othersOf,
  type UploadPreview,
} from "./mapping-state.ts";

interface MappingTableProps {
  readonly preview: UploadPreview;
  readonly state: MappingState;
  readonly onChange: (state: MappingState) => void;
}

/** Every column of the file with its type and samples, and what it becomes. */
export function MappingTable({ preview, state, onChange }: MappingTableProps) {
  const t = useText("imports");
  const format = useFormat();
  const known = knownOf(preview, state.kind);
  const others = othersOf(preview, state.kind);
  const doubled = new Set(doubledTargets(state));
  const knownNames = new Set(known.map(({ name }) => name));
  const wanted = state.kind === "accounts" ? preview.wanted : [];
  const wantedNames = new Set(wanted.map(({ trait }) => trait));
  const targets = [
    { group: t("knownFields"), items: known.map(({ name }) => name) },
    ...(wanted.length > 0
      ? [
          {
            group: t("wantedFields"),
            items: wanted.map(({ trait }) => trait).filter((one) => !knownNames.has(one)),
          },
        ]
      : []),
  ];
  const set = (from: string, to: string | null) =>
    onChange({ ...state, targets: { ...state.targets, [from]: to } });
  const meaning = (to: string) => {
    if (knownNames.has(to)) return t("meansKnown");
    if (wantedNames.has(to)) return t("meansWanted");
    return t(
      others === "property"
        ? "meansProperty"
        : others === "ignored"
          ? "meansNothing"
          : "meansTrait",
    );
  };
  const suggested = preview.suggestions.find(({ kind }) => kind === state.kind)?.columns ?? [];
  return (
    <>
      <Table.ScrollContainer minWidth={780}>
        <Table verticalSpacing={6} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("column")}</Table.Th>
              <Table.Th>{t("type")}</Table.Th>
              <Table.Th>{t("samples")}</Table.Th>
              <Table.Th w={24} aria-hidden />
              <Table.Th w={230}>{t("becomes")}</Table.Th>
              <Table.Th w={210} aria-label={t("meaning")} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.columns.map((column) => {
              const to = state.targets[column.name] ?? null;
              const isLeftOut = to === null;
              return (
                <Table.Tr key={column.name}>
                  <Table.Td maw={190}>
                    <Text size="sm" fw={550} truncate title={column.name}>
                      {column.name}
                    </Text>
                    <Text size="xs" c="dimmed" className="tabular">
                      {t("filled", {
                        share: format.percent(
                          preview.rows === 0 ? 0 : column.filled / preview.rows,
                        ),
                      })}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <Text size="xs" c="dimmed">
                      {t(`kind_${column.kind}`)}
                    </Text>
                  </Table.Td>
                  <Table.Td maw={220}>
                    <Text size="sm" c="dimmed" truncate title={column.samples.join(", ")}>
                      {column.samples.join(", ") || "–"}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <IconArrowRight size={14} aria-hidden />
                  </Table.Td>
                  <Table.Td>
                    {isLeftOut ? (
                      <Text size="sm" c="dimmed">
                        {t("leftOut")}
                      </Text>
                    ) : (
                      <Autocomplete
                        aria-label={t("becomesOf", { column: column.name })}
                        size="xs"
                        data={targets}
                        value={to}
                        onChange={(text) => set(column.name, text)}
                        error={doubled.has(to)}
                        comboboxProps={{ width: 220 }}
                      />
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Group gap={6} wrap="nowrap" justify="space-between">
                      <Text size="xs" c={doubled.has(to ?? "") ? "var(--ts-red)" : "dimmed"}>
                        {isLeftOut ? "" : doubled.has(to) ? t("doubled") : meaning(to)}
                      </Text>
                      <Tooltip label={isLeftOut ? t("takeIn") : t("leaveOut")}>
                        <ActionIcon
                          size="sm"
                          aria-label={t(isLeftOut ? "takeInOf" : "leaveOutOf", {
                            column: column.name,
                          })}
                          onClick={() =>
                            set(
                              column.name,
                              isLeftOut
                                ? (suggested.find(({ from }) => from === column.name)?.to ??
                                    column.name)
                                : null,
                            )
                          }
                        >
                          {isLeftOut ? (
                            <IconArrowBackUp size={14} aria-hidden />
                          ) : (
                            <IconX size={14} aria-hidden />
                          )}
                        </ActionIcon>
                      </Tooltip>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Missing preview={preview} state={state} onChange={onChange} />
    </>
  );
}

/** What every row needs and no column gives: it may be the same for all. */
function Missing({ preview, state, onChange }: MappingTableProps) {
  const t = useText("imports");
  const missing = missingColumns(preview, state);
  const said = Object.keys(state.fixed);
  const names = [...new Set([...said, ...missing])];
  if (names.length === 0) return null;
  return (
    <Group gap="sm" align="flex-end" mt="xs">
      <Text size="sm" c={missing.length > 0 ? "var(--ts-red)" : "dimmed"} maw={420}>
        {missing.length > 0 ? t("missing", { columns: missing.join(", ") }) : t("fixedText")}
      </Text>
      {names.map((name) => (
        <TextInput
          key={name}
          label={t("fixedOf", { column: name })}
          value={state.fixed[name] ?? ""}
          onChange={(event) =>
            onChange({ ...state, fixed: { ...state.fixed, [name]: event.currentTarget.value } })
          }
          w={180}
        />
      ))}
    </Group>
  );
}
