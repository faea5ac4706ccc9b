import type { DuckDBInstance } from "@duckdb/node-api";
import { Cells, type Clock } from "./cells.ts";
import type { Column } from "./columns.ts";
import type { RowBuilder } from "./build-rows.ts";
import type { Reject, StatementName } from "../engine/ports.ts";

export interface BatchRead<T> {
  readonly statement: StatementName;
  readonly columns: readonly Column[];
  readonly clock: Clock;
  readonly batchSize: number;
  /** Selected after the row's number. */
  readonly extra?: string;
  readonly orderBy?: string;
  readonly build: (cells: Cells) => RowBuilder<T>;
  readonly onReject: (reject: Reject) => void;
}

/**
 * A statement's rows, a batch at a time: DuckDB hands over 2,048 rows at once, and no more
 * than a batch of them is ever in JavaScript's memory.
 */
export async function* readBatches<T>(
  instance: DuckDBInstance,
  read: BatchRead<T>,
): AsyncGenerator<readonly T[]> {
  // A connection of its own: another query on one that streams would end the stream.
  const connection = await instance.connect();
  try {
    const cells = new Cells(read.columns, read.clock);
    const build = read.build(cells);
    const result = await connection.stream(selectRows(read));
    let batch: T[] = [];
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) break;
      cells.load(chunk);
      for (let i = 0; i < chunk.rowCount; i++) {
        const row = Number(cells.raw(0, i));
        cells.problem = undefined;
        const made = build(i, row);
        if (cells.problem === undefined) batch.push(made);
        else
          read.onReject({
            statement: read.statement,
            row,
            reason: cells.problem,
            content: cells.content(i),
          });
      }
      if (batch.length >= read.batchSize) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  } finally {
    connection.closeSync();
  }
}

function selectRows<T>(read: BatchRead<T>): string {
  const selected = [
    ...read.columns.map((column, i) => `${column.select} as c${i}`),
    "(rowid + 1)::double as row_number",
    ...(read.extra === undefined ? [] : [`${read.extra} as extra`]),
  ];
  const order = read.orderBy === undefined ? "" : ` order by ${read.orderBy}`;
  return `select ${selected.join(", ")} from imported.${read.statement}${order}`;
}
