import { z } from "zod";
import type { AuditAfter } from "../../engine/ports.ts";
import {
  nextCursor,
  pageOf,
  pageQuery,
  placeBucket,
  placeNumber,
  placeTime,
  readCursor,
} from "../api/cursor.ts";
import { given, ID, instantOf, timeIn, timeText } from "../api/fields.ts";
import { auditShape } from "../api/shapes.ts";
import { READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import type { Routes } from "../route.ts";

const PLACE = z.object({ at: placeTime, bucket: placeBucket, id: placeNumber });

export const audit: Routes = (app, { store }) => {
  app.get(
    "/api/audit",
    {
      config: { access: READ },
      schema: {
        operationId: "listAudit",
        summary: "What people changed by hand, newest first.",
        tags: ["audit"],
        querystring: z.object({
          ...pageQuery,
          account: ID.optional(),
          by: z.string().max(500).optional(),
          what: z
            .string()
            .max(200)
            .optional()
            .meta({ description: "Part of what was done: `pinned`, `key`." }),
          from: timeIn.optional(),
          to: timeIn.optional(),
        }),
        response: { 200: pageOf(auditShape), "4xx": problemSchema },
      },
    },
    async (request) => {
      const { limit, cursor, account, by, what, from, to } = request.query;
      const after: AuditAfter | null = readCursor("audit", PLACE, cursor);
      const filter = given({
        account,
        by,
        what,
        from: from === undefined ? from : instantOf(from),
        to: to === undefined ? to : instantOf(to),
      });
      const found = await store.reading.audit(filter, after, limit + 1);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      return {
        items: items.map(({ at, by: who, what: done, account: about, reason, details }) => ({
          at: timeText(at) ?? "",
          by: who,
          what: done,
          account: about,
          reason,
          details,
        })),
        next_cursor: nextCursor("audit", last && { at: last.at, bucket: last.bucket, id: last.id }),
      };
    },
  );
};
