import type { WriteCounts } from "../../engine/ports.ts";

/** What became of the rows of a batch, gathered while it is written. */
export class IntakeCounts {
  readonly #rows: number;
  readonly #changed = new Set<number>();
  readonly #refused = new Map<number, string>();

  constructor(rows: number) {
    this.#rows = rows;
  }

  changed(rows: Iterable<number>): void {
    for (const row of rows) this.#changed.add(row);
  }

  refuse(row: number, reason: string): void {
    this.#refused.set(row, reason);
  }

  isRefused(row: number): boolean {
    return this.#refused.has(row);
  }

  get changedRows(): ReadonlySet<number> {
    return this.#changed;
  }

  result(): WriteCounts {
    const written = this.#changed.size;
    return {
      written,
      unchanged: this.#rows - written - this.#refused.size,
      refused: [...this.#refused].map(([index, reason]) => ({ index, reason })),
    };
  }
}
