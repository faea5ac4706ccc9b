import { rmSync } from "node:fs";
import type { Store } from "../../../src/engine/ports.ts";
import { openStore } from "../../../src/store/index.ts";
import { fillBook, webBook } from "./web-book.ts";

export interface OpenBook {
  readonly store: Store;
  /** What was made for it, once the store is closed. */
  remove(): void;
}

/** A data folder, which is removed at the end; `empty`; by default the prepared book. */
export async function openBook(data: string | undefined): Promise<OpenBook> {
  // tests have a Postgres server, where a copy takes a tenth of a second
  const isTest = process.env["VITEST"] !== undefined;
  if (isTest && (data === undefined || data === "empty")) {
    const store = await openStore({ databaseUrl: await onPostgres(data ?? "prepared") });
    return { store, remove: () => undefined };
  }
  if (data === "empty") {
    return { store: await openStore({ data: "memory://" }), remove: () => undefined };
  }
  const folder = data ?? (await webBook());
  return {
    store: await openStore({ data: folder }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function onPostgres(book: "prepared" | "empty"): Promise<string> {
  // not before: outside of tests these cannot be loaded
  const [{ copyOfPrepared }, { newPostgresStore }] = await Promise.all([
    import("../../../src/store/testing/prepared-database.ts"),
    import("../../../src/store/testing/test-database.ts"),
  ]);
  if (book === "empty") return newPostgresStore();
  return copyOfPrepared("web_book", async (databaseUrl) => {
    const store = await openStore({ databaseUrl });
    try {
      await fillBook(store);
    } finally {
      await store.close();
    }
  });
}
