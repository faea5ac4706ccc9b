import { z } from "zod";
import { formatDay } from "../../core/time/day.ts";
import { tellMisfit } from "../../engine/misfits.ts";
import { dataQuality as readQuality } from "../../engine/data-quality/data-quality.ts";
import { nextCursor, pageOf, pageQuery, readCursor } from "../api/cursor.ts";
import { dayOut, dayText } from "../api/fields.ts";
import { READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const shown = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const qualityShape = z
  .object({
    today: dayOut,
    stale_after: z.int(),
    accounts: z.int().meta({ description: "Accounts that have not ended." }),
    without_owner: z.int(),
    without_contacts: z.int(),
    contacts: z.int(),
    without_email: z.int(),
    renewal: z.string().nullable().meta({ description: "The fact that says when one renews." }),
    facts: z.array(
      z.object({
        fact: z.string(),
        type: z.string(),
        source: z.string(),
        known: z.int(),
        missing: z.int(),
        accounts: z.int(),
        newest: z.string().nullable(),
        commonest: z.array(z.object({ value: shown, accounts: z.int() })),
        lowest: shown,
        median: shown,
        highest: shown,
        hint: z.string().nullable(),
        misfit: z.string().nullable().meta({ description: "Values that are not of its type." }),
        uses: z.array(z.object({ block: z.string(), name: z.string() })),
      }),
    ),
    sources: z.array(
      z.object({
        kind: z.enum(["event", "trait", "import", "key"]),
        name: z.string(),
        accounts: z.int().nullable(),
        newest: dayOut.nullable(),
        days: z.int().nullable().meta({ description: "Since then; null: never." }),
        stale: z.boolean(),
      }),
    ),
  })
  .meta({ id: "DataQuality" });
const rowShape = z
  .object({
    account: z.string(),
    account_name: z.string().nullable(),
    owner: z.string().nullable(),
    contact: z.string().nullable(),
    contact_name: z.string().nullable(),
  })
  .meta({ id: "DataGapRow" });

const GAPS = ["owner", "contacts", "email"] as const;
const PLACE = z.object({ account: z.string(), contact: z.string().nullable() });
const tags = ["book"];

/** What decisions rest on: which facts are missing for how many, and what has stopped coming in. */
export const dataQuality: Routes = (app, deps) => {
  app.get(
    "/api/data-quality",
    {
      config: { access: READ },
      schema: {
        operationId: "dataQuality",
        summary: "How complete and how fresh the data is.",
        tags,
        querystring: z.object({
          stale_after: z.coerce.number().int().min(1).max(3650).default(7).meta({
            description: "Days after which an event or import counts as stopped.",
          }),
        }),
        response: { 200: qualityShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const found = await readQuality(contextOf(deps, request.caller), request.query.stale_after);
      const { withoutOwner, withoutContacts, withoutEmail, accounts, contacts } = found.gaps;
      return {
        today: formatDay(found.today),
        stale_after: found.staleAfter,
        accounts,
        without_owner: withoutOwner,
        without_contacts: withoutContacts,
        contacts,
        without_email: withoutEmail,
        renewal: found.renewal,
        facts: found.facts.map(({ misfit, commonest, uses, ...line }) => ({
          ...line,
          misfit: misfit && tellMisfit(misfit),
          commonest: commonest.map((one) => ({ ...one })),
          uses: uses.map((one) => ({ ...one })),
        })),
        sources: found.sources.map(({ newest, ...one }) => ({ ...one, newest: dayText(newest) })),
      };
    },
  );

  app.get(
    "/api/data-quality/:gap",
    {
      config: { access: READ },
      schema: {
        operationId: "dataGapRows",
        summary: "The accounts without an owner or people, or the people without an address.",
        tags,
        params: z.object({ gap: z.enum(GAPS) }),
        querystring: z.object(pageQuery),
        response: { 200: pageOf(rowShape), "4xx": problemSchema },
      },
    },
    async (request) => {
      const { gap } = request.params;
      const { limit, cursor } = request.query;
      const list = `data gap ${gap}`;
      const after = readCursor(list, PLACE, cursor) ?? undefined;
      const found = await deps.store.quality.rows(gap, limit + 1, after);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      return {
        items: items.map(({ account, accountName, owner, contact, contactName }) => ({
          account,
          account_name: accountName,
          owner,
          contact,
          contact_name: contactName,
        })),
        next_cursor: nextCursor(list, last && { account: last.account, contact: last.contact }),
      };
    },
  );
};
