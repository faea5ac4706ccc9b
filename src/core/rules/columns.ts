import type { RuleType } from "./types.ts";

/**
 * A column holds one name's value for every account of a book.
 * Numbers, dates (Day) and times (Instant): Float64Array, NaN is unknown.
 * Strings: Int32Array of dictionary codes, -1 is unknown.
 * Booleans: Uint8Array of FALSE, TRUE, UNKNOWN.
 */
export type ColumnData = Float64Array | Int32Array | Uint8Array;

export const FALSE = 0;
export const TRUE = 1;
export const UNKNOWN = 2;

/** All strings of a book, each once. A code never changes while the book lives. */
export class Dictionary {
  readonly #codes = new Map<string, number>();
  readonly #texts: string[] = [];

  code(text: string): number {
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.#texts.length;
      this.#codes.set(text, code);
      this.#texts.push(text);
    }
    return code;
  }

  text(code: number): string | null {
    return code < 0 ? null : (this.#texts[code] ?? null);
  }

  get size(): number {
    return this.#texts.length;
  }
}

/** Where a compiled rule finds a name: the number of its column, and what is in it. */
export interface Layout {
  column(name: string): { readonly index: number; readonly type: RuleType } | undefined;
}

export function newColumn(type: RuleType, size: number): ColumnData {
  switch (type.kind) {
    case "string":
      return new Int32Array(size).fill(-1);
    case "boolean":
      return new Uint8Array(size).fill(UNKNOWN);
    case "number":
    case "date":
    case "time":
      return new Float64Array(size).fill(Number.NaN);
    case "any":
      throw new Error("event properties have no column");
  }
}
