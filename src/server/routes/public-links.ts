import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { followLink } from "../../engine/results/find-attempt.ts";
import { hasLeft } from "../../engine/results/record-result.ts";
import { HITS_JOB } from "../../engine/results/hits-job.ts";
import { whyNobody } from "../../engine/results/scanner-signs.ts";
import type { HitKind, Outgoing } from "../../engine/ports.ts";
import { sendNotFound } from "../public/visit.ts";
import { wordsFor } from "../public/words.ts";
import { contextOf, type Routes, type ServerDeps } from "../route.ts";

const token = z.object({ token: z.string().max(300) });

/** A transparent picture of one dot. */
const PICTURE = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const PICTURE_LINK = -1;

/** Links of messages that lead on, and the picture that tells of an open message. */
export const publicLinks: Routes = (app, deps) => {
  const schema = { hide: true, params: token } as const;
  app.get("/c/:token", { config: { access: "public" }, schema }, async (request, reply) => {
    const found = await followLink(
      contextOf(deps, null),
      deps.settings,
      "click",
      request.params.token,
    );
    const index = Number(found?.detail);
    const target = found ? targetOf(found.attempt, index) : null;
    if (!found || target === null) {
      sendNotFound(deps, reply, wordsFor(request.headers["accept-language"]));
      return reply;
    }
    await hit(deps, request, found.attempt, "click", index);
    return reply
      .headers({ "cache-control": "no-store", "referrer-policy": "no-referrer" })
      .redirect(target, 302);
  });
  app.get("/o/:token", { config: { access: "public" }, schema }, async (request, reply) => {
    const name = request.params.token.replace(/\.gif$/, "");
    const found = await followLink(contextOf(deps, null), deps.settings, "open", name);
    if (found) await hit(deps, request, found.attempt, "open", PICTURE_LINK);
    // mail programs show a broken picture for anything else, whoever made the link
    return reply
      .headers({
        "cache-control": "no-store, private",
        "cross-origin-resource-policy": "cross-origin",
      })
      .type("image/gif")
      .serializer((picture: Buffer) => picture as unknown as string)
      .send(PICTURE);
  });
};

/** Where the link with this number led in that very message; null: nowhere. */
function targetOf({ message }: Outgoing, index: number): string | null {
  const target = message.links[index] ?? "";
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return null;
  return new URL(target).href;
}

/** Keeps that it was asked for. Whoever clicked goes where they wanted to even where it cannot be kept. */
async function hit(
  deps: ServerDeps,
  request: FastifyRequest,
  attempt: Outgoing,
  kind: HitKind,
  link: number,
): Promise<void> {
  if (!hasLeft(attempt)) return;
  const { headers, method } = request;
  const purposes = ["purpose", "sec-purpose", "x-purpose", "x-moz"].map((name) => headers[name]);
  const weak = whyNobody(kind, {
    method,
    userAgent: headers["user-agent"] ?? null,
    purpose: purposes.filter((one) => one !== undefined).join(" ") || null,
  });
  const { account, id } = attempt;
  try {
    await deps.store.hits.add({ account, outgoing: id, kind, link, at: deps.clock(), weak });
    deps.wake(HITS_JOB);
  } catch (error) {
    request.log.error({ err: error, attempt: id, kind }, "a hit could not be kept");
  }
}
