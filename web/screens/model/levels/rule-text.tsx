import {
  Anchor,
  Button,
  Group,
  NumberInput,
  Popover,
  Stack,
  Text,
  UnstyledButton,
} from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useText } from "../../../text/text.ts";
import { useBench } from "../bench-context.ts";
import { editRuleNumber, lineOf, numbersIn, rulePath, type YamlPath } from "../edit-yaml.ts";

interface RuleTextProps {
  /** Whose rule it is, for those who hear it. */
  readonly of: string;
  readonly text: string;
  readonly path: YamlPath;
}

/** A rule as it is written; its numbers can be changed where they stand. */
export function RuleText({ of, text, path }: RuleTextProps) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [ordinal, { start, end, value }] of numbersIn(text).entries()) {
    const isInText = (text.slice(0, start).match(/"/g) ?? []).length % 2 === 1;
    if (isInText) continue;
    parts.push(text.slice(at, start));
    parts.push(
      <RuleNumber key={ordinal} of={of} text={text} path={path} ordinal={ordinal} value={value} />,
    );
    at = end;
  }
  parts.push(text.slice(at));
  return <span className="rule">{parts}</span>;
}

function RuleNumber({
  of,
  text,
  path,
  ordinal,
  value,
}: RuleTextProps & { readonly ordinal: number; readonly value: number }) {
  const t = useText("model");
  const format = useFormat();
  const { bench, showPlace } = useBench();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState<number | string>(value);
  const shown = value >= 1_000 ? format.number(value) : String(value);
  const place = (): YamlPath => rulePath(bench.files.source, path);
  const done = (): void => {
    if (typed === "" || Number.isNaN(Number(typed))) return;
    const edited = editRuleNumber(bench.files.source, place(), ordinal, Number(typed));
    if (edited !== null) bench.setSource(edited);
    setOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <UnstyledButton
          className="rule-number"
          aria-label={t(bench.canEdit ? "numberOf" : "numberRead", { of, value: shown })}
          onClick={() => {
            setTyped(value);
            setOpen(!isOpen);
          }}
        >
          {shown}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" maw={360}>
          <Text className="rule">{text}</Text>
          {bench.canEdit && (
            <Group gap="xs" wrap="nowrap">
              <NumberInput
                aria-label={t("newNumber", { of })}
                value={typed}
                onChange={setTyped}
                thousandSeparator=","
                data-autofocus
                onKeyDown={(event) => {
                  if (event.key === "Enter") done();
                }}
              />
              <Button onClick={done}>{t("change")}</Button>
            </Group>
          )}
          <Anchor
            component="button"
            type="button"
            size="xs"
            ta="left"
            onClick={() => {
              setOpen(false);
              showPlace("model.yaml", lineOf(bench.files.source, place()));
            }}
          >
            {t("showLine", { line: isOpen ? lineOf(bench.files.source, place()) : 0 })}
          </Anchor>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
