import { hashOf } from "../../engine/access/secrets.ts";
import { escapeHtml, sendPage } from "../pages.ts";
import type { Routes } from "../route.ts";
import { sessionSecret } from "../session-cookie.ts";

/** What a person sees at the server's own address: the app, or that there is none in this build. */
export const home: Routes = (app, { store, clock }) => {
  app.get("/", { config: { access: "public" }, schema: { hide: true } }, async (request, reply) => {
    const secret = sessionSecret(request);
    const session =
      secret === undefined ? null : await store.access.session(hashOf(secret), clock());
    if (!session) return reply.redirect("/signin", 303);
    if (app.web) return app.web.sendScreen(reply);
    const name = session.name ?? session.member ?? "the administrator";
    return sendPage(
      reply,
      200,
      "Touchstone",
      `<p>You are signed in as ${escapeHtml(name)}.</p><p><a href="/docs">The API and its documentation</a></p><form method="post" action="/signout"><button>Sign out</button></form>`,
    );
  });
};
