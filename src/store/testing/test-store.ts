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
