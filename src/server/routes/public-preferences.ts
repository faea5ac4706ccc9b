import { z } from "zod";
import {
  FREQUENCIES,
  PREFERRED_CHANNELS,
  type Preferences,
  preferencesOf,
  type PreferenceView,
  REFUSABLE_CHANNELS,
  savePreferences,
} from "../../engine/results/preferences.ts";
import { formOf, readForms } from "../public/form.ts";
import { maskAddress } from "../public/mask-address.ts";
import { type Html, html, sendPublicPage } from "../public/page.ts";
import { sendNotFound, visitOf } from "../public/visit.ts";
import type { Words } from "../public/words.ts";
import type { Routes } from "../route.ts";

const schema = { hide: true, params: z.object({ token: z.string().max(300) }) } as const;

/** The page on which a contact says how often, and by which channels, it wants to hear from us. */
export const publicPreferences: Routes = (app, deps) => {
  readForms(app);
  for (const method of ["GET", "POST"] as const) {
    app.route({
      method,
      url: "/p/:token",
      config: { access: "public" },
      schema,
      handler: async (request, reply) => {
        const visit = await visitOf(deps, "preferences", request, reply);
        if (!visit) return reply;
        const { context, attempt, words, sender } = visit;
        if (method === "POST") {
          await savePreferences(context, attempt, readPreferences(formOf(request.body)));
          deps.wake("decide");
        }
        const view = await preferencesOf(context, attempt);
        if (!view) {
          sendNotFound(deps, reply, words);
          return reply;
        }
        const saved = method === "POST" && html`<p class="note" role="status">${words.saved}</p>`;
        return sendPublicPage(reply, {
          words,
          sender,
          title: words.preferences,
          body: html`${saved}
            <p class="soft">${words.preferencesText(sender)}</p>
            ${formPart(words, view)}${heldPart(words, view)}`,
        });
      },
    });
  }
};

function readPreferences(form: URLSearchParams): Preferences {
  const wanted = form.getAll("wants");
  return {
    frequency: FREQUENCIES.find((one) => one === form.get("frequency")) ?? null,
    channel: PREFERRED_CHANNELS.find((one) => one === form.get("channel")) ?? null,
    wants: {
      email: wanted.includes("email"),
      in_app: wanted.includes("in_app"),
      webinar: wanted.includes("webinar"),
    },
  };
}

function formPart(words: Words, view: PreferenceView): Html {
  const checked = (is: boolean) => is && html` checked`;
  const radio = (name: string, value: string, text: string, is: boolean) =>
    html`<label
      ><input type="radio" name="${name}" value="${value}" ${checked(is)} />${text}</label
    >`;
  const wants = REFUSABLE_CHANNELS.map(
    (one) =>
      html`<label
        ><input
          type="checkbox"
          name="wants"
          value="${one}"
          ${checked(view.wants[one])}
        />${words.channels[one]}</label
      >`,
  );
  const often = FREQUENCIES.map((one) =>
    radio("frequency", one, words.frequencies[one], view.frequency === one),
  );
  const best = PREFERRED_CHANNELS.map((one) =>
    radio("channel", one, words.bestChannels[one], view.channel === one),
  );
  const bounced = view.isBounced && html`<p class="note bad">${words.bounced}</p>`;
  return html`<form method="post">
    <fieldset>
      <legend>${words.wants}</legend>
      <div class="choices">${wants}</div>
      ${bounced}
    </fieldset>
    <fieldset>
      <legend>${words.often}</legend>
      <p class="hint">${words.oftenHint}</p>
      <div class="choices">
        ${radio("frequency", "", words.noPreference, view.frequency === null)}${often}
      </div>
    </fieldset>
    <fieldset>
      <legend>${words.best}</legend>
      <div class="choices">
        ${radio("channel", "", words.noPreference, view.channel === null)}${best}
      </div>
    </fieldset>
    <button>${words.save}</button>
  </form>`;
}

/** Little enough that a forwarded message gives nobody away. */
function heldPart(words: Words, view: PreferenceView): Html {
  const { name, email, role, locale, timezone } = view;
  const fields = {
    name,
    email: email === null ? null : maskAddress(email),
    role,
    locale,
    timezone,
  };
  const rows = (Object.keys(fields) as (keyof typeof fields)[]).flatMap((field) =>
    fields[field] === null
      ? []
      : [
          html`<dt>${words.heldFields[field]}</dt>
            <dd>${fields[field]}</dd>`,
        ],
  );
  return html`<h2>${words.held}</h2>
    <dl>${rows}</dl>
    <p class="soft">${words.heldMore}</p>`;
}
