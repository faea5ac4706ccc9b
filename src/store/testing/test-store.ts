import type { Store } from "../../engine/ports.ts";
import { openStore } from "../index.ts";
import type { Engine } from "./test-database.ts";
import { newPostgresDatabase, storeTemplate } from "./test-database.ts";

/** A new, empty store: in memory, or in a database of its own on the run's Postgres server. */
export async function openTestStore(engine: Engine): Promise<Store> {
  return engine === "pglite"
    ? openStore({ data: "memory://", template: await storeTemplate() })
    : openStore({ databaseUrl: await newPostgresDatabase() });
}

/** Several stores as of several processes on one database; on PGlite, which is one process's, the same store again. */
export async function openSharedStores(engine: Engine, count: number): Promise<Store[]> {
  if (engine === "pglite") {
    const store = await openTestStore(engine);
    return Array.from({ length: count }, () => store);
  }
  const databaseUrl = await newPostgresDatabase();
  const stores: Store[] = [];
  for (let n = 0; n < count; n++) stores.push(await openStore({ databaseUrl }));
  return stores;
}
