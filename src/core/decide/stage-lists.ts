/** A short list of small whole numbers for each row of a book, all in one array. */
export class StageLists {
  readonly #width: number;
  readonly #items: Int16Array;
  readonly #counts: Uint8Array;

  /** @param width the most that a row's list can hold */
  constructor(size: number, width: number) {
    this.#width = width;
    this.#items = new Int16Array(size * width);
    this.#counts = new Uint8Array(size);
  }

  /** Empties the lists of rows `from` to `to`. */
  clear(from: number, to: number): void {
    this.#counts.fill(0, from, to);
  }

  push(row: number, item: number): void {
    const count = this.#counts[row] as number;
    if (count === this.#width) throw new Error("a list of stages is longer than there are stages");
    this.#items[row * this.#width + count] = item;
    this.#counts[row] = count + 1;
  }

  has(row: number, item: number): boolean {
    const start = row * this.#width;
    const end = start + (this.#counts[row] as number);
    for (let place = start; place < end; place++) if (this.#items[place] === item) return true;
    return false;
  }

  /** In the order in which they were added. */
  of(row: number): number[] {
    const start = row * this.#width;
    return [...this.#items.subarray(start, start + (this.#counts[row] as number))];
  }

  get bytes(): number {
    return this.#items.byteLength + this.#counts.byteLength;
  }
}
