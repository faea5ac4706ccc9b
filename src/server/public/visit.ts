import type { FastifyReply, FastifyRequest } from "fastify";
import type { EngineContext } from "../../engine/context.ts";
import type { LinkKind } from "../../engine/links/sign-link.ts";
import { senderName } from "../../engine/outbox/delivery-options.ts";
import { followLink } from "../../engine/results/find-attempt.ts";
import { hasLeft } from "../../engine/results/record-result.ts";
import type { Outgoing } from "../../engine/ports.ts";
import type { ServerDeps } from "../route.ts";
import { contextOf } from "../route.ts";
import { html, sendPublicPage } from "./page.ts";
import { type Words, wordsFor } from "./words.ts";

/** Somebody has followed a link of ours. */
export interface Visit {
  readonly context: EngineContext;
  readonly attempt: Outgoing;
  readonly detail: string;
  readonly words: Words;
  readonly sender: string;
}

/** Who follows a link, and where to; null: we made no such link, and the answer says so already. */
export async function visitOf(
  deps: ServerDeps,
  kind: LinkKind,
  request: FastifyRequest<{ Params: { token: string } }>,
  reply: FastifyReply,
): Promise<Visit | null> {
  const context = contextOf(deps, null);
  const found = await followLink(context, deps.settings, kind, request.params.token);
  const asked = request.headers["accept-language"];
  // what was only made for a look (dry run) changes nobody's mind
  if (!found || (request.method === "POST" && !hasLeft(found.attempt))) {
    sendNotFound(deps, reply, wordsFor(asked));
    return null;
  }
  const { attempt, detail } = found;
  const { account, contact } = attempt;
  const [person] = contact === null ? [] : await context.store.persons.find({ account, contact });
  const words = wordsFor(person?.contact.locale, attempt.message.locale, asked);
  return { context, attempt, detail, words, sender: senderOf(deps) };
}

export function sendNotFound(deps: ServerDeps, reply: FastifyReply, words: Words): void {
  const body = html`<p>${words.notFoundText}</p>`;
  const sender = senderOf(deps);
  sendPublicPage(reply, { status: 404, words, sender, title: words.notFound, body });
}

/** As mail is signed; without a name the mail's domain. */
export function senderOf({ settings }: ServerDeps): string {
  const { mailFrom, publicUrl } = settings;
  const domain = /@([^\s>]+)/.exec(mailFrom ?? "")?.[1];
  const host = publicUrl === null ? "Touchstone" : new URL(publicUrl).hostname;
  return senderName(settings) ?? domain ?? host;
}
