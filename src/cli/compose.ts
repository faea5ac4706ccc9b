import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { AppError } from "../engine/app-error.ts";
import type { Channel } from "../core/model/index.ts";
import type { EngineContext } from "../engine/context.ts";
import type { Store } from "../engine/ports.ts";
import type { CheckMessage } from "../engine/ports/message-check.ts";
import { UsageError } from "./cli-error.ts";
import { programVersion } from "./package-folder.ts";

/** Where data is kept, as given on the command line or by the environment. */
export interface StoreOptions {
  readonly data?: string;
  readonly database?: string;
}

export const DEFAULT_FOLDER = "./touchstone-data";

/** Opens the store that is there, hands it to `use`, and closes it whatever happens. */
export function withContext<T>(
  options: StoreOptions,
  use: (context: EngineContext) => Promise<T>,
): Promise<T> {
  return withOpened(options, false, use);
}

/** The same for commands that bring data in: they make the data folder where there is none. */
export function withNewContext<T>(
  options: StoreOptions,
  use: (context: EngineContext) => Promise<T>,
): Promise<T> {
  return withOpened(options, true, use);
}

/** What tells of mistakes in message files before anybody gets them. */
export async function messageCheck(): Promise<CheckMessage> {
  const { checkMessage } = await import("../deliver/render/check-message.ts");
  return checkMessage;
}

async function withOpened<T>(
  options: StoreOptions,
  mayCreate: boolean,
  use: (context: EngineContext) => Promise<T>,
): Promise<T> {
  const store = await open(options, mayCreate);
  try {
    return await use({ store, clock, actor: whoIsThere(), setUp: channelsSetUp });
  } finally {
    await store.close();
  }
}

async function open(options: StoreOptions, mayCreate: boolean): Promise<Store> {
  if (options.data !== undefined && options.database !== undefined) {
    throw new UsageError(
      "--data and --database exclude each other.",
      "Say where the data is once.",
    );
  }
  const databaseUrl = options.database ?? process.env["DATABASE_URL"];
  const data = options.data ?? (await folderThatIsSet()) ?? DEFAULT_FOLDER;
  // a folder named on the command line means the folder, whatever the environment says
  const isServer = options.data === undefined && databaseUrl !== undefined && databaseUrl !== "";
  if (!isServer && !mayCreate && !existsSync(data)) {
    throw new AppError(
      "no-such-file",
      `There is no data in ${data}: the folder is not there.`,
      "Bring data in with `touchstone import`, or say where it is with --data DIR (the demo's is ./touchstone-demo).",
    );
  }
  const { connectStore, openStore } = await import("../store/index.ts");
  // while `touchstone serve` holds the folder, commands work through it
  const served = isServer ? null : await connectStore(data, programVersion());
  return served ?? openStore(isServer ? { databaseUrl } : { data });
}

/** The data folder that the environment or touchstone.config.yaml names; undefined: none. */
async function folderThatIsSet(): Promise<string | undefined> {
  const folder = process.env["TOUCHSTONE_DATA"];
  if (folder !== undefined && folder !== "") return folder;
  if (!existsSync(process.env["TOUCHSTONE_CONFIG"] ?? "touchstone.config.yaml")) return undefined;
  const { readSettings } = await import("./settings/read-settings.ts");
  return readSettings(process.env).values.data;
}

/** What is due on these channels waits for a worker; on the others it is held. */
async function channelsSetUp(): Promise<ReadonlySet<Channel>> {
  const { openChannels } = await import("../deliver/open-channels.ts");
  const { readSettings } = await import("./settings/read-settings.ts");
  const { toSettings } = await import("./settings/to-settings.ts");
  const settings = toSettings(readSettings(process.env).values);
  const channels = openChannels({ ...settings, secret: settings.secret ?? "" });
  await Promise.all([...channels.values()].map((channel) => channel.close()));
  return new Set([...channels.values()].flatMap((one) => (one.missing === null ? one.name : [])));
}

/** Who is at the keyboard, for the record; null where the system does not know. */
export function whoIsThere(): string | null {
  try {
    return process.env["USER"] ?? userInfo().username;
  } catch {
    // a user id without a name, as containers have them
    return null;
  }
}

/** Now; TOUCHSTONE_NOW stops the clock, for tests and for pictures in the docs. */
export function clock(): number {
  const fixed = process.env["TOUCHSTONE_NOW"];
  if (fixed === undefined) return Date.now();
  const at = Date.parse(fixed);
  if (Number.isNaN(at))
    throw new UsageError(`TOUCHSTONE_NOW: \`${fixed}\` is no time; write 2026-03-02T09:00:00Z.`);
  return at;
}
