import { Box, Button, Group, Loader, TextInput, UnstyledButton } from "@mantine/core";
import { useEffect, useState } from "react";
import { useText } from "../../text/text.ts";
import { IconAdjustments, IconCode, IconFilter, IconSearch, IconX } from "../../ui/icons.ts";
import { later } from "../../ui/later.tsx";
import { PopUp } from "../../ui/pop-up.tsx";
import { RuleField } from "../../ui/rule-field/rule-field.tsx";
import { FacetMenu } from "./facet-menu.tsx";
import type { Described } from "./portfolio-data.ts";
import { type AccountFilter, isFiltered, LISTS } from "./portfolio-search.ts";
import { useRuleFunctions, useRuleNames } from "./use-rule-names.ts";
import "./portfolio.css";

// it reads rules, which takes a parser: it comes when somebody wants it
const ConditionList = later(
  async () => (await import("./condition-list.tsx")).ConditionList,
  <Loader size="sm" m="md" color="gray" />,
);

interface FilterBarProps {
  readonly filter: AccountFilter;
  readonly described: Described | undefined;
  readonly ownerName: (id: string) => string;
  /** Lists that make no sense here: a board has its stages as columns. */
  readonly without?: readonly (typeof LISTS)[number][];
  readonly onChange: (filter: AccountFilter) => void;
}

/** Which accounts are shown: by name, by clicking, by a rule. */
export function FilterBar({
  filter,
  described,
  ownerName,
  without = [],
  onChange,
}: FilterBarProps) {
  const t = useText("portfolio");
  const names = useRuleNames(described);
  const functions = useRuleFunctions();
  const [isRule, setRule] = useState(filter.where !== undefined);
  const [isFresh, setFresh] = useState(false);
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- a rule that came from elsewhere opens its field
    if (filter.where !== undefined) setRule(true);
  }, [filter.where]);
  return (
    <Box>
      <Group gap={6} wrap="wrap">
        <NameSearch value={filter.q ?? ""} onChange={(q) => onChange({ ...filter, q })} />
        {LISTS.filter((list) => !without.includes(list)).map((list) => (
          <FacetMenu
            key={list}
            list={list}
            filter={filter}
            ownerName={ownerName}
            onChange={onChange}
          />
        ))}
        <FacetMenu list="renewal" filter={filter} ownerName={ownerName} onChange={onChange} />
        <PopUp
          position="bottom-start"
          trapFocus
          padding={4}
          renderButton={(opener) => (
            <UnstyledButton
              {...opener}
              className={filter.where === undefined ? "filter-chip" : "filter-chip is-on"}
              onPointerEnter={() => {
                opener.onPointerEnter();
                void ConditionList.preload();
              }}
            >
              <IconAdjustments size={14} aria-hidden />
              {t("conditions")}
            </UnstyledButton>
          )}
        >
          <ConditionList
            rule={filter.where ?? ""}
            names={names}
            onChange={(where) => onChange({ ...filter, where: where || undefined })}
          />
        </PopUp>
        {!isRule && (
          <UnstyledButton
            className="filter-chip"
            onClick={() => {
              setFresh(true);
              setRule(true);
            }}
          >
            <IconCode size={14} aria-hidden />
            {t("rule")}
          </UnstyledButton>
        )}
        {isFiltered(filter) && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconX size={13} aria-hidden />}
            onClick={() => {
              setRule(false);
              onChange({});
            }}
          >
            {t("clear")}
          </Button>
        )}
      </Group>
      {isRule && (
        <Box mt={6}>
          <RuleField
            label={t("rule")}
            placeholder={t("rulePlaceholder")}
            value={filter.where ?? ""}
            names={names}
            functions={functions}
            autoFocus={isFresh}
            left={<IconFilter size={14} aria-hidden style={{ opacity: 0.6 }} />}
            right={
              <UnstyledButton
                aria-label={t("removeRule")}
                onClick={() => {
                  setRule(false);
                  setFresh(false);
                  onChange({ ...filter, where: undefined });
                }}
              >
                <IconX size={14} aria-hidden />
              </UnstyledButton>
            }
            onChange={(where) => onChange({ ...filter, where: where || undefined })}
          />
        </Box>
      )}
    </Box>
  );
}

/** Asked while one types, not for every letter. */
const TYPING_MS = 200;

function NameSearch({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (q: string | undefined) => void;
}) {
  const t = useText("portfolio");
  const [text, setText] = useState(value);
  // oxlint-disable-next-line react/set-state-in-effect -- what is typed gives way to another view
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text.trim() || undefined), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <TextInput
      w={200}
      aria-label={t("searchName")}
      placeholder={t("searchName")}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
