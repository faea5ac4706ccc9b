import { z } from "zod";
import { formatDay } from "../../core/time/day.ts";
import { type Flows, flows } from "../../engine/book-history/flows.ts";
import { movedAccounts } from "../../engine/book-history/moved-accounts.ts";
import { STEPS } from "../../engine/book-history/periods.ts";
import { renewals } from "../../engine/book-history/renewals.ts";
import { nextCursor, pageOf, pageQuery, readCursor } from "../api/cursor.ts";
import { dayIn, dayOf, dayOut, given, ID } from "../api/fields.ts";
import { READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const tags = ["book"];
const KINDS = { level: "level", stage: "stage", health: "band" } as const;
const of = z.enum(["level", "stage", "health"]).meta({ description: "What of accounts is told." });
const place = z.string().max(200).nullable();
const cell = z.object({
  from: place.meta({ description: "null: not in the book; empty: of no level, stage or band." }),
  to: place,
  accounts: z.int(),
});

const flowsShape = z
  .object({
    of,
    from: dayOut,
    to: dayOut,
    today: dayOut,
    by: z.enum(STEPS),
    since: dayOut.nullable().meta({ description: "The first day anything is known of." }),
    names: z.array(z.string()),
    points: z.array(z.object({ day: dayOut, standing: z.record(z.string(), z.int()) })),
    moves: z.array(cell.extend({ day: dayOut.meta({ description: "The end of its period." }) })),
    net: z.array(cell).meta({ description: "From the first day to the last, stayers too." }),
  })
  .meta({ id: "BookFlows", description: "Where accounts stood on past days, and how they moved." });

const movedShape = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    owner: z.string().nullable(),
    revenue: z.number().nullable(),
    why: z.string(),
  })
  .meta({ id: "MovedAccount" });

const renewalsShape = z
  .object({
    today: dayOut,
    fact: z.string().nullable().meta({ description: "null: the model names no renewal fact." }),
    from: dayOut,
    to: dayOut,
    bands: z.array(z.string()),
    months: z.array(
      z.object({
        from: dayOut,
        to: dayOut,
        bands: z.array(
          z.object({
            band: z.string(),
            accounts: z.int(),
            revenue: z.number(),
            where: z.string().meta({ description: "The rule that finds these accounts." }),
          }),
        ),
      }),
    ),
    unknown: z.int().meta({ description: "Open accounts of which no renewal is known." }),
    past: z.int().meta({ description: "Open accounts whose renewal is past." }),
  })
  .meta({ id: "Renewals" });

/** `null` is no text: a place outside the book is said by a word that is no name. */
const outside = z
  .string()
  .max(200)
  .meta({ description: "A name; `-` for not in the book; empty: of no level, stage or band." });
const placeOf = (text: string): string | null => (text === "-" ? null : text);

/** How the book came to be what it is, and what comes up in it. */
export const overviewHistory: Routes = (app, deps) => {
  app.get(
    "/api/overview/flows",
    {
      config: { access: READ },
      schema: {
        operationId: "bookFlows",
        summary: "How accounts were spread over levels, stages or health, and how they moved.",
        tags,
        querystring: z.object({
          of,
          from: dayIn,
          to: dayIn.optional(),
          by: z.enum(STEPS).optional(),
        }),
        response: { 200: flowsShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { of: kind, from, to, by } = request.query;
      const options = {
        of: KINDS[kind],
        from: dayOf(from),
        ...given({ to: to === undefined ? undefined : dayOf(to), by }),
      };
      return { ...flowsJson(await flows(contextOf(deps, request.caller), options)), of: kind };
    },
  );

  app.get(
    "/api/overview/flows/accounts",
    {
      config: { access: READ },
      schema: {
        operationId: "listMovedAccounts",
        summary: "The accounts behind a figure of the flows, each with why it moved.",
        tags,
        querystring: z.object({
          ...pageQuery,
          of,
          from: dayIn,
          to: dayIn,
          was: outside.optional().meta({ description: "As `is`; left out: wherever it was." }),
          is: outside.optional(),
        }),
        response: { 200: pageOf(movedShape), "4xx": problemSchema },
      },
    },
    async (request) => {
      const { of: kind, from, to, was, is, limit, cursor } = request.query;
      const move = {
        of: KINDS[kind],
        fromDay: dayOf(from),
        toDay: dayOf(to),
        from: was === undefined ? undefined : placeOf(was),
        to: is === undefined ? undefined : placeOf(is),
      };
      const after = readCursor("moved-accounts", ID, cursor);
      const found = await movedAccounts(contextOf(deps, request.caller), move, after, limit + 1);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1)?.id : undefined;
      return { items, next_cursor: nextCursor("moved-accounts", last) };
    },
  );

  app.get(
    "/api/overview/renewals",
    {
      config: { access: READ },
      schema: {
        operationId: "renewals",
        summary: "What comes up for renewal, by month and health.",
        tags,
        querystring: z.object({ quarters: z.coerce.number().int().min(1).max(8).default(2) }),
        response: { 200: renewalsShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const found = await renewals(contextOf(deps, request.caller), request.query.quarters);
      return {
        ...found,
        today: formatDay(found.today),
        from: formatDay(found.from),
        to: formatDay(found.to),
        bands: [...found.bands],
        months: found.months.map(({ from, to, bands }) => ({
          from: formatDay(from),
          to: formatDay(to),
          bands: [...bands],
        })),
      };
    },
  );
};

function flowsJson(found: Flows) {
  return {
    by: found.by,
    from: formatDay(found.from),
    to: formatDay(found.to),
    today: formatDay(found.today),
    since: found.since === null ? null : formatDay(found.since),
    names: [...found.names],
    points: found.points.map(({ day, standing }) => ({ day: formatDay(day), standing })),
    moves: found.moves.map(({ day, ...one }) => ({ ...one, day: formatDay(day) })),
    net: [...found.net],
  };
}
