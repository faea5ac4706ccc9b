import type { Rule } from "../../rules/types.ts";
import type { MinuteSpan } from "../types.ts";
import type { Naming } from "./canonical-rule.ts";
import { canonicalRule } from "./canonical-rule.ts";
import type { Part } from "./thing.ts";

interface Traits {
  /** Left out: it can change what is decided. */
  readonly decides?: false;
  readonly weight?: number;
  /** The label is a verb: `takes` 60 minutes. */
  readonly isVerb?: true;
}

/** The parts that are there: each maker answers none for what the model leaves out. */
export function allParts(...parts: readonly (Part | undefined)[]): readonly Part[] {
  return parts.filter((part) => part !== undefined);
}

export function valuePart(
  key: string,
  label: string,
  value: string | number | boolean | undefined,
  traits: Traits & { readonly shown?: string } = {},
): Part | undefined {
  if (value === undefined) return undefined;
  const shown = traits.shown ?? (typeof value === "number" ? number(value) : String(value));
  return { ...base(key, label, traits), canon: JSON.stringify(value), shown };
}

/** What is so or is not: `phrase` goes behind `now` and `no longer`. */
export function flagPart(key: string, phrase: string, isSo: boolean): Part | undefined {
  return isSo ? { ...base(key, phrase, {}), canon: "yes", shown: "yes", isFlag: true } : undefined;
}

export function daysPart(
  key: string,
  label: string,
  days: number | undefined,
  traits: Traits = {},
): Part | undefined {
  if (days === undefined) return undefined;
  return valuePart(key, label, days, { ...traits, shown: counted(days, "day") });
}

export function spanPart(key: string, label: string, { from, to }: MinuteSpan): Part | undefined {
  return valuePart(key, label, `${clock(from)} to ${clock(to)}`);
}

/** A condition: told by what it needs. */
export function rulePart(
  key: string,
  label: string,
  rule: Rule | undefined,
  naming: Naming,
  traits: Traits = {},
): Part | undefined {
  const part = formulaPart(key, label, rule, naming, traits);
  return part && rule ? { ...part, rule } : undefined;
}

/** A rule that comes to a number: told as written. */
export function formulaPart(
  key: string,
  label: string,
  rule: Rule | undefined,
  naming: Naming,
  traits: Traits = {},
): Part | undefined {
  if (!rule) return undefined;
  const canon = canonicalRule(rule.expr, naming);
  return { ...base(key, label, traits), canon, shown: written(rule.text) };
}

/** A list whose order means nothing. */
export function setPart(
  key: string,
  label: string,
  members: readonly string[],
  traits: Traits & { readonly named?: (member: string) => string } = {},
): Part | undefined {
  if (members.length === 0) return undefined;
  const named = members.map(traits.named ?? ((member) => member));
  return {
    ...base(key, label, traits),
    canon: JSON.stringify(named.toSorted()),
    shown: members.join(", "),
    members: named,
  };
}

/** A list whose order matters. */
export function orderedPart(
  key: string,
  label: string,
  members: readonly string[],
): Part | undefined {
  if (members.length === 0) return undefined;
  return {
    ...base(key, label, {}),
    canon: JSON.stringify(members),
    shown: members.join(", "),
    members,
    isOrdered: true,
  };
}

function base(key: string, label: string, { decides, weight, isVerb }: Traits) {
  const verb = isVerb ? { isVerb } : {};
  return { key, label, decides: decides ?? true, weight: weight ?? 1, ...verb };
}

/** A rule in a sentence. */
export function written(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return `\`${clip(line, LONGEST)}\``;
}

const LONGEST = 160;

/** With separators: `60,000`, `0.25`. */
export function number(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

export function clip(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text;
}

/** A rhythm: `2 weeks`, `10 days`. */
export function inDays(days: number): string {
  const [n, word] = days > 0 && days % 7 === 0 ? [days / 7, "week"] : [days, "day"];
  return counted(n, word);
}

function counted(n: number, word: string): string {
  return `${number(n)} ${word}${n === 1 ? "" : "s"}`;
}

function clock(minutes: number): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
