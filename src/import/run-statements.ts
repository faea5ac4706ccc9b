import { readFile } from "node:fs/promises";
import { StatementType } from "@duckdb/node-api";
import { nearest } from "../core/text/nearest.ts";
import { ImportError } from "./import-error.ts";
import { SHAPES } from "./known-columns.ts";
import { columnsOf } from "./table-columns.ts";
import type { Database } from "./open-database.ts";
import { identifier, literal } from "./sql-text.ts";
import type { ImportDefinition, ImportStatement } from "./types.ts";

/** What a preparing SQL file may do: make and fill tables of its own, nothing else. */
const PREPARING: ReadonlySet<StatementType> = new Set([
  StatementType.SELECT,
  StatementType.INSERT,
  StatementType.UPDATE,
  StatementType.DELETE,
  StatementType.CREATE,
  StatementType.CREATE_FUNC,
  StatementType.ALTER,
  StatementType.DROP,
  StatementType.MERGE_INTO,
  // `set variable x = …`; settings themselves are locked.
  StatementType.SET,
  StatementType.VARIABLE_SET,
]);

/** Runs the SQL files named under `prepare`, statement by statement. */
export async function prepareTables(
  definition: ImportDefinition,
  database: Database,
): Promise<void> {
  for (const file of definition.prepare) {
    let sql: string;
    try {
      sql = await readFile(file, "utf8");
    } catch (cause) {
      throw new ImportError("import-data-missing", `prepare: ${file} cannot be read`, { cause });
    }
    await runAll(sql, file, database);
  }
}

async function runAll(sql: string, file: string, database: Database): Promise<void> {
  let which = 0;
  try {
    const statements = await database.connection.extractStatements(sql);
    for (which = 1; which <= statements.count; which++) {
      const statement = await statements.prepare(which - 1);
      if (!PREPARING.has(statement.statementType)) {
        throw new Error("only statements that select, create or change tables may stand here");
      }
      await statement.run();
    }
  } catch (cause) {
    const place = which === 0 ? "" : ` (statement ${which})`;
    throw failed(`${file}${place}: ${messageOf(cause)}`, cause);
  }
}

/** The statement's result becomes the table `imported.<its name>`, its rows in their order. */
export async function runStatement(
  statement: ImportStatement,
  definition: ImportDefinition,
  database: Database,
): Promise<void> {
  const place =
    statement.line === undefined ? definition.file : `${definition.file}:${statement.line}`;
  try {
    await checkStatement(statement, database);
    const table = `imported.${identifier(statement.name)}`;
    await database.connection.run(`create table ${table} as from query(${literal(statement.sql)})`);
  } catch (cause) {
    throw failed(`${place}: the statement ${statement.name} failed: ${messageOf(cause)}`, cause);
  }
  await checkKeys(statement, place, database);
}

/** Prepared by itself first: its errors then name the line and column of the person's own text. */
async function checkStatement(statement: ImportStatement, database: Database): Promise<void> {
  const parts = await database.connection.extractStatements(statement.sql);
  if (parts.count !== 1) throw new Error(`expected one SELECT, found ${parts.count} statements`);
  const prepared = await parts.prepare(0);
  if (prepared.statementType !== StatementType.SELECT) {
    throw new Error("expected a SELECT; what prepares tables belongs in a file under prepare");
  }
  if (prepared.parameterCount > 0) throw new Error("a ? or $1 has no value here");
}

async function checkKeys(
  statement: ImportStatement,
  place: string,
  database: Database,
): Promise<void> {
  const names = (await columnsOf(database, statement.name, "imported")).map(
    (column) => column.name,
  );
  const folded = new Set(names.map((name) => name.toLowerCase()));
  const problems = SHAPES[statement.name].known
    .filter((column) => column.key && !folded.has(column.name))
    .map((column) => {
      const meant = nearest(column.name, names);
      return `no column ${column.name}${meant ? ` (is it ${meant}? write ${meant} as ${column.name})` : ""}`;
    });
  if (folded.has("rowid"))
    problems.push("a column rowid, which is DuckDB's own word: call it otherwise");
  if (problems.length === 0) return;
  const message = `${place}: the statement ${statement.name} has ${problems.join(" and ")}; it has ${names.join(", ")}`;
  throw new ImportError("import-statement-failed", message);
}

function failed(message: string, cause: unknown): unknown {
  if (cause instanceof ImportError || !(cause instanceof Error)) return cause;
  return new ImportError("import-statement-failed", message, { cause });
}

/** DuckDB's message without its list of everything that would have been possible. */
function messageOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const lines = cause.message.trim().split("\n");
  const from = lines.findIndex((line) => /^\s*Candidate functions:/.test(line));
  if (from < 0) return lines.join("\n");
  const place = lines.findIndex((line) => line.startsWith("LINE "));
  return [...lines.slice(0, from), ...(place < 0 ? [] : lines.slice(place))].join("\n");
}
