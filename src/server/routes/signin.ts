import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { hashOf } from "../../engine/access/secrets.ts";
import { openSession } from "../../engine/access/sign-in.ts";
import { HttpProblem } from "../http-problem.ts";
import { escapeHtml, sendPage } from "../pages.ts";
import { answers } from "../problem.ts";
import { RateLimit } from "../rate-limit.ts";
import { contextOf, type Routes, type ServerDeps } from "../route.ts";
import { isFromElsewhere } from "../same-site.ts";
import { giveSession, sessionSecret, takeSession } from "../session-cookie.ts";
import { mailSignIn } from "../sign-in-mail.ts";

/** Links are too long to be guessed; this keeps the guessing from costing anything. */
const TRIES = { most: 30, windowMs: 60_000 };
const MAILS = { most: 5, windowMs: 15 * 60_000 };
const PUBLIC = { config: { access: "public" } } as const;

/**
 * Signing in by a one-time link. Mail scanners open links, so that opening one only shows a
 * page with a button: the button uses the link up.
 */
export const signin: Routes = (app, deps) => {
  const tries = new RateLimit(TRIES.most, TRIES.windowMs, deps.clock);
  const mails = new RateLimit(MAILS.most, MAILS.windowMs, deps.clock);
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: 4096 },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );

  const query = z.object({ token: z.string().max(200).optional() });
  app.get(
    "/signin",
    { ...PUBLIC, schema: { hide: true, querystring: query } },
    async (request, reply) => {
      const { token } = request.query;
      if (token === undefined || token === "") return askForAddress(reply);
      const isOpen = await deps.store.access.isSignInOpen(hashOf(token), deps.clock());
      return isOpen ? confirm(reply, token) : used(reply);
    },
  );

  const form = z.object({ token: z.string().min(1).max(200) });
  app.post("/signin", { ...PUBLIC, schema: { hide: true, body: form } }, async (request, reply) => {
    refuseElsewhere(request, deps);
    refuseTooMany(tries, request.ip);
    const opened = await openSession(contextOf(deps, null), request.body.token);
    if (!opened) {
      tries.count(request.ip);
      return used(reply);
    }
    giveSession(request, reply, opened.secret, opened.expiresAt);
    return reply.redirect("/", 303);
  });

  app.post("/signout", { ...PUBLIC, schema: { hide: true } }, async (request, reply) => {
    refuseElsewhere(request, deps);
    const secret = sessionSecret(request);
    if (secret !== undefined) await deps.store.access.closeSession(hashOf(secret));
    takeSession(request, reply);
    return reply.redirect("/signin", 303);
  });

  const address = z.object({ email: z.email().max(320) });
  const told = "If that is the address of a team member, a sign-in link is on its way there.";
  app.post(
    "/signin/mail",
    { ...PUBLIC, schema: { hide: true, body: address } },
    async (request, reply) => {
      refuseElsewhere(request, deps);
      mail(request, request.body.email);
      return sendPage(reply, 200, "Look into your mail", `<p>${told}</p>`);
    },
  );
  app.post(
    "/api/signin",
    {
      ...PUBLIC,
      schema: {
        operationId: "mailSignInLink",
        summary: "Mail a sign-in link to a team member",
        description: "The answer is the same whether or not anybody has the address.",
        tags: ["access"],
        security: [],
        body: address,
        response: answers(202, z.object({ detail: z.string() })),
      },
    },
    async (request, reply) => {
      mail(request, request.body.email);
      return reply.status(202).send({ detail: told });
    },
  );

  function mail(request: FastifyRequest, email: string): void {
    refuseTooMany(tries, request.ip);
    tries.count(request.ip);
    const who = hashOf(email.toLowerCase());
    if (mails.wait(who) > 0) return;
    mails.count(who);
    // not waited for: how long it takes would tell whether somebody has the address
    mailSignIn(app, deps, email).catch((error: unknown) =>
      request.log.error({ err: error }, "a sign-in link could not be mailed"),
    );
  }
};

function refuseTooMany(limit: RateLimit, who: string): void {
  const retryAfter = limit.wait(who);
  if (retryAfter > 0) throw new HttpProblem("too-many", "Too many tries.", { retryAfter });
}

/** Nobody is signed in or out by a page of another site. */
function refuseElsewhere(request: FastifyRequest, { settings }: ServerDeps): void {
  if (isFromElsewhere(request, settings.publicUrl))
    throw new HttpProblem("other-site", "A page of another site may not act for you.");
}

function confirm(reply: FastifyReply, token: string): FastifyReply {
  return sendPage(
    reply,
    200,
    "Sign in to Touchstone",
    `<form method="post" action="/signin"><input type="hidden" name="token" value="${escapeHtml(token)}"><p>This link works once.</p><button>Sign in</button></form>`,
  );
}

function used(reply: FastifyReply): FastifyReply {
  return sendPage(
    reply,
    410,
    "This link cannot be used",
    `<p>It was used already, or has expired. <a href="/signin">Ask for a new one</a>, or let <code>touchstone signin EMAIL</code> print one.</p>`,
  );
}

function askForAddress(reply: FastifyReply): FastifyReply {
  return sendPage(
    reply,
    200,
    "Sign in to Touchstone",
    `<form method="post" action="/signin/mail"><label for="email">Your address in the team</label><input id="email" name="email" type="email" required autocomplete="email"><button>Mail me a link</button></form><p>No mail set up? Whoever runs the server can print a link: <code>touchstone signin EMAIL</code>.</p>`,
  );
}
