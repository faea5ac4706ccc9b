import fastifyStatic from "@fastify/static";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../route.ts";

/** Where the build puts the web app: beside the bundle, or in dist/ when the sources are run as they are. */
const PLACES = ["./web/", "../../../dist/web/"];

/** Addresses under which programs ask: a page would be no answer to them. */
const NOT_SCREENS =
  /^\/(?:api|v1|assets|widget|docs|batch|e|metrics|healthz|readyz|openapi\.json)(?:[/.?]|$)/;

export interface WebFiles {
  /** Whether a person's browser asks for a screen of the app, by an address of its own. */
  isScreen(request: FastifyRequest): boolean;
  sendScreen(reply: FastifyReply): FastifyReply;
}

/** The web app's page and files; null: it was not built. */
export async function addWebFiles(app: App, folder = builtFolder()): Promise<WebFiles | null> {
  if (folder === null) return null;
  const page = readFileSync(`${folder}index.html`, "utf8");
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
  });
  const open = { config: { access: "public" }, schema: { hide: true } } as const;
  // their names change with their content
  app.get("/assets/*", open, (request, reply) =>
    reply
      .header("cache-control", "public, max-age=31536000, immutable")
      .sendFile(decodedPath(request)),
  );
  app.get("/icon.svg", open, (_request, reply) =>
    reply.header("cache-control", "public, max-age=86400").sendFile("icon.svg"),
  );
  return {
    isScreen: ({ method, url, headers }) =>
      (method === "GET" || method === "HEAD") &&
      (headers.accept ?? "").includes("text/html") &&
      !NOT_SCREENS.test(url),
    sendScreen: (reply) =>
      reply
        .status(200)
        .header("cache-control", "no-cache")
        .type("text/html; charset=utf-8")
        .serializer(String)
        .send(page),
  };
}

function decodedPath({ params }: FastifyRequest): string {
  return `assets/${(params as { readonly "*": string })["*"]}`;
}

function builtFolder(): string | null {
  const place = PLACES.map((path) => fileURLToPath(new URL(path, import.meta.url))).find((path) =>
    existsSync(`${path}index.html`),
  );
  return place ?? null;
}
