import type { Database, Param, Row, Session, TxOptions } from "../db/database.ts";

/** A database that remembers every statement sent to it, each once, with its white space folded. */
export interface Recorded {
  readonly db: Database;
  readonly statements: ReadonlySet<string>;
}

/** `isSpread`: it says so of itself, and gets what a cluster would. Any server takes that as well. */
export function recorded(db: Database, isSpread: boolean): Recorded {
  const statements = new Set<string>();
  const note = (sql: string): void => void statements.add(sql.replaceAll(/\s+/g, " ").trim());
  const session = (of: Session): Session => ({
    isSpread,
    q<T = Row>(sql: string, params?: readonly Param[]) {
      note(sql);
      return of.q<T>(sql, params);
    },
    exec(sql) {
      note(sql);
      return of.exec(sql);
    },
    copy(table, columns, rows) {
      note(`INSERT INTO ${table} (${columns.join(", ")}) -- copy`);
      return of.copy(table, columns, rows);
    },
    copyCsv(table, columns, chunks) {
      note(`INSERT INTO ${table} (${columns.join(", ")}) -- copy`);
      return of.copyCsv(table, columns, chunks);
    },
    copyOut(query) {
      note(query);
      return of.copyOut(query);
    },
  });
  return {
    statements,
    db: {
      ...session(db),
      kind: db.kind,
      tx: (fn: (tx: Session) => Promise<never>, options?: TxOptions) =>
        db.tx((tx) => fn(session(tx)), options),
      listen: (channel, fn) => db.listen(channel, fn),
      maintain: () => db.maintain(),
      close: () => db.close(),
    },
  };
}
