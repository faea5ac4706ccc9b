import { firstStart } from "../engine/access/first-start.ts";
import { KeyRing } from "../engine/access/key-ring.ts";
import { serverSecret } from "../engine/access/server-secret.ts";
import { linkPath, makeAdminSignIn, SERVER_URL } from "../engine/access/sign-in.ts";
import { checkMessage } from "../deliver/render/check-message.ts";
import { safeHttp } from "../deliver/safe-request.ts";
import type { BundledFiles, Store } from "../engine/ports.ts";
import type { Settings } from "../engine/settings.ts";
import { type ServedStore, serveStore } from "../store/index.ts";
import { buildApp } from "./app.ts";
import { bundledFiles } from "./compose-bundled.ts";
import { composeWorker, notSetUp, type Working } from "./compose-worker.ts";
import { listen, type Place, refuseOpenHost } from "./listening.ts";
import { type LogLevel, openLog } from "./log.ts";
import { newMetrics } from "./metrics.ts";
import type { App, ServerDeps } from "./route.ts";
import { serverUrl } from "./server-url.ts";

export interface ServeOptions {
  /** Open, and this process's own (not another server's); whoever opened it closes it after `stop`. */
  readonly store: Store;
  /** `secret` null: made once and kept in the database. */
  readonly settings: Omit<Settings, "secret"> & { readonly secret: string | null };
  readonly place: Place;
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly logLevel: LogLevel;
  readonly clock: () => number;
  readonly version: string;
  /** Default: what comes with the program. */
  readonly bundled?: BundledFiles;
  /** `always`: each start shows a link for the administrator, as the demo does. */
  readonly signInLink: "first" | "always";
}

/** A server that runs. */
export interface Served {
  /** Where a browser on this machine finds it. */
  readonly url: string;
  /** Signs the administrator in, once; null: not the first start. */
  readonly signInUrl: string | null;
  /** The administrator's key for the API; null: not the first start. */
  readonly adminToken: string | null;
  readonly sends: boolean;
  /** Channels that cannot reach anybody yet, and what is missing. */
  readonly notSetUp: readonly { readonly channel: string; readonly missing: string }[];
  /** Takes nothing new, finishes what is claimed. False: something did not end in time. */
  stop(): Promise<boolean>;
}

/** HTTP, worker and the socket for commands, over an open store. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { store, place, tls, clock, version, logLevel } = options;
  const { behindProxy } = options.settings;
  refuseOpenHost(place, { hasTls: tls !== undefined, behindProxy });
  const secret = await serverSecret(store, options.settings.secret);
  const settings: Settings = { ...options.settings, secret };
  const metrics = newMetrics({ ofProcess: true });
  const working = composeWorker({ store, settings, clock, metrics, log: openLog(logLevel) });
  const keys = new KeyRing(store.access, clock, secret);
  let isWorking = true;
  const deps: ServerDeps = {
    store,
    settings,
    channels: working.channels,
    checkMessage,
    bundled: options.bundled ?? bundledFiles(),
    keys,
    metrics,
    http: safeHttp(),
    clock,
    wake: (job) => working.worker.wake(job),
    worker: () => ({ ...working.worker.status(), alive: isWorking }),
    version,
  };
  const app = await buildApp(deps, { logLevel, ...(tls ? { tls } : {}) });
  let socket: ServedStore | null = null;
  const stop = async (): Promise<boolean> => {
    isWorking = false;
    const [isEnded] = await Promise.all([working.stop(), closeApp(app)]);
    await socket?.close();
    return isEnded;
  };
  try {
    await listen(app, place);
    socket = await openSocket(options, keys, working);
    const greeting = await greet(options, app, settings, working);
    // only now: its first look at everything would stand in line before what whoever starts waits for
    working.worker.start();
    return { ...greeting, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Commands on this machine work through the server while it holds the data folder. */
async function openSocket(
  { store, version }: ServeOptions,
  keys: KeyRing,
  { worker }: Working,
): Promise<ServedStore | null> {
  if (store.kind !== "pglite" || store.place.startsWith("memory:")) return null;
  return serveStore(store, store.place, {
    version,
    called: (noun) => {
      if (noun === "access") keys.forgetAll();
      else worker.wake();
    },
  });
}

async function greet(
  { store, clock, signInLink }: ServeOptions,
  app: App,
  settings: Settings,
  { channels }: Working,
): Promise<Omit<Served, "stop">> {
  const url = serverUrl(app);
  if (url === null) throw new Error("the server does not listen");
  await store.settings.set(SERVER_URL, url);
  const context = { store, clock, actor: null };
  const first = await firstStart(context, settings.secret);
  const token = first?.signIn ?? (signInLink === "always" ? await makeAdminSignIn(context) : null);
  return {
    url,
    signInUrl: token === null ? null : (settings.publicUrl ?? url) + linkPath(token),
    adminToken: first?.adminToken ?? null,
    sends: settings.send,
    notSetUp: notSetUp(channels),
  };
}

/** Requests that are being answered may take this long; who still listens then is cut off. */
const LAST_ANSWERS_MS = 5_000;

async function closeApp(app: App): Promise<void> {
  const late = setTimeout(() => app.server.closeAllConnections(), LAST_ANSWERS_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(late);
  }
}
