import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { withProblems } from "./document-problems.ts";
import type { App, ServerDeps } from "./route.ts";

/** All that the pages need is here; the package's own policy asks browsers for TLS, which need not be there. */
const PAGES_POLICY = [
  "default-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "img-src 'self' data:",
  "object-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
].join("; ");

/** `/openapi.json` from the routes' own schemas, and pages to read it at `/docs`. */
export async function addDocs(app: App, { version }: ServerDeps): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Touchstone",
        version,
        description:
          "Decides, for every customer account, every day, how much attention it gets, what happens next, who does it and why.",
      },
      components: {
        securitySchemes: {
          key: { type: "http", scheme: "bearer", description: "A key of kind `api`." },
          session: { type: "apiKey", in: "cookie", name: "touchstone-session" },
          writeKey: {
            type: "http",
            scheme: "basic",
            description: "A write key as the user, no password.",
          },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: (given) => withProblems(jsonSchemaTransformObject(given)),
  });
  app.get("/openapi.json", { config: { access: "public" }, schema: { hide: true } }, () =>
    app.swagger(),
  );
  await app.register(async (scope) => {
    scope.addHook("onRoute", (route) => {
      route.config = { ...route.config, access: "public" };
    });
    await scope.register(swaggerUi, { routePrefix: "/docs", staticCSP: PAGES_POLICY });
  });
}
