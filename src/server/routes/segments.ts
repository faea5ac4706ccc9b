import { z } from "zod";
import { accountPage, type AccountPlace } from "../../engine/account-page.ts";
import { listSegments, segmentRule } from "../../engine/list-segments.ts";
import { listedAccount, listedAccountShape } from "../api/account-shapes.ts";
import { nextCursor, pageOf, pageQuery, readCursor } from "../api/cursor.ts";
import { ID } from "../api/fields.ts";
import { READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const tags = ["segments"];
const PLACE = z.object({ id: z.string(), value: z.string().nullable() });

export const segments: Routes = (app, deps) => {
  app.get(
    "/api/segments",
    {
      config: { access: READ },
      schema: {
        operationId: "listSegments",
        summary: "The model's segments, and how many accounts are in each.",
        tags,
        response: {
          200: z.object({
            items: z.array(
              z
                .object({
                  name: z.string(),
                  dimension: z.string().nullable(),
                  accounts: z.int(),
                })
                .meta({ id: "Segment" }),
            ),
            next_cursor: z.null(),
          }),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => ({
      items: await listSegments(contextOf(deps, request.caller)),
      next_cursor: null,
    }),
  );

  app.get(
    "/api/segments/:segment/accounts",
    {
      config: { access: READ },
      schema: {
        operationId: "segmentAccounts",
        summary: "The accounts of a segment: `power_user`, or `value.core` of a dimension.",
        tags,
        params: z.object({ segment: ID }),
        querystring: z.object(pageQuery),
        response: { 200: pageOf(listedAccountShape), "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { limit, cursor } = request.query;
      const { segment } = request.params;
      const where = await segmentRule(context, segment);
      const list = `segment ${segment}`;
      const after: AccountPlace | null = readCursor(list, PLACE, cursor);
      const query = { state: "decided", where } as const;
      const { items, next } = await accountPage(context, query, after, limit);
      return { items: items.map(listedAccount), next_cursor: nextCursor(list, next) };
    },
  );
};
