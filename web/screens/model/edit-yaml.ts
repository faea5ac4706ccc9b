import { isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";

export type YamlPath = readonly (string | number)[];
type Plain = string | number | boolean;

/** From and to in the text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where what is written at a path stands; null: nothing is written there. */
export function spanAt(source: string, path: YamlPath): Span | null {
  return spanOf(nodeAt(source, path));
}

/** The line of a path, from 1; of the nearest thing above it where there is none. */
export function lineOf(source: string, path: YamlPath): number {
  for (let length = path.length; length > 0; length--) {
    const span = keySpan(source, path.slice(0, length)) ?? spanAt(source, path.slice(0, length));
    if (span) return source.slice(0, span.start).split("\n").length;
  }
  return 1;
}

/**
 * The text with another value at a path. Only that value's own characters change: comments, order
 * and alignment stay. undefined takes a key away. null: it cannot be done there (an alias, say).
 */
export function editYaml(
  source: string,
  path: YamlPath,
  value: Plain | readonly Plain[] | undefined,
): string | null {
  const span = spanAt(source, path);
  if (value === undefined) return span ? removed(source, path) : source;
  if (!span) return added(source, path, value);
  const old = nodeAt(source, path);
  if (isSeq(old) && !Array.isArray(value)) return null;
  return splice(source, span, written(value, old));
}

/** Numbers stand in a rule's text and in the file's own characters for it in the same order. */
export function editRuleNumber(
  source: string,
  path: YamlPath,
  ordinal: number,
  value: number,
): string | null {
  const span = spanAt(source, path);
  if (!span) return null;
  const raw = source.slice(span.start, span.end);
  const found = numbersIn(raw)[ordinal];
  if (!found) return null;
  const at = { start: span.start + found.start, end: span.start + found.end };
  return splice(source, at, String(value));
}

/** Whole numbers and decimals of a rule, with their places; `28` of a name like `logins_28d` is none. */
export function numbersIn(text: string): (Span & { readonly value: number })[] {
  return [...text.matchAll(/(?<![\w.])\d+(?:\.\d+)?(?![\w.])/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    value: Number(match[0]),
  }));
}

/** Views ask for many places of one text, one after the other. */
let last = { source: "", document: parseDocument("") };

function nodeAt(source: string, path: YamlPath): Node | null {
  if (last.source !== source)
    last = { source, document: parseDocument(source, { logLevel: "silent" }) };
  return (last.document.getIn([...path], true) as Node | undefined) ?? null;
}

/** Where a rule stands that may be written bare or as `{ when: … }`. */
export function rulePath(source: string, path: YamlPath): YamlPath {
  return isMap(nodeAt(source, path)) ? [...path, "when"] : path;
}

function spanOf(node: Node | null): Span | null {
  const range = node?.range;
  return range ? { start: range[0], end: range[1] } : null;
}

/** Where the key of a map's entry stands. */
function keySpan(source: string, path: YamlPath): Span | null {
  const last = path.at(-1);
  const holder = nodeAt(source, path.slice(0, -1));
  if (!isMap(holder)) return null;
  const pair = holder.items.find(({ key }) => isScalar(key) && key.value === last);
  return pair ? spanOf(pair.key as Node) : null;
}

function splice(source: string, { start, end }: Span, text: string): string {
  return source.slice(0, start) + text + source.slice(end);
}

function written(value: Plain | readonly Plain[], old: Node | null = null): string {
  if (typeof value === "object") return `[${value.map((one) => plain(one)).join(", ")}]`;
  const quote = isScalar(old) ? old.type : undefined;
  if (typeof value === "string" && quote === "QUOTE_SINGLE")
    return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === "string" && quote === "QUOTE_DOUBLE") return JSON.stringify(value);
  return plain(value);
}

/** What YAML would read as something else is quoted. */
function plain(value: Plain): string {
  if (typeof value !== "string") return String(value);
  const isSafe = /^[A-Za-z_][\w .+*/()<>=-]*$|^\d+[dw]$/.test(value) && !/\s$/.test(value);
  const isWord = /^(?:true|false|null|yes|no|on|off)$/i.test(value);
  return isSafe && !isWord ? value : `'${value.replaceAll("'", "''")}'`;
}

function added(source: string, path: YamlPath, value: Plain | readonly Plain[]): string | null {
  const holder = nodeAt(source, path.slice(0, -1));
  const key = path.at(-1);
  if (!isMap(holder) || holder.items.length === 0 || typeof key !== "string") return null;
  const entry = `${plain(key)}: ${written(value)}`;
  const last = holder.items.at(-1);
  const end = spanOf(last?.value as Node | null)?.end;
  const first = spanOf(holder.items[0]?.key as Node | null);
  if (end === undefined || !first) return null;
  if (holder.flow) return splice(source, { start: end, end }, `, ${entry}`);
  const lineStart = source.lastIndexOf("\n", first.start - 1) + 1;
  const indent = " ".repeat(first.start - lineStart);
  const lineEnd = source.indexOf("\n", end);
  const at = lineEnd < 0 ? source.length : lineEnd;
  return splice(source, { start: at, end: at }, `\n${indent}${entry}`);
}

function removed(source: string, path: YamlPath): string | null {
  const key = keySpan(source, path);
  const value = spanAt(source, path);
  const holder = nodeAt(source, path.slice(0, -1));
  if (!key || !value || !isMap(holder)) return null;
  if (!holder.flow) {
    const start = source.lastIndexOf("\n", key.start);
    const end = source.indexOf("\n", value.end);
    return splice(source, { start: Math.max(0, start), end: end < 0 ? source.length : end }, "");
  }
  const after = /^\s*,\s*/.exec(source.slice(value.end));
  if (after) return splice(source, { start: key.start, end: value.end + after[0].length }, "");
  const before = /,\s*$/.exec(source.slice(0, key.start));
  const start = before ? before.index : key.start;
  return splice(source, { start, end: value.end }, "");
}
