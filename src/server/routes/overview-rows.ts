import { z } from "zod";
import { moverAccounts } from "../../engine/movers.ts";
import { needsAfter } from "../../engine/worst-needs.ts";
import { nextCursor, pageOf, pageQuery, readCursor } from "../api/cursor.ts";
import { dayIn, dayOf, ID } from "../api/fields.ts";
import { READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const tags = ["book"];
const standing = {
  id: z.string(),
  name: z.string().nullable(),
  owner: z.string().nullable(),
  level: z.string().nullable(),
  stage: z.string().nullable(),
  revenue: z.number().nullable(),
};
const moverShape = z.object(standing).meta({ id: "Mover" });
const needShape = z
  .object({ ...standing, reasons: z.array(z.string()) })
  .meta({ id: "AccountInNeed" });
const place = z.string().max(200).optional().meta({ description: "Left out: none." });

/** The rows behind what the overview counts. */
export const overviewRows: Routes = (app, deps) => {
  app.get(
    "/api/overview/movers/accounts",
    {
      config: { access: READ },
      schema: {
        operationId: "listMovers",
        summary: "The accounts of one group of movers, as they are today.",
        tags,
        querystring: z.object({
          ...pageQuery,
          since: dayIn,
          what: z.enum(["level", "stage"]),
          from: place,
          to: place,
          why: z.string().max(2000),
        }),
        response: { 200: pageOf(moverShape), "4xx": problemSchema },
      },
    },
    async (request) => {
      const { since, what, from, to, why, limit, cursor } = request.query;
      const move = { since: dayOf(since), what, from: from ?? null, to: to ?? null, why };
      const after = readCursor("movers", ID, cursor);
      const found = await moverAccounts(contextOf(deps, request.caller), move, after, limit + 1);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1)?.id : undefined;
      return { items, next_cursor: nextCursor("movers", last) };
    },
  );

  app.get(
    "/api/overview/needs",
    {
      config: { access: READ },
      schema: {
        operationId: "listAccountsInNeed",
        summary: "All accounts in need, the worst first, each with its reasons.",
        tags,
        querystring: z.object(pageQuery),
        response: { 200: pageOf(needShape), "4xx": problemSchema },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const at = readCursor("needs", z.object({ weight: z.number(), id: ID }), cursor);
      const context = contextOf(deps, request.caller);
      const { needs, next } = await needsAfter(context, at, limit);
      return {
        items: needs.map(({ id, name, owner, level, stage, revenue, reasons }) => ({
          id,
          name,
          owner,
          level,
          stage,
          revenue,
          reasons: [...reasons],
        })),
        next_cursor: nextCursor("needs", next && { weight: next.weight, id: next.id }),
      };
    },
  );
};
