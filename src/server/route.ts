import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { KeyRing } from "../engine/access/key-ring.ts";
import type { EngineContext } from "../engine/context.ts";
import type { Access, BundledFiles, Store } from "../engine/ports.ts";
import type { Channels } from "../engine/ports/channel.ts";
import type { SafeHttp } from "../engine/ports/http.ts";
import type { CheckMessage } from "../engine/ports/message-check.ts";
import type { Settings } from "../engine/settings.ts";
import type { Metrics } from "./metrics.ts";
import type { WebFiles } from "./web/web-files.ts";

/** Fastify with zod schemas: what a route says it takes and gives is checked, typed and documented. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What the routes work with. */
export interface ServerDeps {
  readonly store: Store;
  readonly settings: Settings;
  readonly channels: Channels;
  /** Tells what is wrong with a message file. */
  readonly checkMessage: CheckMessage;
  /** What comes with the program for those who begin. */
  readonly bundled: BundledFiles;
  /** Knows write keys, API keys and widget keys. */
  readonly keys: KeyRing;
  /** What is counted in this process, for /metrics. */
  readonly metrics: Metrics;
  /** Asks addresses that others have set. */
  readonly http: SafeHttp;
  readonly clock: () => number;
  /** Lets the worker in this process know that there may be something for one of its jobs. */
  readonly wake: (job: string) => void;
  /** What the worker in this process is doing, for /metrics and /readyz; null: there is none. */
  readonly worker: (() => WorkerStatus) | null;
  readonly version: string;
}

export interface WorkerStatus {
  /** Its jobs are run; false: it has stopped, or hangs. */
  readonly alive: boolean;
}

/** Adds its routes to the app. One file per noun under routes/; the registry in routes/index.ts lists them. */
export type Routes = (app: App, deps: ServerDeps) => void;

/**
 * Who may call a route. `public`: anybody (it checks its own signed token); `write-key` and
 * `widget`: the key's own check; else the least access a person needs, and for API keys the
 * scope (`read`, `write`, `admin`).
 */
export type RouteAccess =
  | "public"
  | "write-key"
  | "widget"
  | { readonly person: Access; readonly scope: Scope; readonly ownAccountsOnly?: boolean };

export const SCOPES = ["read", "write", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** Who is asking, once the door has let them in. */
export interface Caller {
  /** For the audit log: a member's name or id, `key NAME`, `admin token`. */
  readonly actor: string;
  /** Team member id; null for keys and the administrator's token. */
  readonly member: string | null;
  readonly access: Access;
  readonly scopes: ReadonlySet<Scope>;
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** Every route says who may call it; one that does not is refused at the start. */
    access?: RouteAccess;
    /** Callers that can send no header of their own may send their key as a Basic password. */
    keyAsPassword?: boolean;
    /** What comes from files or from others: odd characters are put right, not refused. */
    takesAnyText?: boolean;
    /** Kinds of things that open screens ask for again after it; by default those of its noun. `[]`: it only asks. */
    tells?: readonly string[];
  }
  interface FastifyInstance {
    /** All routes there are, for the test that walks them. */
    routeList: readonly RouteOptions[];
    /** The web app; null: it was not built. */
    web: WebFiles | null;
  }
  interface FastifyRequest {
    /** Set by the door on every route that is not `public`, `write-key` or `widget`. */
    caller: Caller | null;
  }
}

/** The engine's context for one request: what is done by hand is logged under the caller's name. */
export function contextOf(deps: ServerDeps, caller: Caller | null): EngineContext {
  return { store: deps.store, clock: deps.clock, actor: caller?.actor ?? null };
}
