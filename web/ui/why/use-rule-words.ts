import { useMemo } from "react";
import type { AboutModel, FactChange } from "../../../src/core/explain/index.ts";
import type { Trace } from "../../../src/core/rules/types.ts";
import { useFormat } from "../../lib/format.ts";
import { useText } from "../../text/text.ts";
import { type FactValues, factValues } from "./fact-value.ts";
import { literal, named, type Said, said, type Sign, spoken, unquoted } from "./rule-words.ts";

export interface RuleWords extends FactValues {
  /** What a part of a rule says. */
  sentence(trace: Trace): string;
  /** The values it was answered with; null where the sentence names none. */
  actual(trace: Trace): string | null;
  /** "ARR would have to reach 100,000: 18,000 more" */
  change(change: FactChange): string;
}

const NUMBER_SIGNS = {
  "==": "is",
  "!=": "isNot",
  ">=": "atLeast",
  "<=": "atMost",
  ">": "moreThan",
  "<": "lessThan",
} as const satisfies Record<Sign, string>;
const DAY_SIGNS = {
  ...NUMBER_SIGNS,
  ">=": "onOrAfter",
  "<=": "onOrBefore",
  ">": "after",
  "<": "before",
} as const satisfies Record<Sign, string>;

/** Rules, values and changes in the reader's language. */
export function useRuleWords(about: AboutModel): RuleWords {
  const t = useText("why");
  const common = useText("common");
  const format = useFormat();
  return useMemo(() => {
    const yesNo = { yes: common("yes"), no: common("no"), unknown: t("notKnown") };
    const values = factValues(about, format, yesNo);
    const sideText = (side: string): string => {
      const { name, days } = named(side);
      if (days === "since") return t("daysSince", { name: spoken(name) });
      return days === "until" ? t("daysUntil", { name: spoken(name) }) : spoken(name);
    };
    const rightText = (left: string, right: string): string => {
      const value = literal(right);
      if (value === undefined) return sideText(right);
      return named(left).days === null ? values.value(left, value) : values.value("", value);
    };
    const compare = ({ left, sign, right }: Said & { readonly kind: "compare" }): string => {
      const isDay = about.facts[left]?.type === "date" && literal(right) === undefined;
      const key = isDay ? DAY_SIGNS[sign] : NUMBER_SIGNS[sign];
      return t(key, { left: sideText(left), right: rightText(left, right) });
    };
    const sentence = (trace: Trace): string => {
      const what = said(trace);
      switch (what.kind) {
        case "compare":
          return compare(what);
        case "one_of":
          return t("oneOf", { left: sideText(what.left), values: what.values.join(", ") });
        case "known":
          return t("isKnown", { of: spoken(what.of) });
        case "name":
          return spoken(what.name);
        case "no":
          return t("isNo", { name: spoken(what.name) });
        case "text":
          return unquoted(what.text);
        default:
          return t(what.kind);
      }
    };
    return {
      ...values,
      sentence,
      actual: (trace) => actualText(trace, values, t, sentence),
      change: (change) => changeText(change, about, values, t),
    };
  }, [about, common, format, t]);
}

type WhyText = ReturnType<typeof useText<"why">>;

function actualText(
  trace: Trace,
  values: FactValues,
  t: WhyText,
  sentence: (trace: Trace) => string,
): string | null {
  const shown = Object.entries(trace.actual).filter(([name]) => name !== "today");
  const [first] = shown;
  // a bare name answers for itself: its mark says yes or no
  if (!first) return trace.result === null ? t("notKnown") : null;
  if (said(trace).kind === "no") return first[1] === null ? t("notKnown") : null;
  if (shown.length === 1) {
    const value = values.value(...first);
    const isSaid = trace.result === true && sentence(trace).endsWith(` ${value}`);
    return isSaid ? null : first[1] === null ? value : t("itIs", { value });
  }
  return shown
    .map(([name, value]) => t("nameIs", { name: spoken(name), value: values.value(name, value) }))
    .join(", ");
}

function changeText(
  { fact, from, to, by }: FactChange,
  about: AboutModel,
  values: FactValues,
  t: WhyText,
): string {
  const said = { fact: spoken(fact), to: values.value(fact, to) };
  if (from === null) return t("learn", said);
  if (by === null) return t("instead", { ...said, from: values.value(fact, from) });
  if (about.facts[fact]?.type === "date")
    return t(by > 0 ? "later" : "earlier", { ...said, count: Math.abs(by) });
  return t(by > 0 ? "reach" : "fall", { ...said, by: values.difference(fact, by) });
}
