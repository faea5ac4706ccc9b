import {
  Anchor,
  Button,
  Group,
  MultiSelect,
  NumberInput,
  Popover,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useText } from "../../../text/text.ts";
import { useBench } from "../bench-context.ts";
import { editYaml, lineOf, type YamlPath } from "../edit-yaml.ts";

export type CellKind =
  | { readonly kind: "duration" | "text" | "number" }
  | { readonly kind: "choice" | "choices"; readonly words: readonly string[] }
  | { readonly kind: "tags" };

interface EditCellProps {
  /** For those who hear it: what of what is changed here. */
  readonly label: string;
  readonly path: YamlPath;
  readonly value: string | number | readonly string[] | undefined;
  readonly how: CellKind;
  readonly children: ReactNode;
}

/** A value of the model that shows where it is written, and may be changed there. */
export function EditCell({ label, path, value, how, children }: EditCellProps) {
  const t = useText("model");
  const { bench, showPlace } = useBench();
  const [isOpen, setOpen] = useState(false);
  const line = isOpen ? lineOf(bench.files.source, path) : 0;
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      shadow="md"
      trapFocus
      withinPortal
    >
      <Popover.Target>
        <UnstyledButton
          className="cell-edit"
          aria-label={`${label}: ${t("openCell")}`}
          onClick={() => setOpen(!isOpen)}
        >
          {children}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" miw={220} maw={420}>
          <Text size="xs" fw={550}>
            {label}
          </Text>
          {bench.canEdit && (
            <CellForm
              label={label}
              path={path}
              value={value}
              how={how}
              onDone={() => setOpen(false)}
            />
          )}
          <Anchor
            component="button"
            type="button"
            size="xs"
            ta="left"
            onClick={() => {
              setOpen(false);
              showPlace("model.yaml", line);
            }}
          >
            {t("showLine", { line })}
          </Anchor>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

const DURATION = /^\d{1,6}[dw]$/;

function CellForm({
  label,
  path,
  value,
  how,
  onDone,
}: Omit<EditCellProps, "children"> & { readonly onDone: () => void }) {
  const t = useText("model");
  const { bench } = useBench();
  const [typed, setTyped] = useState(
    value ?? (how.kind === "choices" || how.kind === "tags" ? [] : ""),
  );
  const isBad = how.kind === "duration" && !DURATION.test(String(typed));
  const [isRefused, setRefused] = useState(false);
  const done = (): void => {
    if (isBad) return;
    const edited = editYaml(bench.files.source, path, typed === "" ? undefined : typed);
    if (edited === null) {
      setRefused(true);
      return;
    }
    bench.setSource(edited);
    onDone();
  };
  const common = { "aria-label": label, "data-autofocus": true } as const;
  const onEnter = (event: { readonly key: string }): void => {
    if (event.key === "Enter") done();
  };
  return (
    <Stack gap="xs">
      {how.kind === "choices" ? (
        <MultiSelect
          {...common}
          data={[...how.words]}
          value={[...(typed as readonly string[])]}
          onChange={setTyped}
          searchable
          comboboxProps={{ withinPortal: false }}
          maxDropdownHeight={220}
        />
      ) : how.kind === "tags" ? (
        <TagsInput {...common} value={[...(typed as readonly string[])]} onChange={setTyped} />
      ) : how.kind === "choice" ? (
        <Select
          {...common}
          data={[...how.words]}
          value={String(typed)}
          onChange={(one) => setTyped(one ?? "")}
          comboboxProps={{ withinPortal: false }}
        />
      ) : how.kind === "number" ? (
        <NumberInput {...common} value={typed as number} onChange={setTyped} onKeyDown={onEnter} />
      ) : (
        <TextInput
          {...common}
          value={String(typed)}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={onEnter}
          error={isBad ? t("durationHint") : undefined}
        />
      )}
      {isRefused && (
        <Text size="xs" c="var(--ts-red)">
          {t("editInYaml")}
        </Text>
      )}
      <Group gap="xs" justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t("cancel")}
        </Button>
        <Button onClick={done} disabled={isBad}>
          {t("change")}
        </Button>
      </Group>
    </Stack>
  );
}
