import type { Store } from "../../engine/ports.ts";
import { openStore, storeOver } from "../index.ts";
import { lendDatabase } from "./lent-database.ts";
import type { Engine } from "./test-database.ts";
import { newServerStore } from "./test-database.ts";

/** An empty store: in memory, or in a database of its own on the run's Postgres server. */
export async function openTestStore(engine: Engine): Promise<Store> {
  return storeOver(await lendDatabase(engine), engine === "pglite" ? "memory://" : "lent");
}

/** Stores as of several processes on one database; on PGlite, which is one process's, the same one again. */
export interface SharedStores {
  readonly stores: readonly Store[];
  more(): Promise<Store>;
}

export async function openSharedStores(engine: Engine, count: number): Promise<SharedStores> {
  const more = await sharedStores(engine);
  const stores: Store[] = [];
  for (let n = 0; n < count; n++) stores.push(await more());
  return { stores, more };
}

async function sharedStores(engine: Engine): Promise<() => Promise<Store>> {
  if (engine !== "pglite") {
    const databaseUrl = await newServerStore(engine);
    return () => openStore({ databaseUrl });
  }
  const store = await openTestStore(engine);
  return () => Promise.resolve(store);
}
