import type { DuckDBInstance } from "@duckdb/node-api";
import type { Day } from "../core/time/day.ts";
import { localDay } from "../core/time/zone.ts";
import { accountRows, contactRows, eventRows, type RowBuilder, teamRows } from "./build-rows.ts";
import type { Cells, Clock } from "./cells.ts";
import { type Column, planColumns } from "./columns.ts";
import { messageIds } from "./event-ids.ts";
import { loadFiles } from "./load-files.ts";
import { type Database, openDatabase } from "./open-database.ts";
import { previewImport } from "./preview-import.ts";
import { readBatches } from "./read-batches.ts";
import { readImportFile } from "./read-definition.ts";
import { prepareTables, runStatement } from "./run-statements.ts";
import { findShift } from "./shift-days.ts";
import { identifier } from "./sql-text.ts";
import type {
  AccountRow,
  ContactRow,
  EventRow,
  Reject,
  StatementName,
  TeamRow,
} from "../engine/ports.ts";
import type { ImportDefinition, Numbered, OpenedImport, OpenOptions } from "./types.ts";

const BATCH_SIZE = 20_000;

/**
 * Reads the files of an import and runs its statements; rows are then handed out in batches.
 * Throws ImportError when it cannot begin; single bad rows go to `onReject` as they are met.
 */
export async function openImport(
  source: string | ImportDefinition,
  options: OpenOptions,
): Promise<OpenedImport> {
  const definition = typeof source === "string" ? await readImportFile(source) : source;
  const zone = definition.timezone ?? options.timezone ?? "UTC";
  const known = { ...options, today: todayIn(definition, options) };
  const database = await openDatabase(known, zone);
  try {
    const opened = new Import(definition, known, zone, database);
    await opened.run();
    return opened;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A file with a zone of its own has that zone's today: its last event must not lie ahead there. */
function todayIn({ timezone }: ImportDefinition, { now, today }: OpenOptions): Day {
  return timezone === undefined || now === undefined ? today : localDay(now, timezone);
}

class Import implements OpenedImport {
  readonly definition: ImportDefinition;
  readonly timezone: string;
  readonly totals: Record<StatementName, number | undefined> = {
    accounts: undefined,
    contacts: undefined,
    events: undefined,
    team: undefined,
  };
  readonly rejected = new Map<string, number>();
  readonly warnings: string[] = [];
  shiftDays: number | undefined;
  readonly #options: OpenOptions;
  readonly #database: Database;
  readonly #columns = new Map<StatementName, readonly Column[]>();

  constructor(
    definition: ImportDefinition,
    options: OpenOptions,
    zone: string,
    database: Database,
  ) {
    this.definition = definition;
    this.timezone = zone;
    this.#options = options;
    this.#database = database;
  }

  async run(): Promise<void> {
    const { definition } = this;
    const database = this.#database;
    await loadFiles(
      definition,
      database,
      (reject) => this.#reject(reject),
      (warning) => this.warnings.push(warning),
    );
    await database.lock();
    await prepareTables(definition, database);
    for (const statement of definition.statements) {
      await runStatement(statement, definition, database);
      const columns = await planColumns(statement.name, definition.outcome, database);
      this.#columns.set(statement.name, columns);
      const [count] = await database.rows(
        `select count(*)::double as n from imported.${identifier(statement.name)}`,
      );
      this.totals[statement.name] = Number(count?.["n"]);
    }
    this.#warn();
    const events = this.#columns.get("events");
    this.shiftDays = await findShift(definition, this.#options, this.timezone, events, database);
  }

  preview(rows = 5): ReturnType<OpenedImport["preview"]> {
    return previewImport(this.definition, this.#columns, this.#database, rows);
  }

  accounts(): AsyncIterable<readonly Numbered<AccountRow>[]> {
    const columns = this.#columns.get("accounts") ?? [];
    const types = this.#options.traitTypes;
    return this.#read(
      "accounts",
      (cells) => accountRows(cells, columns, types),
      historyOrder(columns, "account_id"),
    );
  }

  contacts(): AsyncIterable<readonly Numbered<ContactRow>[]> {
    const columns = this.#columns.get("contacts") ?? [];
    const types = this.#options.contactTraitTypes;
    return this.#read(
      "contacts",
      (cells) => contactRows(cells, columns, types),
      historyOrder(columns, "contact_id"),
    );
  }

  async *events(): AsyncIterable<readonly Numbered<EventRow>[]> {
    const columns = this.#columns.get("events");
    if (!columns) return;
    const ids = await messageIds(columns, this.#database);
    yield* this.#read("events", (cells) => eventRows(cells, columns, this.#options.now), ids);
  }

  team(): AsyncIterable<readonly Numbered<TeamRow>[]> {
    return this.#read("team", teamRows, {});
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  async *#read<T>(
    statement: StatementName,
    build: (cells: Cells) => RowBuilder<T>,
    more: { readonly extra?: string; readonly orderBy?: string },
  ): AsyncGenerator<readonly T[]> {
    const columns = this.#columns.get(statement);
    if (!columns) return;
    const clock: Clock = { zone: this.timezone, shift: this.shiftDays ?? 0 };
    const batchSize = this.#options.batchSize ?? BATCH_SIZE;
    const onReject = (reject: Reject): void => this.#reject(reject);
    const instance: DuckDBInstance = this.#database.instance;
    yield* readBatches(instance, {
      statement,
      columns,
      clock,
      batchSize,
      build,
      onReject,
      ...more,
    });
  }

  #reject(reject: Reject): void {
    this.rejected.set(reject.statement, (this.rejected.get(reject.statement) ?? 0) + 1);
    this.#options.onReject?.(reject);
  }

  #warn(): void {
    const all = [...this.#columns.values()].flat();
    for (const name of this.definition.outcome) {
      const found = all.some(
        (c) => c.becomes === "outcome" && c.name.toLowerCase() === name.toLowerCase(),
      );
      if (!found) this.warnings.push(`outcome: no statement has a column ${name}`);
    }
    for (const column of all) {
      if (column.becomes === "ignored") this.warnings.push(`the column ${column.name} is not used`);
    }
  }
}

/** Rows of one account (contact) together and in the order in which they come to count. */
function historyOrder(columns: readonly Column[], key: string): { readonly orderBy?: string } {
  const asOf = columns.find((column) => column.known?.name === "as_of");
  const id = columns.find((column) => column.known?.name === key);
  if (!asOf || !id) return { orderBy: "rowid" };
  return { orderBy: `${identifier(id.name)}, ${identifier(asOf.name)} nulls last, rowid` };
}
