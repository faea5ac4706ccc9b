import { useMemo } from "react";
import { useText } from "../../text/text.ts";
import type { RuleFunction } from "../../ui/rule-field/rule-completion.ts";
import type { RuleName } from "../../ui/rule-field/rule-names.ts";
import type { Described } from "./portfolio-data.ts";
import { useColumnNames } from "./use-column-names.ts";

/** What rules about accounts may name under the model in force, in the reader's words. */
export function useRuleNames(described: Described | undefined): readonly RuleName[] {
  const nameOf = useColumnNames();
  return useMemo(
    () =>
      (described?.columns ?? [])
        .filter((column) => column.in_rules)
        .map(({ name, type, values, about }) => ({
          name,
          type,
          values,
          about: about ?? nameOf(name),
        })),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- names change with the language only, and the page is drawn anew then
    [described],
  );
}

export function useRuleFunctions(): readonly RuleFunction[] {
  const t = useText("portfolio");
  return useMemo(
    () => [
      { name: "days_until", apply: "days_until(", about: t("functions.days_until") },
      { name: "days_since", apply: "days_since(", about: t("functions.days_since") },
      { name: "known", apply: "known(", about: t("functions.known") },
      { name: "contains", apply: 'contains("', about: t("functions.contains") },
      { name: "startsWith", apply: 'startsWith("', about: t("functions.startsWith") },
      { name: "min", apply: "min(", about: t("functions.min") },
      { name: "max", apply: "max(", about: t("functions.max") },
      { name: "round", apply: "round(", about: t("functions.round") },
      { name: "date", apply: 'date("', about: t("functions.date") },
    ],
    [t],
  );
}
