import { isMap, isPair, isScalar, isSeq, type ParsedNode, type YAMLError } from "yaml";
import { isRulePath } from "./rule-paths.ts";
import type { Span } from "./tree.ts";

/**
 * YAML and CEL share characters: `!champion` is a tag to YAML, `*x` an alias, `c ? a : b` a map,
 * and a comma in braces ends the value. This finds such rules in what YAML made of them, so that
 * the person is told to quote them and everything else in the file is still checked.
 */
export interface EatenRule extends Span {
  /** What was meant, as written. */
  readonly text: string;
  readonly as: string;
  /** Found by a syntax error of YAML's, which may have had another cause. */
  readonly bySyntaxError: boolean;
}

/** A key that should hold a rule, with where its value starts in the file. */
interface RulePlace {
  readonly start: number;
  readonly flow: boolean;
  readonly value: ParsedNode | null;
}

export function findEatenRules(
  text: string,
  contents: ParsedNode | null,
  errors: readonly YAMLError[],
): readonly EatenRule[] {
  const places = rulePlaces(text, contents);
  const found = new Map<number, EatenRule>();
  for (const place of places) {
    const rule = eatenQuietly(text, place);
    if (rule) found.set(place.start, rule);
  }
  for (const error of errors) {
    const place = placeOnLine(text, places, error.pos[0]);
    const end = place && ruleEnd(text, place.start, place.flow);
    if (!place || end === undefined || found.has(place.start)) continue;
    found.set(place.start, {
      start: place.start,
      end,
      text: text.slice(place.start, end),
      as: wordFor(text, place),
      bySyntaxError: true,
    });
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** The rule in quotes that YAML leaves alone. */
export function quoted(rule: string): string {
  if (!rule.includes("'")) return `'${rule}'`;
  if (!rule.includes('"') && !rule.includes("\\")) return `"${rule}"`;
  return `'${rule.replaceAll("'", "''")}'`;
}

function rulePlaces(text: string, contents: ParsedNode | null): RulePlace[] {
  const places: RulePlace[] = [];
  const walk = (node: unknown, path: readonly string[]): void => {
    if (isSeq<ParsedNode>(node)) for (const item of node.items) walk(item, [...path, "#"]);
    if (!isMap<ParsedNode, ParsedNode | null>(node)) return;
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const here = [...path, String(pair.key.value)];
      const start = valueStart(text, pair.key.range[1]);
      if (isRulePath(here) && start !== undefined) {
        places.push({ start, flow: node.flow === true, value: pair.value });
      }
      walk(pair.value, here);
    }
  };
  walk(contents, []);
  return places.sort((a, b) => a.start - b.start);
}

function valueStart(text: string, keyEnd: number): number | undefined {
  const colon = /[ \t]*:[ \t]*/y;
  colon.lastIndex = keyEnd;
  if (!colon.test(text)) return undefined;
  const start = colon.lastIndex;
  // A block, or a rule on the lines below, stands for itself.
  return /[\r\n{[|>#]/.test(text[start] ?? "\n") && !/^>=?\s*\S/.test(lineFrom(text, start))
    ? undefined
    : start;
}

function eatenQuietly(text: string, place: RulePlace): EatenRule | undefined {
  const { start, flow, value } = place;
  const end = ruleEnd(text, start, flow);
  if (end === undefined) return undefined;
  const rule = { start, end, text: text.slice(start, end), bySyntaxError: false };
  const first = text[start];
  if (first === "!" || first === "*") return { ...rule, as: wordFor(text, place) };
  if (isMap(value)) return { ...rule, as: "a block of keys" };
  if (!isScalar(value) || value.type !== "PLAIN") return undefined;
  if (!value.range || end <= value.range[1]) return undefined;
  if (!flow && text.slice(start, value.range[1]).includes("\n")) return undefined;
  return { ...rule, as: flow ? "ended at a comma or bracket" : "ended at the #" };
}

function wordFor(text: string, place: RulePlace): string {
  if (text[place.start] === "!") return "a tag";
  if (text[place.start] === "*") return "an alias";
  return isMap(place.value) ? "a block of keys" : "no single text";
}

function placeOnLine(
  text: string,
  places: readonly RulePlace[],
  offset: number,
): RulePlace | undefined {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  return places.findLast(({ start }) => start >= lineStart && start <= offset);
}

/**
 * Where a rule that starts here ends: in braces at the comma or brace that is outside all of
 * its own brackets and quotes, else at the end of the line or a comment. Undefined when its
 * brackets do not close, for then quotes would not help.
 */
function ruleEnd(text: string, start: number, flow: boolean): number | undefined {
  const open: string[] = [];
  let at = start;
  for (; at < text.length; at += 1) {
    const unit = text[at] ?? "";
    if (unit === "\n" || unit === "\r") break;
    if (unit === "#" && /\s/.test(text[at - 1] ?? "")) break;
    if (unit === '"' || unit === "'") {
      at = closingQuote(text, at) ?? at;
    } else if ("([{".includes(unit)) {
      open.push(CLOSERS[unit] ?? "");
    } else if (flow && open.length === 0 && ",}]".includes(unit)) {
      break;
    } else if (")]}".includes(unit) && open.pop() !== unit) {
      return undefined;
    }
  }
  if (open.length > 0) return undefined;
  return start + text.slice(start, at).trimEnd().length;
}

const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

function closingQuote(text: string, open: number): number | undefined {
  const quote = text[open];
  for (let at = open + 1; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === quote) return at;
  }
  return undefined;
}

function lineFrom(text: string, start: number): string {
  const end = text.indexOf("\n", start);
  return text.slice(start, end < 0 ? text.length : end);
}
