import { nearest } from "../text/nearest.ts";
import { type ModelCode, severityOf } from "./codes.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { NameIndex, NameKind } from "./name-index.ts";
import type { Span, YamlNode } from "./yaml/tree.ts";

/** Names looked through for a near one; beyond so many it costs more than it helps. */
const MAX_CANDIDATES = 100_000;

/** More problems than anybody reads; the file is beyond help one by one. */
const MAX_DIAGNOSTICS = 500;

/** One reading of one model file: what has been found wrong, and which names have been used. */
export class Reading {
  readonly text: string;
  readonly file: string;
  readonly names: NameIndex;
  /** Where rules stood that YAML ate: their own faults of syntax would be told twice. */
  readonly eaten: ReadonlySet<number>;
  readonly #diagnostics = new Map<string, Diagnostic>();
  readonly #lineStarts: readonly number[];
  readonly #used = new Set<string>();
  #candidatesLeft = MAX_CANDIDATES;
  #errors = 0;

  constructor(file: string, text: string, names: NameIndex, eaten: ReadonlySet<number>) {
    this.file = file;
    this.text = text;
    this.names = names;
    this.eaten = eaten;
    this.#lineStarts = lineStarts(text);
  }

  report(code: string, span: Span, message: string, hint?: string): void {
    const severity = severityOf(code);
    if (severity === "error") this.#errors += 1;
    const { line, column } = this.#position(span.start);
    const end = this.#position(span.end);
    const lineEnd = this.#lineEnd(line) - (this.#lineStarts[line - 1] ?? 0) + 1;
    const end_column = Math.max(column + 1, end.line === line ? end.column : lineEnd);
    // A node that several aliases lead to is read once for each, and told of once.
    const key = `${code} ${line}:${column} ${message}`;
    if (this.#diagnostics.has(key) || this.isFull) return;
    const place = { file: this.file, line, column, end_column };
    const given = hint === undefined ? {} : { hint };
    this.#diagnostics.set(key, { code, severity, message, ...place, ...given });
  }

  /** In the order of the file. */
  get diagnostics(): readonly Diagnostic[] {
    return [...this.#diagnostics.values()].sort(
      (a, b) => a.line - b.line || a.column - b.column || a.code.localeCompare(b.code, "en"),
    );
  }

  /** Whether there are more problems than are shown: the rest need not be looked for. */
  get isFull(): boolean {
    return this.#diagnostics.size >= MAX_DIAGNOSTICS;
  }

  get hasErrors(): boolean {
    return this.#errors > 0;
  }

  /** `Did you mean "x"?`, or `otherwise` when nothing is near. */
  didYouMean(word: string, candidates: readonly string[], otherwise?: string): string | undefined {
    const found = this.nearest(word, candidates);
    return found === undefined ? otherwise : `Did you mean "${found}"?`;
  }

  /** The candidate that was most likely meant. */
  nearest(word: string, candidates: readonly string[]): string | undefined {
    return this.mayOffer(candidates.length) ? nearest(word, candidates) : undefined;
  }

  /** Whether so many candidates may still be looked through, here or by the rule reader. */
  mayOffer(candidates: number): boolean {
    this.#candidatesLeft -= candidates;
    return this.#candidatesLeft >= 0;
  }

  /** A name of another block, checked, marked as used, and undefined when it does not exist. */
  reference(kind: NameKind, node: YamlNode | undefined): string | undefined {
    const name = this.existing(kind, node);
    if (name !== undefined) this.use(kind, name);
    return name;
  }

  /** The same where naming a thing does not make use of it. */
  existing(kind: NameKind, node: YamlNode | undefined): string | undefined {
    if (node?.kind !== "scalar" || typeof node.value !== "string") return undefined;
    const name = node.value;
    const known = this.names.of(kind);
    if (known.has(name)) return name;
    const all = [...known.keys()];
    const list = all.length > 0 ? `There are: ${shortList(all)}.` : `The model has no ${kind}s.`;
    const code: ModelCode = `unknown-${kind}`;
    this.report(code, node, `No ${kind} is called "${name}".`, this.didYouMean(name, all, list));
    return undefined;
  }

  use(kind: NameKind, name: string): void {
    this.#used.add(`${kind}:${name}`);
  }

  isUsed(kind: NameKind, name: string): boolean {
    return this.#used.has(`${kind}:${name}`);
  }

  #position(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    // A byte order mark is no column that an editor shows.
    const shown = low === 0 && this.text.startsWith("\ufeff") ? 1 : 0;
    const column = Math.max(1, offset - (this.#lineStarts[low] ?? 0) + 1 - shown);
    return { line: low + 1, column };
  }

  #lineEnd(line: number): number {
    const next = this.#lineStarts[line];
    const end = next === undefined ? this.text.length : next - 1;
    return this.text[end - 1] === "\r" ? end - 1 : end;
  }
}

/** The first few of a list of names, for a hint. */
export function shortList(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(", ")}, …` : names.join(", ");
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
