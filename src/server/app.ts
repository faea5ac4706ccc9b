import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import { randomUUID } from "node:crypto";
import Fastify, { LogController } from "fastify";
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import { bookViewOf } from "../engine/book-view/book-view-of.ts";
import { addIdempotency } from "./api/idempotency.ts";
import { refuseUnstorable } from "./api/storable.ts";
import { refuseAddress, refuseConnection, refusePacked } from "./before-routes.ts";
import { addDocs } from "./docs.ts";
import { addDoor } from "./door.ts";
import { addLive } from "./live.ts";
import { answerError, ofHttp, send } from "./errors.ts";
import { logAnswer, type LogLevel, logOptions } from "./log.ts";
import type { App, Routes, ServerDeps } from "./route.ts";
import { ROUTES } from "./routes/index.ts";
import { addWebFiles } from "./web/web-files.ts";

export interface AppOptions {
  readonly logLevel: LogLevel;
  /** Certificate and key, where this process speaks TLS itself. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Other routes than the registry's, for tests. */
  readonly routes?: readonly Routes[];
}

/** Bodies larger than this are refused; routes that take more say so. */
const BODY_BYTES = 1024 * 1024;
/** Whoever sends a body drop by drop holds a connection for so long at most; large imports need it. */
const REQUEST_MS = 10 * 60_000;
/** An id of 500 letters, each of which takes twelve in a URL. */
const LONGEST_PARAM = 6000;

/** The whole HTTP side, ready to listen or to be asked by `inject`. */
export async function buildApp(deps: ServerDeps, options: AppOptions): Promise<App> {
  const app = newFastify(deps, options);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.addHook("onSend", (request, reply, payload, done) => {
    reply.header("x-request-id", request.id);
    // what was done is to be seen by whoever asks next
    if (request.method !== "GET") bookViewOf(deps).wrote();
    done(null, payload);
  });
  app.addHook("onResponse", (request, reply, done) => {
    logAnswer(request, reply);
    const { method, routeOptions } = request;
    const labels = {
      method,
      route: routeOptions.url ?? "(none)",
      status: String(reply.statusCode),
    };
    deps.metrics.requests.observe(labels, reply.elapsedTime / 1000);
    done();
  });
  await app.register(cookie);
  await addHelmet(app, deps);
  addDoor(app, deps);
  refusePacked(app);
  refuseUnstorable(app);
  addIdempotency(app, deps);
  await addDocs(app, deps);
  addLive(app, deps);
  const web = await addWebFiles(app);
  app.decorate("web", web);
  app.setNotFoundHandler((request, reply) =>
    web?.isScreen(request) === true
      ? web.sendScreen(reply)
      : send(
          reply,
          ofHttp("not-found", `${request.method} ${pathOf(request.url)} is no address here.`),
        ),
  );
  for (const routes of options.routes ?? ROUTES) {
    // each noun by itself: a parser or hook of one does not reach the others
    await app.register((scope, _options, done) => {
      routes(scope.withTypeProvider<ZodTypeProvider>(), deps);
      done();
    });
  }
  await app.ready();
  return app;
}

function newFastify({ settings }: ServerDeps, { logLevel, tls }: AppOptions): App {
  const options = {
    logger: logOptions(logLevel) ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseConnection,
    trustProxy: settings.behindProxy,
    // a browser that keeps its connection open must not keep the server from stopping
    forceCloseConnections: "idle",
    return503OnClosing: true,
    routerOptions: { maxParamLength: LONGEST_PARAM },
  } as const;
  const app = tls ? Fastify({ ...options, https: { ...tls } }) : Fastify(options);
  return app.withTypeProvider<ZodTypeProvider>() as App;
}

/** JSON and a few small pages: nothing is loaded from elsewhere, nobody frames them. */
async function addHelmet(app: App, { settings }: ServerDeps): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        imgSrc: ["'self'", "data:"],
        styleSrc: ["'self'", "'unsafe-inline'"],
      },
    },
    // the widget's script and its answers are for other sites' pages: those routes say so
    crossOriginResourcePolicy: { policy: "same-origin" },
    strictTransportSecurity:
      settings.behindProxy || settings.publicUrl?.startsWith("https:") === true
        ? { maxAge: 15_552_000, includeSubDomains: false }
        : false,
    // `no-referrer` would hide from us that a form is our own
    referrerPolicy: { policy: "same-origin" },
  });
}

function pathOf(url: string): string {
  return url.split("?")[0] ?? url;
}
