import { existsSync, readFileSync } from "node:fs";
import { AppError } from "../engine/app-error.ts";
import type { Store } from "../engine/ports.ts";
import { type Served, serve } from "../server/compose-serve.ts";
export type { Served } from "../server/compose-serve.ts";
import { type Place, refuseOpenHost } from "../server/listening.ts";
import { openStore } from "../store/index.ts";
import { UsageError } from "./cli-error.ts";
import { clock, DEFAULT_FOLDER, type StoreOptions } from "./compose.ts";
import { programVersion } from "./package-folder.ts";
import { requireSettings } from "./settings/read-settings.ts";
import type { SettingValues } from "./settings/setting-list.ts";
import { toSettings } from "./settings/to-settings.ts";

export interface ServerOptions {
  readonly place: Place;
  /** false: a dry run, whatever the settings say. */
  readonly send: boolean;
  readonly behindProxy: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly signInLink: "first" | "always";
}

/** Settings as they are, or a UsageError that names every bad one. */
export function settingValues(): SettingValues {
  return requireSettings(process.env).values;
}

/** The store as a process of its own holds it: never another server's. */
export function openOwnStore(options: StoreOptions, values: SettingValues): Promise<Store> {
  if (options.data !== undefined && options.database !== undefined)
    throw new UsageError(
      "--data and --database exclude each other.",
      "Say where the data is once.",
    );
  const databaseUrl = options.database ?? values.databaseUrl;
  if (options.data === undefined && databaseUrl !== undefined) return openStore({ databaseUrl });
  return openStore({ data: options.data ?? values.data ?? DEFAULT_FOLDER });
}

/** Throws what is wrong with the options, before a store is opened or made. */
export function checkOptions(values: SettingValues, options: ServerOptions): void {
  const behindProxy = (values.behindProxy ?? false) || options.behindProxy;
  refuseOpenHost(options.place, { hasTls: readTls(options) !== undefined, behindProxy });
}

/** Starts the server over an open store of this process's own. */
export function startServer(
  store: Store,
  values: SettingValues,
  options: ServerOptions,
): Promise<Served> {
  const settings = toSettings(values);
  const tls = readTls(options);
  return serve({
    store,
    settings: {
      ...settings,
      send: settings.send && options.send,
      behindProxy: settings.behindProxy || options.behindProxy,
    },
    place: options.place,
    ...(tls ? { tls } : {}),
    logLevel: values.logLevel ?? "info",
    clock,
    version: programVersion(),
    signInLink: options.signInLink,
  });
}

function readTls({ tlsCert, tlsKey }: ServerOptions): { cert: string; key: string } | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined)
    throw new UsageError("--tls-cert and --tls-key belong together.", "Give both files.");
  return { cert: readPem("--tls-cert", tlsCert), key: readPem("--tls-key", tlsKey) };
}

function readPem(flag: string, file: string): string {
  if (!existsSync(file))
    throw new AppError("no-such-file", `${flag}: there is no file ${file}.`, "Give a PEM file.");
  return readFileSync(file, "utf8");
}
