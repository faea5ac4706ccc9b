/**
 * Values never pass through Markdown: while the template is filled in, each leaves a mark (two
 * characters of the private use area around its number) and is put in its place, escaped, once
 * the Markdown has become HTML. So a name with `*`, `<script>` or a web address in it stays text,
 * in code and in links, too, and a number at the start of a line makes no list.
 */
export class ValueMarks {
  readonly #values: string[] = [];

  /** The mark to stand for a value; marks in it are those that `capture` took along. */
  mark(value: string): string {
    this.#values.push(value);
    return `${OPEN}${this.#values.length - 1}${CLOSE}`;
  }

  /** Marks become their values. */
  fill(text: string, escape: (value: string) => string): string {
    return this.#fill(text, escape, MOST_NESTED).replace(STRAY, "");
  }

  #fill(text: string, escape: (value: string) => string, depth: number): string {
    return text.replace(MARK, (_, number: string) => {
      const value = this.#values[Number(number)] ?? "";
      const parts = value.split(MARK_WHOLE);
      if (parts.length === 1 || depth === 0) return escape(value);
      return parts
        .map((part) => (part.startsWith(OPEN) ? this.#fill(part, escape, depth - 1) : escape(part)))
        .join("");
    });
  }
}

const OPEN = "\uE000";
const CLOSE = "\uE001";
const MOST_NESTED = 8;
const MARK = /\uE000(\d+)\uE001/g;
const MARK_WHOLE = /(\uE000\d+\uE001)/;
const STRAY = /[\uE000\uE001]/g;

/** Data that tries to look like a mark. */
export function withoutMarks(text: string): string {
  return text.replace(STRAY, "");
}
