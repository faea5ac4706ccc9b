import type { ScalarNode } from "./tree.ts";

/**
 * Where in the file the characters of a scalar's text stand. `offsetIn(node, i)` is the file's
 * offset of the text's i-th UTF-16 unit; the text's length gives the end of the last one.
 */
export function offsetIn(node: ScalarNode, index: number): number {
  const text = typeof node.value === "string" ? node.value : node.source;
  if (node.style === "plain" && node.source === text) return node.start + index;
  const starts = node.style === "double" ? escapedStarts(node.source) : matchedStarts(node, text);
  const found = starts[Math.min(index, starts.length - 1)];
  return node.start + (found ?? 0);
}

/**
 * All styles but double quotes keep every visible character in order and only fold or strip white
 * space, so each character is the next equal one of the source. (`''` is passed as one.)
 */
function matchedStarts(node: ScalarNode, text: string): number[] {
  const { source, style } = node;
  const starts: number[] = [];
  let at = style === "single" ? 1 : style === "block" ? source.indexOf("\n") + 1 : 0;
  for (const unit of units(text)) {
    if (!isSpace(unit)) while (at < source.length && source[at] !== unit) at += 1;
    starts.push(at);
    if (source[at] === unit) at += style === "single" && unit === "'" ? 2 : 1;
  }
  starts.push(at);
  return starts;
}

/** Double quotes: an escape is several characters of source for one or two of text. */
function escapedStarts(source: string): number[] {
  const starts: number[] = [];
  let at = 1;
  while (at < source.length - 1) {
    const length = pieceLength(source, at);
    for (let unit = 0; unit < unitsOf(source, at); unit += 1) starts.push(at);
    at += length;
  }
  starts.push(at);
  return starts;
}

const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^xuU])/y;
const FOLD = /[ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*/y;
const ESCAPED_FOLD = /\\\r?\n[ \t]*/y;

function pieceLength(source: string, at: number): number {
  for (const pattern of [ESCAPED_FOLD, ESCAPE, FOLD]) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) return match[0].length;
  }
  return 1;
}

/** How many units of text the piece of source at `at` becomes. */
function unitsOf(source: string, at: number): number {
  ESCAPED_FOLD.lastIndex = at;
  if (ESCAPED_FOLD.test(source)) return 0;
  FOLD.lastIndex = at;
  const fold = FOLD.exec(source);
  if (fold) return Math.max(1, fold[0].split("\n").length - 2);
  if (source.startsWith("\\U", at)) {
    return Number.parseInt(source.slice(at + 2, at + 10), 16) > 0xffff ? 2 : 1;
  }
  return 1;
}

function units(text: string): string[] {
  return text.split("");
}

function isSpace(unit: string): boolean {
  return unit === " " || unit === "\n" || unit === "\t" || unit === "\r";
}
