import { z } from "zod";
import {
  noSuchContact,
  OPT_OUT_CHANNELS,
  putContact,
  setOptOuts,
} from "../../engine/contact-by-hand.ts";
import { momentFor, presentModel } from "../../engine/edit-account.ts";
import type { EngineContext } from "../../engine/context.ts";
import type { ContactKey, KnownContact, ListedContact } from "../../engine/ports.ts";
import { nextCursor, pageOf, pageQuery, readCursor } from "../api/cursor.ts";
import {
  dayOut,
  dayText,
  flagIn,
  given,
  ID,
  reasonIn,
  traitsIn,
  traitsOut,
} from "../api/fields.ts";
import { exactAccount, OWN, READ } from "../api/who-may.ts";
import { mustOwn } from "../own-accounts.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const listedShape = z
  .object({
    account: z.string(),
    id: z.string(),
    user: z.string().nullable().meta({ description: "The product's user id." }),
    email: z.string().nullable(),
    name: z.string().nullable(),
    role: z.string().nullable(),
    timezone: z.string().nullable(),
    locale: z.string().nullable(),
    created_at: dayOut.nullable(),
    known_since: dayOut,
    opt_outs: z.array(z.string()),
    account_name: z.string().nullable(),
  })
  .meta({ id: "ListedContact" });
const contactShape = listedShape.extend({ traits: traitsOut }).meta({ id: "Contact" });

const params = z.object({ account: ID, contact: ID });
const tags = ["contacts"];
const text = z.string().max(1000).nullable().optional();
const PLACE = z.object({ account: z.string(), id: z.string() });

export const contacts: Routes = (app, deps) => {
  app.get(
    "/api/contacts",
    {
      config: { access: READ },
      schema: {
        operationId: "listContacts",
        summary: "Contacts of an account, or of the whole book.",
        tags,
        querystring: z.object({
          ...pageQuery,
          account: ID.optional(),
          email: z.string().max(500).optional(),
          user: z.string().max(500).optional(),
          q: z.string().min(1).max(200).optional().meta({
            description: "Part of a name or an address, or beginning of an id.",
          }),
          opted_out: flagIn.optional(),
        }),
        response: { 200: pageOf(listedShape), "4xx": problemSchema },
      },
    },
    async (request) => {
      const { limit, cursor, account, email, user, q, opted_out } = request.query;
      const after: ContactKey | null = readCursor("contacts", PLACE, cursor);
      const filter = given({ account, email, user, text: q, optedOut: opted_out });
      const found = await deps.store.reading.contacts(filter, after, limit + 1);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      const place = last && { account: last.account, id: last.id };
      return { items: items.map(listed), next_cursor: nextCursor("contacts", place) };
    },
  );

  app.get(
    "/api/contacts/:account/:contact",
    {
      config: { access: READ },
      schema: {
        operationId: "getContact",
        summary: "One contact of an account, with its traits.",
        tags,
        params,
        response: { 200: contactShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { account, contact } = request.params;
      return known(await find(contextOf(deps, request.caller), { account, id: contact }));
    },
  );

  app.put(
    "/api/contacts/:account/:contact",
    {
      config: { access: OWN },
      schema: {
        operationId: "putContact",
        summary: "Adds a contact to an account or changes one; what is left out stays.",
        tags,
        params,
        body: z.strictObject({
          user: text,
          email: z
            .email("expected a mail address like ann@example.com")
            .max(320)
            .nullable()
            .optional(),
          name: text,
          role: text,
          timezone: text,
          locale: text,
          traits: traitsIn.optional(),
          reason: reasonIn.optional(),
        }),
        response: { 200: contactShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { account, contact } = request.params;
      const { id } = await exactAccount(context, account);
      await mustOwn(deps, request.caller, id);
      const { reason = null, ...edit } = request.body;
      await putContact(context, { account: id, id: contact, ...given(edit), reason });
      deps.wake("decide");
      return known(await find(context, { account: id, id: contact }));
    },
  );

  app.put(
    "/api/contacts/:account/:contact/opt-outs",
    {
      config: { access: OWN },
      schema: {
        operationId: "setOptOuts",
        summary: "By which channels a contact does not want to hear from us; none: by any.",
        tags,
        params,
        body: z.strictObject({
          channels: z
            .array(z.string().max(50))
            .max(20)
            .meta({
              description: `${OPT_OUT_CHANNELS.join(", ")}, or \`all\`.`,
            }),
          reason: reasonIn,
        }),
        response: { 200: contactShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { account, contact } = request.params;
      const { id } = await exactAccount(context, account);
      await mustOwn(deps, request.caller, id);
      const key = { account: id, id: contact };
      await setOptOuts(context, key, request.body.channels, request.body.reason);
      deps.wake("decide");
      return known(await find(context, key));
    },
  );
};

async function find(context: EngineContext, key: ContactKey): Promise<KnownContact> {
  const { today } = momentFor(context, await presentModel(context));
  const found = await context.store.reading.contact(key, today);
  if (found) return found;
  await exactAccount(context, key.account);
  throw noSuchContact(key);
}

function listed(contact: ListedContact): z.infer<typeof listedShape> {
  const { account, id, user, email, name, role, timezone, locale, optOuts, accountName } = contact;
  return {
    account,
    id,
    user,
    email,
    name,
    role,
    timezone,
    locale,
    created_at: dayText(contact.createdAt),
    known_since: dayText(contact.from) ?? "",
    opt_outs: [...optOuts],
    account_name: accountName,
  };
}

function known(contact: KnownContact): z.infer<typeof contactShape> {
  const traits = Object.fromEntries(contact.traits.map(({ trait, value }) => [trait, value]));
  return { ...listed(contact), traits };
}
