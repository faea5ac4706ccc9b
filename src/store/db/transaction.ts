import type { CsvChunks, Param, Row, Rows, Session, TxOptions } from "./database.ts";

/**
 * One transaction over any connection. Beside BEGIN and COMMIT it keeps two promises that
 * Postgres does not: a transaction whose error was swallowed fails instead of committing
 * nothing (COMMIT after an error is a silent ROLLBACK), and its session is dead afterwards.
 */
export async function runTransaction<T>(
  connection: Session,
  fn: (tx: Session) => Promise<T>,
  options: TxOptions | undefined,
): Promise<T> {
  const session = new TxSession(connection);
  await connection.exec(
    options?.snapshot === true ? "BEGIN ISOLATION LEVEL REPEATABLE READ" : "BEGIN",
  );
  try {
    const result = await fn(session);
    session.end();
    await connection.exec("COMMIT");
    return result;
  } catch (error) {
    session.stop();
    // When the connection is gone there is nothing left to roll back; the first error counts.
    await connection.exec("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

class TxSession implements Session {
  readonly isSpread: boolean;
  readonly #connection: Session;
  #over = false;
  #unfinished = 0;
  #failure: { readonly cause: unknown } | undefined;

  constructor(connection: Session) {
    this.#connection = connection;
    this.isSpread = connection.isSpread;
  }

  q<T = Row>(sql: string, params?: readonly Param[]): Promise<T[]> {
    return this.#run(() => this.#connection.q<T>(sql, params));
  }

  exec(sql: string): Promise<void> {
    return this.#run(() => this.#connection.exec(sql));
  }

  copy(table: string, columns: readonly string[], rows: Rows): Promise<number> {
    return this.#run(() => this.#connection.copy(table, columns, rows));
  }

  copyCsv(table: string, columns: readonly string[], chunks: CsvChunks): Promise<number> {
    return this.#run(() => this.#connection.copyCsv(table, columns, chunks));
  }

  async *copyOut(query: string): AsyncGenerator<Uint8Array> {
    this.#check();
    try {
      yield* this.#connection.copyOut(query);
    } catch (error) {
      this.#failure ??= { cause: error };
      throw error;
    }
  }

  /** Before COMMIT: throws when a statement failed and its error went no further. */
  end(): void {
    this.stop();
    if (this.#unfinished > 0) {
      throw new Error("the transaction ended before its statements did: an await is missing");
    }
    if (this.#failure) {
      throw new Error("the transaction was given up: one of its statements failed", this.#failure);
    }
  }

  stop(): void {
    this.#over = true;
  }

  #check(): void {
    if (this.#over)
      throw new Error("this transaction is over: its session cannot be used any more");
  }

  async #run<T>(statement: () => Promise<T>): Promise<T> {
    this.#check();
    this.#unfinished++;
    try {
      return await statement();
    } catch (error) {
      this.#failure ??= { cause: error };
      throw error;
    } finally {
      this.#unfinished--;
    }
  }
}
