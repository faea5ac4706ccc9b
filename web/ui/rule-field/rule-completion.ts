import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { RuleName } from "./rule-names.ts";

/** Functions of rules: how they are written, and what they do. */
export interface RuleFunction {
  readonly name: string;
  readonly apply: string;
  readonly about: string;
}

/** Completes a rule: values where a comparison waits for one, else names and functions. */
export function completeRule(
  names: readonly RuleName[],
  functions: readonly RuleFunction[],
): (context: CompletionContext) => CompletionResult | null {
  const options: Completion[] = [
    ...names.map(({ name, type, values, about }) => ({
      label: name,
      type: "variable",
      detail: type,
      info: [about, values && values.slice(0, 12).join(", ")].filter(Boolean).join("\n"),
      boost: name.includes(".") ? 0 : 1,
    })),
    ...functions.map(({ name, apply, about }) => ({
      label: name,
      type: "function",
      apply,
      info: about,
    })),
  ];
  return (context) => {
    const before = context.state.sliceDoc(0, context.pos);
    const wanted = valuesWanted(before, names);
    if (wanted) return { from: context.pos - wanted.typed.length, options: wanted.options };
    const word = context.matchBefore(/[\w.]+/);
    if (!word && !context.explicit) return null;
    return { from: word?.from ?? context.pos, options, validFor: /^[\w.]*$/ };
  };
}

/** `stage == "on` wants stages; `plan in ["free", ` wants plans. */
export function valuesWanted(
  before: string,
  names: readonly RuleName[],
): { readonly typed: string; readonly options: Completion[] } | null {
  const found = /([\w.]+)\s*(?:==|!=|in\s*\[(?:\s*"[^"]*"\s*,)*)\s*("?[^"\s\],]*)$/.exec(before);
  const name = names.find((one) => one.name === found?.[1]);
  if (!found || !name?.values) return null;
  return {
    typed: found[2] ?? "",
    options: name.values.map((value) => ({
      label: `"${value}"`,
      type: "constant",
      detail: name.name,
    })),
  };
}
