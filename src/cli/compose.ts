import type { EngineContext } from "../engine/context.ts";
import type { Store } from "../engine/ports.ts";
import { UsageError } from "./cli-error.ts";

/** Where data is kept, as given on the command line or by the environment. */
export interface StoreOptions {
  readonly data?: string;
  readonly database?: string;
}

export const DEFAULT_FOLDER = "./touchstone-data";

/** Opens the store, hands it to `use`, and closes it whatever happens. */
export async function withContext<T>(options: StoreOptions, use: (context: EngineContext) => Promise<T>): Promise<T> {
  const store = await open(options);
  try {
    return await use({ store, clock, actor: process.env["USER"] ?? null });
  } finally {
    await store.close();
  }
}

async function open(options: StoreOptions): Promise<Store> {
  const { openStore } = await import("../store/index.ts");
  const databaseUrl = options.database ?? process.env["DATABASE_URL"];
  const data = options.data ?? process.env["TOUCHSTONE_DATA"] ?? DEFAULT_FOLDER;
  // a folder named on the command line means the folder, whatever the environment says
  return openStore(options.data === undefined && databaseUrl ? { databaseUrl } : { data });
}

/** Now; TOUCHSTONE_NOW stops the clock, for tests and for pictures in the docs. */
export function clock(): number {
  const fixed = process.env["TOUCHSTONE_NOW"];
  if (fixed === undefined) return Date.now();
  const at = Date.parse(fixed);
  if (Number.isNaN(at)) throw new UsageError(`TOUCHSTONE_NOW: \`${fixed}\` is no time; write 2026-03-02T09:00:00Z.`);
  return at;
}
