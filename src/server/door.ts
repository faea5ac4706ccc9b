import type { FastifyRequest, RouteOptions } from "fastify";
import { hashOf } from "../engine/access/secrets.ts";
import type { StoredKey } from "../engine/ports.ts";
import { lacking, scopesUpTo } from "./door-rules.ts";
import { HttpProblem } from "./http-problem.ts";
import { RateLimit } from "./rate-limit.ts";
import { type App, type Caller, SCOPES, type ServerDeps } from "./route.ts";
import { isFromElsewhere } from "./same-site.ts";
import { sessionSecret } from "./session-cookie.ts";

/** Keys are too long to be guessed; this keeps the guessing from costing anything. */
const BAD_KEYS = { most: 100, windowMs: 60_000 };
const CHECKED_BY_ROUTE = ["public", "write-key", "widget"];

/** Lets nobody in whom a route's `access` does not name. */
export function addDoor(app: App, deps: ServerDeps): void {
  refuseOpenRoutes(app);
  const badKeys = new RateLimit(BAD_KEYS.most, BAD_KEYS.windowMs, deps.clock);
  app.decorateRequest("caller", null);
  app.addHook("onRequest", async (request) => {
    const needs = request.routeOptions.config.access;
    // an address without a route has none: there is nothing behind it
    if (needs === undefined || (typeof needs === "string" && CHECKED_BY_ROUTE.includes(needs)))
      return;
    const caller = await callerOf(request, deps, badKeys);
    if (!caller)
      throw new HttpProblem(
        "sign-in-needed",
        "Neither a key nor a session came with the request.",
        {
          hint: "Send `Authorization: Bearer KEY`, or sign in (`touchstone signin EMAIL` prints a link).",
        },
      );
    const lacks = typeof needs === "string" ? null : lacking(caller, needs);
    if (lacks !== null) throw new HttpProblem("forbidden", `This needs ${lacks}.`);
    request.caller = caller;
  });
}

/** A route that does not say who may call it is a mistake that must not get to run. */
function refuseOpenRoutes(app: App): void {
  const routes: RouteOptions[] = [];
  app.decorate("routeList", routes);
  app.addHook("onRoute", (route) => {
    routes.push(route);
  });
  app.addHook("onReady", (done) => {
    const open = routes.filter(({ config }) => config?.access === undefined);
    const names = open.map(({ method, url }) => `${String(method)} ${url}`).join(", ");
    if (open.length === 0) done();
    else done(new Error(`${names}: no config.access says who may call it`));
  });
}

/** Who is asking; null: nobody that is known. */
export async function callerOf(
  request: FastifyRequest,
  deps: ServerDeps,
  badKeys: RateLimit,
): Promise<Caller | null> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return callerByKey(authorization, request, deps, badKeys);
  const secret = sessionSecret(request);
  if (secret === undefined) return null;
  const session = await deps.store.access.session(hashOf(secret), deps.clock());
  if (!session) return null;
  if (isFromElsewhere(request, deps.settings.publicUrl))
    throw new HttpProblem("other-site", "A page of another site may not act for you.");
  const { member, name, access } = session;
  return {
    actor: name ?? member ?? "admin",
    member,
    // a member without an access level sees what any colleague does
    access: access ?? "csm",
    scopes: new Set(SCOPES),
  };
}

async function callerByKey(
  authorization: string,
  request: FastifyRequest,
  deps: ServerDeps,
  badKeys: RateLimit,
): Promise<Caller> {
  const retryAfter = badKeys.wait(request.ip);
  if (retryAfter > 0)
    throw new HttpProblem("too-many", "Too many bad keys came from your address.", { retryAfter });
  const token = tokenOf(authorization, request.routeOptions.config.keyAsPassword === true);
  const key = token === undefined ? null : await deps.keys.verifyApiKey(token);
  if (key) return callerOfKey(key);
  badKeys.count(request.ip);
  throw new HttpProblem("bad-key", "The key is unknown, was revoked, or is no key for the API.", {
    hint: "Send `Authorization: Bearer KEY` with a key of kind `api`.",
  });
}

/** `Bearer KEY`; where the route allows it, also the password of `Basic`. */
function tokenOf(authorization: string, isPassword: boolean): string | undefined {
  const [, scheme = "", value = ""] = /^(\S+) +(\S+)$/.exec(authorization) ?? [];
  if (/^bearer$/i.test(scheme)) return value;
  if (!isPassword || !/^basic$/i.test(scheme)) return undefined;
  return Buffer.from(value, "base64").toString("utf8").split(":")[1];
}

function callerOfKey({ kind, name, access, scopes }: StoredKey): Caller {
  return {
    actor: kind === "admin" ? "admin token" : `key ${name}`,
    member: null,
    access: access ?? "admin",
    // a CSM changes own accounts only, and a key has none
    scopes: access === "csm" ? scopesUpTo(["read"]) : scopesUpTo(scopes),
  };
}
