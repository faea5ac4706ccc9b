import {
  ActionIcon,
  Button,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { useText } from "../../text/text.ts";
import { IconPlus, IconX } from "../../ui/icons.ts";
import type { RuleName } from "../../ui/rule-field/rule-names.ts";
import { operatorsFor, readConditions } from "./conditions.ts";
import { useColumnNames } from "./use-column-names.ts";
import { type Condition, type Operator, writeConditions } from "./write-conditions.ts";

interface ConditionListProps {
  readonly rule: string;
  readonly names: readonly RuleName[];
  readonly onChange: (rule: string) => void;
}

/** The rule as conditions to click together; where it says more than that, the reader is told. */
export function ConditionList({ rule, names, onChange }: ConditionListProps) {
  const t = useText("portfolio");
  const read = readConditions(rule, names);
  const [draft, setDraft] = useState<readonly Condition[]>([]);
  if (read === null)
    return (
      <Stack gap={6} p="xs" maw={420}>
        <Text size="sm">{t("notByClicks")}</Text>
        <Text size="xs" c="dimmed" ff="monospace">
          {rule}
        </Text>
        <Group>
          <Button variant="default" onClick={() => onChange("")}>
            {t("startAnew")}
          </Button>
        </Group>
      </Stack>
    );
  const all = [...read, ...draft];
  const change = (next: readonly Condition[]): void => {
    const whole = next.filter(isWhole);
    setDraft(next.filter((one) => !isWhole(one)));
    const text = writeConditions(whole);
    if (text !== rule) onChange(text);
  };
  const add = (): void => {
    const [first] = names;
    if (first) setDraft([...draft, fresh(first)]);
  };
  return (
    <Stack gap={6} p="xs" w={520}>
      {all.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noConditions")}
        </Text>
      )}
      {all.map((condition, place) => (
        <ConditionLine
          // conditions have no identity but their place
          key={place}
          condition={condition}
          names={names}
          onChange={(next) => change(all.map((one, n) => (n === place ? next : one)))}
          onRemove={() => change(all.filter((_, n) => n !== place))}
        />
      ))}
      <Group>
        <Button variant="subtle" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          {t("addCondition")}
        </Button>
      </Group>
    </Stack>
  );
}

interface ConditionLineProps {
  readonly condition: Condition;
  readonly names: readonly RuleName[];
  readonly onChange: (condition: Condition) => void;
  readonly onRemove: () => void;
}

function ConditionLine({ condition, names, onChange, onRemove }: ConditionLineProps) {
  const t = useText("portfolio");
  const nameOf = useColumnNames();
  const name = names.find((one) => one.name === condition.name);
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Select
        w={190}
        searchable
        aria-label={t("conditionName")}
        comboboxProps={{ withinPortal: false }}
        data={names.map((one) => ({ value: one.name, label: nameOf(one.name) }))}
        value={condition.name}
        onChange={(value) => {
          const next = names.find((one) => one.name === value);
          if (next) onChange(fresh(next));
        }}
      />
      <Select
        w={130}
        aria-label={t("conditionOperator")}
        comboboxProps={{ withinPortal: false }}
        data={(name ? operatorsFor(name) : []).map((operator) => ({
          value: operator,
          label: t(`operators.${operator}`),
        }))}
        value={condition.operator}
        onChange={(value) => {
          if (value !== null) onChange(withOperator(condition, value, name));
        }}
      />
      <ConditionValue condition={condition} name={name} onChange={onChange} />
      <ActionIcon aria-label={t("removeCondition")} onClick={onRemove}>
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

function ConditionValue({
  condition,
  name,
  onChange,
}: {
  readonly condition: Condition;
  readonly name: RuleName | undefined;
  readonly onChange: (condition: Condition) => void;
}) {
  const t = useText("portfolio");
  const label = t("conditionValue");
  const { operator, value } = condition;
  if (["is", "isNot", "known", "unknown"].includes(operator)) return <div style={{ flex: 1 }} />;
  if (operator === "in" && name?.values)
    return (
      <MultiSelect
        style={{ flex: 1 }}
        aria-label={label}
        comboboxProps={{ withinPortal: false }}
        data={[...name.values]}
        value={isList(value) ? [...value] : []}
        onChange={(values) => onChange({ ...condition, value: values })}
      />
    );
  if (name?.values)
    return (
      <Select
        style={{ flex: 1 }}
        aria-label={label}
        comboboxProps={{ withinPortal: false }}
        data={[...name.values]}
        value={typeof value === "string" ? value : null}
        onChange={(one) => onChange({ ...condition, value: one })}
      />
    );
  if (name?.type === "number" || operator === "within" || operator === "before")
    return (
      <NumberInput
        style={{ flex: 1 }}
        aria-label={label}
        value={typeof value === "number" ? value : ""}
        onChange={(one) => onChange({ ...condition, value: typeof one === "number" ? one : null })}
        {...(operator === "within" || operator === "before" ? { suffix: ` ${t("days")}` } : {})}
      />
    );
  return (
    <TextInput
      style={{ flex: 1 }}
      aria-label={label}
      value={isList(value) ? value.join(", ") : String(value ?? "")}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const values = text.split(",").map((one) => one.trim());
        onChange({ ...condition, value: operator === "in" ? values : text });
      }}
    />
  );
}

function isWhole({ operator, value }: Condition): boolean {
  if (["is", "isNot", "known", "unknown"].includes(operator)) return true;
  return isList(value) ? value.some((one) => one !== "") : value !== null && value !== "";
}

function fresh(name: RuleName): Condition {
  return { name: name.name, operator: operatorsFor(name)[0] ?? "known", value: null };
}

function withOperator(
  { name, value }: Condition,
  operator: Operator,
  of: RuleName | undefined,
): Condition {
  const many = isList(value);
  const takesNone = ["is", "isNot", "known", "unknown"].includes(operator);
  if (takesNone) return { name, operator, value: null };
  if (operator === "in") return { name, operator, value: many ? value : [String(value ?? "")] };
  const one = many ? (value[0] ?? null) : value;
  return { name, operator, value: of?.type === "number" && typeof one !== "number" ? null : one };
}

function isList(value: Condition["value"]): value is readonly string[] {
  return typeof value === "object" && value !== null;
}
