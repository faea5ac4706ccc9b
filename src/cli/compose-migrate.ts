import { AppError } from "../engine/app-error.ts";
import { migrateStore, type Migrated } from "../store/migrate-store.ts";
import { DEFAULT_FOLDER, type StoreOptions } from "./compose.ts";
import { UsageError } from "./cli-error.ts";
import type { SettingValues } from "./settings/setting-list.ts";

export type { Migrated } from "../store/migrate-store.ts";

/** Brings the schema of a folder or server up to date; with `citus` spreads it over its cluster. */
export function migrateData(
  options: StoreOptions,
  values: SettingValues,
  citus: { readonly shards: number | undefined } | null,
): Promise<Migrated> {
  if (options.data !== undefined && options.database !== undefined)
    throw new UsageError(
      "--data and --database exclude each other.",
      "Say where the data is once.",
    );
  const databaseUrl = options.data === undefined ? (options.database ?? values.databaseUrl) : "";
  if (databaseUrl !== undefined && databaseUrl !== "") return migrateStore({ databaseUrl }, citus);
  if (citus)
    throw new AppError(
      "needs-server",
      "--citus needs a Postgres server with Citus: the embedded database is in one process.",
      "Give --database URL (or DATABASE_URL) of the cluster's coordinator.",
    );
  return migrateStore({ data: options.data ?? values.data ?? DEFAULT_FOLDER }, null);
}
