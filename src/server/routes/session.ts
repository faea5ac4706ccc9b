import { z } from "zod";
import { openSession } from "../../engine/access/sign-in.ts";
import { hashOf } from "../../engine/access/secrets.ts";
import { HttpProblem } from "../http-problem.ts";
import { answers } from "../problem.ts";
import { RateLimit } from "../rate-limit.ts";
import { contextOf, type Routes, SCOPES } from "../route.ts";
import { giveSession, sessionSecret, takeSession } from "../session-cookie.ts";

const meSchema = z
  .object({
    actor: z.string().meta({ description: "As the audit log names whoever asks." }),
    member: z
      .string()
      .nullable()
      .meta({ description: "Team member; null for keys and the administrator." }),
    access: z.enum(["csm", "leader", "ops", "admin"]),
    scopes: z.array(z.enum(SCOPES)),
  })
  .meta({ id: "Me" });

/** Links are too long to be guessed; this keeps the guessing from costing anything. */
const TRIES = { most: 30, windowMs: 60_000 };

/** Signing in with a link's token, signing out, and who is asking. */
export const session: Routes = (app, deps) => {
  const tries = new RateLimit(TRIES.most, TRIES.windowMs, deps.clock);
  app.get(
    "/api/me",
    {
      config: { access: { person: "csm", scope: "read" } },
      schema: {
        operationId: "getMe",
        summary: "Who is asking, and what they may do",
        tags: ["access"],
        response: answers(200, meSchema),
      },
    },
    (request) => {
      const { caller } = request;
      if (!caller) throw new Error("the door let nobody in");
      return { ...caller, scopes: [...caller.scopes] };
    },
  );
  app.post(
    "/api/session",
    {
      config: { access: "public" },
      schema: {
        operationId: "openSession",
        summary: "Sign in with the token of a one-time link",
        description: "Uses the link up and sets the session's cookie.",
        tags: ["access"],
        body: z.object({ token: z.string().min(1).max(200) }),
        response: answers(
          200,
          z.object({ member: z.string().nullable(), expires_at: z.iso.datetime() }),
        ),
      },
    },
    async (request, reply) => {
      const retryAfter = tries.wait(request.ip);
      if (retryAfter > 0) throw new HttpProblem("too-many", "Too many tries.", { retryAfter });
      const opened = await openSession(contextOf(deps, null), request.body.token);
      if (!opened) {
        tries.count(request.ip);
        throw new HttpProblem("link-used", "This link is used up, has expired, or never was.", {
          hint: "Ask for a new one: `touchstone signin EMAIL`.",
        });
      }
      giveSession(request, reply, opened.secret, opened.expiresAt);
      return {
        member: opened.person.member,
        expires_at: new Date(opened.expiresAt).toISOString(),
      };
    },
  );
  app.delete(
    "/api/session",
    {
      config: { access: { person: "csm", scope: "read" } },
      schema: {
        operationId: "closeSession",
        summary: "Sign out",
        tags: ["access"],
        response: answers(204, z.null()),
      },
    },
    async (request, reply) => {
      const secret = sessionSecret(request);
      if (secret !== undefined) await deps.store.access.closeSession(hashOf(secret));
      takeSession(request, reply);
      return reply.status(204).send(null);
    },
  );
};
