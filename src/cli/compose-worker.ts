import { serverSecret } from "../engine/access/server-secret.ts";
import { AppError } from "../engine/app-error.ts";
import type { Store } from "../engine/ports.ts";
import { composeWorker, type Working } from "../server/compose-worker.ts";
import { openLog } from "../server/log.ts";
import { newMetrics } from "../server/metrics.ts";
import { clock, type StoreOptions } from "./compose.ts";
import type { SettingValues } from "./settings/setting-list.ts";
import { toSettings } from "./settings/to-settings.ts";

/** The embedded database has one process, and that is `serve` with a worker of its own. */
export function refuseEmbedded(options: StoreOptions, values: SettingValues): void {
  const databaseUrl = options.database ?? values.databaseUrl;
  if (options.data === undefined && databaseUrl !== undefined) return;
  throw new AppError(
    "needs-server",
    "A worker alone needs a Postgres server: the embedded database has one process only.",
    "Run `touchstone serve`, which has a worker of its own, or give --database URL (or DATABASE_URL).",
  );
}

/** A worker over an open store, started. */
export async function startWorker(
  store: Store,
  values: SettingValues,
  send: boolean,
): Promise<Working> {
  const given = toSettings(values);
  const secret = await serverSecret(store, given.secret);
  const working = composeWorker({
    store,
    settings: { ...given, secret, send: given.send && send },
    clock,
    metrics: newMetrics({ ofProcess: false }),
    log: openLog(values.logLevel ?? "info"),
  });
  working.worker.start();
  return working;
}
