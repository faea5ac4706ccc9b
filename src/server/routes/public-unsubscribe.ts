import { z } from "zod";
import { makeLinks } from "../../engine/links/message-links.ts";
import { unsubscribe } from "../../engine/results/preferences.ts";
import { formOf, readForms } from "../public/form.ts";
import { maskAddress } from "../public/mask-address.ts";
import { html, sendPublicPage } from "../public/page.ts";
import { type Visit, visitOf } from "../public/visit.ts";
import type { Routes, ServerDeps } from "../route.ts";

const schema = { hide: true, params: z.object({ token: z.string().max(300) }) } as const;

/**
 * Unsubscribing as RFC 8058 has it: mail programs POST without cookies, and are answered at once.
 * A GET only asks: scanners follow every link of a mail.
 */
export const publicUnsubscribe: Routes = (app, deps) => {
  readForms(app);
  app.get("/u/:token", { config: { access: "public" }, schema }, async (request, reply) => {
    const visit = await visitOf(deps, "unsubscribe", request, reply);
    if (!visit) return reply;
    const { words, sender, attempt } = visit;
    return sendPublicPage(reply, {
      words,
      sender,
      title: words.unsubscribe,
      body: html`<p>${words.unsubscribeText(addressOf(visit))}</p>
        <form method="post">
          <input type="hidden" name="List-Unsubscribe" value="One-Click" /><input
            type="hidden"
            name="page"
            value="1"
          /><button>${words.unsubscribeButton}</button>
        </form>
        ${otherChoices(deps, visit, attempt.id)}`,
    });
  });
  app.post("/u/:token", { config: { access: "public" }, schema }, async (request, reply) => {
    const visit = await visitOf(deps, "unsubscribe", request, reply);
    if (!visit) return reply;
    await unsubscribe(visit.context, visit.attempt);
    deps.wake("decide");
    const { words, sender, attempt } = visit;
    if (!formOf(request.body).has("page")) {
      return reply.type("text/plain; charset=utf-8").serializer(String).send(words.unsubscribed);
    }
    return sendPublicPage(reply, {
      words,
      sender,
      title: words.unsubscribed,
      body: html`<p role="status">
          ${words.unsubscribedText(addressOf(visit))} ${words.unsubscribedElsewhere}
        </p>
        ${otherChoices(deps, visit, attempt.id)}`,
    });
  });
};

function addressOf({ attempt: { channel, receiver }, words }: Visit): string {
  return channel === "email" && receiver !== null ? maskAddress(receiver) : words.yourAddress;
}

function otherChoices(deps: ServerDeps, { words }: Visit, attempt: string) {
  const links = makeLinks({ publicUrl: "", secret: deps.settings.secret }, attempt);
  return links && html`<p><a href="${links.preferences()}">${words.otherChoices}</a></p>`;
}
