import {
  refuseWithoutCitus,
  type Spread,
  spreadNewTables,
  spreadOverCluster,
} from "./citus/spread.ts";
import { type OpenDatabase, openDatabase } from "./db/open-database.ts";
import { migrate, readMigrations } from "./migrate.ts";

export interface Migrated {
  /** The last migration there is: what the schema is at now. */
  readonly at: string;
  /** Those that ran just now. */
  readonly ran: readonly string[];
  /** Where its tables were to be spread over a cluster. */
  readonly spread: Spread | null;
}

/** `citus`: spreads the tables over the database's cluster as well, on as many shards where given. */
export async function migrateStore(
  options: OpenDatabase,
  citus: { readonly shards: number | undefined } | null,
): Promise<Migrated> {
  const db = await openDatabase(options);
  try {
    if (citus) await refuseWithoutCitus(db);
    const ran = await migrate(db);
    if (!citus) await spreadNewTables(db);
    const spread = citus ? await spreadOverCluster(db, citus.shards) : null;
    return { at: readMigrations().at(-1)?.name ?? "", ran, spread };
  } finally {
    await db.close();
  }
}
