import type { BookColumns } from "./book-columns.ts";
import { TRUE, UNKNOWN } from "../../core/rules/columns.ts";
import type { BookOrder } from "./book-filter.ts";

/** Columns whose values have an order of their own, which the model gives. */
const RANKED: ReadonlySet<string> = new Set(["level", "base_level", "stage", "health_band"]);

/**
 * Rows in an order: those without a value last, equal ones by id. What is sorted is plain
 * numbers (the rank of a value, then that of the id), which takes a fraction of the time of
 * comparing rows.
 */
export class RowSorter {
  readonly #book: BookColumns;
  #ids: { readonly of: number; readonly ranks: Int32Array; readonly rows: Int32Array } | undefined;
  readonly #texts = new Map<string, Float64Array>();
  #membership = 0;

  constructor(book: BookColumns) {
    this.#book = book;
  }

  /** Accounts came or went. */
  membersChanged(): void {
    this.#membership += 1;
  }

  sort(rows: Int32Array, order: BookOrder | undefined): Int32Array {
    const ids = this.#idRanks();
    const all = ids.rows.length + 1;
    const keys = new Float64Array(rows.length);
    const ranks = order && this.#valueRanks(rows, order);
    for (let n = 0; n < rows.length; n++)
      keys[n] = (ranks?.[n] ?? 0) * all + (ids.ranks[rows[n] as number] as number);
    keys.sort();
    const sorted = new Int32Array(rows.length);
    for (let n = 0; n < keys.length; n++) sorted[n] = ids.rows[(keys[n] as number) % all] as number;
    return sorted;
  }

  /** At the place of each row the rank of its value; unknown ones after all others. */
  #valueRanks(rows: Int32Array, { column, descending, texts = "people" }: BookOrder): Float64Array {
    const index = this.#book.index(column);
    const spec = this.#book.layout.specs[index];
    const data = this.#book.columns[index];
    const kind = spec?.type.kind;
    const values = new Float64Array(rows.length);
    if (kind === "string" && data) return rankOf(this.#textValues(rows, index, texts), descending);
    for (let n = 0; n < rows.length; n++) {
      const raw = data?.[rows[n] as number] ?? Number.NaN;
      if (kind === "boolean") values[n] = raw === UNKNOWN ? Number.NaN : Number(raw === TRUE);
      else values[n] = raw;
    }
    return rankOf(values, descending);
  }

  #textValues(rows: Int32Array, index: number, texts: "exact" | "people"): Float64Array {
    const key = `${index} ${texts}`;
    const data = this.#book.columns[index];
    let ranks = this.#texts.get(key) ?? this.#textRanks(index, texts);
    for (const row of rows) {
      const code = data?.[row] ?? -1;
      // a text that came into the column since
      if (code >= 0 && Number.isNaN(ranks[code] ?? Number.NaN)) {
        ranks = this.#textRanks(index, texts);
        break;
      }
    }
    this.#texts.set(key, ranks);
    return Float64Array.from(rows, (row) => ranks[data?.[row] ?? -1] ?? Number.NaN);
  }

  /** By code of the dictionary. */
  #textRanks(index: number, texts: "exact" | "people"): Float64Array {
    const { dict, layout } = this.#book;
    const spec = layout.specs[index];
    const listed =
      texts === "people" && spec?.type.kind === "string" && RANKED.has(spec.name)
        ? (spec.type.values ?? [])
        : [];
    const used = this.#usedTexts(index);
    const sorted = used
      .map((text) => ({
        text,
        place: placeIn(listed, text),
        folded: texts === "people" ? text.toLowerCase() : text,
      }))
      .toSorted(
        (a, b) => a.place - b.place || compare(a.folded, b.folded) || compare(a.text, b.text),
      );
    const ranks = new Float64Array(dict.size).fill(Number.NaN);
    for (const [rank, { text }] of sorted.entries()) ranks[dict.code(text)] = rank;
    return ranks;
  }

  #usedTexts(index: number): string[] {
    const { columns, dict, size } = this.#book;
    const seen = new Uint8Array(dict.size);
    const data = columns[index];
    const found: string[] = [];
    for (let row = 0; row < size; row++) {
      const code = data?.[row] ?? -1;
      if (code < 0 || seen[code] === 1) continue;
      seen[code] = 1;
      found.push(dict.text(code) ?? "");
    }
    return found;
  }

  #idRanks(): { readonly ranks: Int32Array; readonly rows: Int32Array } {
    if (this.#ids?.of === this.#membership) return this.#ids;
    const entries = [...this.#book.entries()].toSorted(([a], [b]) => compare(a, b));
    const rows = Int32Array.from(entries, ([, row]) => row);
    const ranks = new Int32Array(this.#book.size);
    for (const [rank, row] of rows.entries()) ranks[row] = rank;
    this.#ids = { of: this.#membership, ranks, rows };
    return this.#ids;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function placeIn(listed: readonly string[], text: string): number {
  const place = listed.indexOf(text);
  return place < 0 ? listed.length : place;
}

/** Equal values share a rank; NaN has the last one in both directions. */
function rankOf(values: Float64Array, descending: boolean): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = sorted.filter((value, n) => n === 0 || value !== sorted[n - 1]);
  const last = distinct.length;
  return values.map((value) => {
    if (Number.isNaN(value)) return last;
    const rank = placeOf(distinct, value);
    return descending ? last - 1 - rank : rank;
  });
}

function placeOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
