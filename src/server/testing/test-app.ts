import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { KeyRing } from "../../engine/access/key-ring.ts";
import { makeKey } from "../../engine/access/keys.ts";
import { makeAdminSignIn, makeSignIn, openSession } from "../../engine/access/sign-in.ts";
import type { EngineContext } from "../../engine/context.ts";
import type {
  Access,
  BundledFiles,
  KeyKind,
  KeyScope,
  Store,
  TeamRow,
} from "../../engine/ports.ts";
import type { Channels } from "../../engine/ports/channel.ts";
import type { SafeHttp } from "../../engine/ports/http.ts";
import { bareMember } from "../../engine/bare-rows.ts";
import { TEST_SETTINGS as UNSET } from "../../engine/testing/settings.ts";
import type { Settings } from "../../engine/settings.ts";
import { buildApp } from "../app.ts";
import { bundledFiles } from "../compose-bundled.ts";
import { newMetrics } from "../metrics.ts";
import type { App, Routes, ServerDeps } from "../route.ts";

export const TEST_SECRET = "a secret of the tests, long enough";

export const TEST_SETTINGS: Settings = {
  ...UNSET,
  secret: TEST_SECRET,
  settleAfterMs: 600_000,
};

/** Tests that need a network bring their own. */
const NO_NETWORK: SafeHttp = {
  request: () => Promise.reject(new Error("this test has no network")),
  whyRefused: () => Promise.resolve(null),
};

/** A Monday, nine o'clock in Paris. */
const MONDAY = Date.UTC(2026, 2, 2, 8);

export interface TestAppOptions {
  readonly settings?: Partial<Settings>;
  readonly channels?: Channels;
  readonly routes?: readonly Routes[];
  readonly http?: SafeHttp;
  readonly bundled?: BundledFiles;
  /** Milliseconds; `app.now` can be set later. */
  readonly now?: number;
  readonly worker?: ServerDeps["worker"];
}

type Ask = Omit<InjectOptions, "method" | "url">;

/** Asks as somebody: their cookie or key goes along with each request. */
export interface TestCaller {
  readonly headers: Readonly<Record<string, string>>;
  get(url: string, ask?: Ask): Promise<LightMyRequestResponse>;
  post(url: string, payload?: InjectOptions["payload"], ask?: Ask): Promise<LightMyRequestResponse>;
  put(url: string, payload?: InjectOptions["payload"], ask?: Ask): Promise<LightMyRequestResponse>;
  patch(
    url: string,
    payload?: InjectOptions["payload"],
    ask?: Ask,
  ): Promise<LightMyRequestResponse>;
  delete(url: string, ask?: Ask): Promise<LightMyRequestResponse>;
}

/**
 * The server over a store of its own, asked by `inject`. The team: `csm` (a member of that id and
 * access, address `csm@example.com`), and so on for each access level.
 */
export interface TestApp {
  readonly app: App;
  readonly deps: ServerDeps;
  readonly store: Store;
  readonly context: EngineContext;
  /** The clock, in ms: set it to let time pass. */
  now: number;
  /** Jobs that were woken. */
  readonly woken: string[];
  readonly nobody: TestCaller;
  readonly csm: TestCaller;
  readonly leader: TestCaller;
  readonly ops: TestCaller;
  readonly admin: TestCaller;
  /** A caller with a new API key. */
  withKey(scopes: readonly KeyScope[], access?: Access): Promise<TestCaller>;
  /** A new key's id and secret (a widget key's secret signs users). */
  newKey(kind: KeyKind, scopes?: readonly KeyScope[]): Promise<{ id: string; secret: string }>;
  close(): Promise<void>;
}

export const TEST_TEAM: readonly Access[] = ["csm", "leader", "ops", "admin"];

/** Over a store that is there already; it is closed with the app. */
export async function testAppOver(store: Store, options: TestAppOptions = {}): Promise<TestApp> {
  const clock = { now: options.now ?? MONDAY };
  const woken: string[] = [];
  const settings = { ...TEST_SETTINGS, ...options.settings };
  const deps: ServerDeps = {
    store,
    settings,
    channels: options.channels ?? new Map(),
    checkMessage: () => [],
    bundled: options.bundled ?? bundledFiles(),
    keys: new KeyRing(store.access, () => clock.now, settings.secret),
    metrics: newMetrics({ ofProcess: false }),
    http: options.http ?? NO_NETWORK,
    clock: () => clock.now,
    wake: (job) => woken.push(job),
    worker: options.worker ?? null,
    version: "0.0.0-test",
  };
  const context: EngineContext = { store, clock: deps.clock, actor: "tester" };
  await store.team.write(TEST_TEAM.map(member), { now: clock.now, today: 0 });
  const app = await buildApp(deps, {
    logLevel: "silent",
    ...(options.routes ? { routes: options.routes } : {}),
  });
  const newKey = async (kind: KeyKind, scopes: readonly KeyScope[] = [], access?: Access) => {
    const made = await makeKey(
      context,
      { kind, name: `${kind} ${scopes.join(" ")}`, scopes, access: access ?? null },
      settings.secret,
    );
    return { id: made.key.id, secret: made.secret };
  };
  return {
    app,
    deps,
    store,
    context,
    woken,
    get now() {
      return clock.now;
    },
    set now(now) {
      clock.now = now;
    },
    nobody: caller(app, {}),
    csm: await signedIn(app, context, "csm"),
    leader: await signedIn(app, context, "leader"),
    ops: await signedIn(app, context, "ops"),
    admin: await signedIn(app, context, "admin"),
    withKey: async (scopes, access) => {
      const { secret } = await newKey("api", scopes, access);
      return caller(app, { authorization: `Bearer ${secret}` });
    },
    newKey,
    async close() {
      await app.close();
      await store.close();
    },
  };
}

function member(access: Access): TeamRow {
  return {
    ...bareMember(access),
    name: `The ${access}`,
    email: `${access}@example.com`,
    role: access,
    access,
    hoursPerWeek: 40,
  };
}

async function signedIn(app: App, context: EngineContext, access: Access): Promise<TestCaller> {
  const { token } = await makeSignIn(context, `${access}@example.com`);
  return bySession(app, context, token);
}

/** Somebody who came in by a sign-in link's secret. */
async function bySession(app: App, context: EngineContext, token: string): Promise<TestCaller> {
  const session = await openSession(context, token);
  if (!session) throw new Error("the sign-in link did not open a session");
  return caller(app, { cookie: `touchstone-session=${session.secret}` });
}

/** The administrator whom the first start lets in, of whom the team knows nothing. */
export async function administrator(app: App, context: EngineContext): Promise<TestCaller> {
  return bySession(app, context, await makeAdminSignIn(context));
}

export function caller(app: App, headers: Readonly<Record<string, string>>): TestCaller {
  const ask = (method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", url: string, more: Ask = {}) =>
    app.inject({ ...more, method, url, headers: { ...headers, ...more.headers } });
  const send =
    (method: "POST" | "PUT" | "PATCH") =>
    (url: string, payload?: InjectOptions["payload"], more: Ask = {}) =>
      ask(method, url, payload === undefined ? more : { ...more, payload });
  return {
    headers,
    get: (url, more) => ask("GET", url, more),
    post: send("POST"),
    put: send("PUT"),
    patch: send("PATCH"),
    delete: (url, more) => ask("DELETE", url, more),
  };
}
