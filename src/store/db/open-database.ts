import type { Database } from "./database.ts";
import { openPglite } from "./pglite.ts";
import { openPostgres } from "./postgres.ts";

export interface OpenDatabase {
  /** A Postgres server's address; wins over `data`. */
  readonly databaseUrl?: string | undefined;
  /** The embedded database's folder, or `memory://`. */
  readonly data?: string | undefined;
  /** A gzipped tar for a new embedded database to start from. */
  readonly template?: Uint8Array | undefined;
}

export function openDatabase(options: OpenDatabase): Promise<Database> {
  const { databaseUrl, data, template } = options;
  if (databaseUrl !== undefined && databaseUrl !== "") return openPostgres({ url: databaseUrl });
  if (data === undefined || data === "") throw new Error("neither a data folder nor a database");
  return openPglite({ folder: data === "memory://" ? undefined : data, template });
}
