import { readTyped, showTyped } from "../core/facts/index.ts";
import type { Model } from "../core/model/index.ts";
import { AppError } from "./app-error.ts";

export type Traits = Readonly<Record<string, string | number | boolean | null>>;

/**
 * What an account answered, as it was typed: a trait that the model declares is read as its
 * type, any other as a number or a yes or no where it looks like one. Nothing typed clears it.
 */
export function answeredTraits(model: Model, typed: Readonly<Record<string, string>>): Traits {
  return Object.fromEntries(
    Object.entries(typed).map(([trait, text]) => [trait, answer(model, trait, text)]),
  );
}

function answer(model: Model, trait: string, text: string): Traits[string] {
  const fact = model.facts.find(({ source }) => source.kind === "trait" && source.trait === trait);
  if (!fact) return guess(text);
  const values = fact.type.kind === "string" ? fact.type.values : undefined;
  if (values && text !== "" && !values.includes(text)) {
    throw new AppError(
      "bad-value",
      `${trait} cannot be \`${text}\`.`,
      `It is one of: ${values.join(", ")}.`,
    );
  }
  const value = readTyped(fact.type, text, model.workspace.timezone);
  if (value === undefined) {
    throw new AppError(
      "bad-value",
      `${trait} cannot be \`${text}\`: the model says it is a ${fact.type.kind}.`,
      EXAMPLES[fact.type.kind],
    );
  }
  return showTyped(fact.type, value);
}

const EXAMPLES: Readonly<Record<string, string>> = {
  number: "Write a number like 12000.",
  boolean: "Write true or false.",
  date: "Write a day like 2026-03-02.",
  time: "Write a time like 2026-03-02T15:00:00Z.",
};

function guess(text: string): Traits[string] {
  if (text === "") return null;
  if (text === "true" || text === "false") return text === "true";
  // 007 and 1e5 are names of things as likely as numbers: only plain numbers are taken for some
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text;
}
