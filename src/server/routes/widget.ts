import { createHash } from "node:crypto";
import { z } from "zod";
import { IN_APP_ACTIONS, type InAppMessage } from "../../core/in-app/types.ts";
import { InAppMessages } from "../../engine/in-app/in-app-messages.ts";
import { allowOrigin, answerPreflight, type CrossOrigin } from "../cross-origin.ts";
import { HttpProblem } from "../http-problem.ts";
import { answers } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";
import { SignedUsers } from "../widget/signed-user.ts";
import { readWidgetScript, type WidgetScript } from "../widget/widget-script.ts";

const PUBLIC = { config: { access: "public" } } as const;
const WIDGET = { config: { access: "widget" } } as const;
const REPORT_BYTES = 64 * 1024;

/** Who is asking is told by a token, not by cookies: nothing there to protect from other sites. */
const PAGES: CrossOrigin = {
  purpose: "use the widget",
  methods: "GET, POST",
  headers: "authorization, content-type, if-none-match",
  exposed: "etag, retry-after",
  named: false,
};

const messageSchema = z
  .custom<InAppMessage>()
  .meta({ id: "InAppMessage", type: "object", description: "A message as the widget shows it." });

const reportsSchema = z
  .object({
    auth: z.string().max(4_000).meta({ description: "`KEY.TOKEN.USER`, as for the messages." }),
    reports: z
      .array(
        z.object({
          message: z.string().min(1).max(500),
          action: z.enum(IN_APP_ACTIONS),
          item: z.int().min(0).max(1_000).optional(),
        }),
      )
      .max(100),
  })
  .meta({ id: "InAppReports" });

/** What the widget in customers' pages asks for, and tells. */
export const widget: Routes = (app, deps) => {
  const users = new SignedUsers(deps);
  let read: WidgetScript | null = null;
  const script = (): WidgetScript => (read ??= builtScript());
  const messages = new InAppMessages(contextOf(deps, null));
  const { allowedOrigins } = deps.settings;
  const readJson = app.getDefaultJsonParser("error", "error");
  // as text it needs no preflight, and gets out of pages that are being left
  app.addContentTypeParser("text/plain", { parseAs: "string" }, (request, body, done) => {
    void readJson(request, body.toString(), done);
  });
  // a refusal, too, has to be readable for the page
  app.addHook("onRequest", (request, reply, done) => {
    allowOrigin(PAGES, request, reply, allowedOrigins);
    done();
  });

  app.get("/widget.js", { ...PUBLIC, schema: { hide: true } }, (_request, reply) =>
    reply
      .type("text/javascript; charset=utf-8")
      .header("cache-control", "public, max-age=300, stale-while-revalidate=86400")
      .send(script().text),
  );
  app.get<{ Params: { hash: string } }>(
    "/widget.:hash.js",
    { ...PUBLIC, schema: { hide: true } },
    (request, reply) => {
      const { text, hash } = script();
      if (request.params.hash !== hash)
        throw new HttpProblem("not-found", "This version of the widget is not here any more.", {
          hint: `The present one is /widget.${hash}.js; /widget.js is always the present one.`,
        });
      return reply
        .type("text/javascript; charset=utf-8")
        .header("cache-control", "public, max-age=31536000, immutable")
        .send(text);
    },
  );

  for (const [url, methods] of [
    ["/widget/messages", "GET"],
    ["/widget/reports", "POST"],
  ] as const) {
    app.options(url, { ...WIDGET, schema: { hide: true } }, (_request, reply) =>
      answerPreflight({ ...PAGES, methods }, reply),
    );
  }

  app.get(
    "/widget/messages",
    {
      ...WIDGET,
      schema: {
        operationId: "listInAppMessages",
        summary: "The messages that wait for a user of the customer's app",
        description:
          "`Authorization: Bearer KEY.TOKEN.USER`: the widget key's id, the HMAC-SHA256 of the user's id with its secret in hex, and the id percent-encoded. Ask again with `If-None-Match`: 304 when nothing has changed.",
        tags: ["widget"],
        response: {
          ...answers(200, z.object({ messages: z.array(messageSchema) })),
          304: z.null().meta({ description: "As it was." }),
        },
      },
    },
    async (request, reply) => {
      const auth = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
      const user = await users.known(auth, request);
      const waiting = await messages.waitingFor(user);
      const etag = `"${createHash("sha256").update(JSON.stringify(waiting)).digest("hex").slice(0, 22)}"`;
      reply.header("etag", etag).header("cache-control", "no-store");
      if (request.headers["if-none-match"] === etag) return reply.status(304).send(null);
      return { messages: [...waiting] };
    },
  );

  app.post(
    "/widget/reports",
    {
      ...WIDGET,
      bodyLimit: REPORT_BYTES,
      schema: {
        operationId: "reportInAppMessages",
        summary: "What a user did with messages; told again, it counts once",
        tags: ["widget"],
        body: reportsSchema,
        response: answers(200, z.object({ recorded: z.int() })),
      },
    },
    async (request, reply) => {
      const { auth, reports } = request.body;
      const user = await users.known(auth, request);
      const recorded = await messages.report(
        user,
        reports.map(({ message, action, item }) => ({
          message,
          action,
          ...(item === undefined ? {} : { item }),
        })),
      );
      if (recorded > 0) deps.wake("decide");
      return reply.send({ recorded });
    },
  );
};

function builtScript(): WidgetScript {
  const found = readWidgetScript();
  if (found) return found;
  throw new HttpProblem("not-found", "The widget was not built.", {
    hint: "`npm run build` builds it.",
  });
}
