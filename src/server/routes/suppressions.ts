import { z } from "zod";
import { addressHash } from "../../engine/outbox/address-hash.ts";
import { liftSuppressions } from "../../engine/results/lift-suppressions.ts";
import { nextCursor, pageOf, pageQuery, placeBucket, readCursor } from "../api/cursor.ts";
import { ID, reasonIn, timeOut, timeText } from "../api/fields.ts";
import { OPS } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const suppressionShape = z
  .object({
    address: z.string().meta({
      description:
        "SHA-256 of the address in small letters, in hex: the address itself is not kept.",
    }),
    channel: z.string().meta({ description: "A channel, or `all`." }),
    reason: z.string().meta({ description: "`unsubscribed`, `complained`, `bounced`, `erased`." }),
    since: timeOut,
  })
  .meta({ id: "Suppression" });

const PLACE = z.object({ bucket: placeBucket, address: z.string(), channel: z.string() });
const email = z.string().trim().min(3).max(320);
const tags = ["contacts"];

/** Addresses that are not written to, whoever has them. */
export const suppressions: Routes = (app, deps) => {
  app.get(
    "/api/suppressions",
    {
      config: { access: OPS },
      schema: {
        operationId: "listSuppressions",
        summary: "Addresses that are not written to, in a fixed order.",
        tags,
        querystring: z.object({
          ...pageQuery,
          email: email.optional().meta({ description: "Only those of this address." }),
        }),
        response: { 200: pageOf(suppressionShape), "4xx": problemSchema },
      },
    },
    async (request) => {
      const { limit, cursor, email: address } = request.query;
      const after = readCursor("suppressions", PLACE, cursor);
      const hash = address === undefined ? null : addressHash(address);
      const found = await deps.store.persons.listSuppressions(hash, after, limit + 1);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      const place = last && { bucket: last.bucket, address: last.address, channel: last.channel };
      return {
        items: items.map(({ address: shown, channel, reason, at }) => ({
          address: shown,
          channel,
          reason,
          since: timeText(at) ?? "",
        })),
        next_cursor: nextCursor("suppressions", place),
      };
    },
  );

  app.post(
    "/api/suppressions/lift",
    {
      config: { access: OPS },
      schema: {
        operationId: "liftSuppressions",
        summary: "Lets an address be written to again.",
        description:
          "Needs the address itself. What its contacts have opted out of stays: `PUT /api/contacts/{account}/{contact}/opt-outs` changes that.",
        tags,
        body: z.strictObject({
          email,
          channel: ID.optional().meta({ description: "Only for this channel; default: for all." }),
          reason: reasonIn.meta({ description: "Kept in the audit log: do not name the address." }),
        }),
        response: {
          200: z.object({ lifted: z.array(z.string()).meta({ description: "Channels." }) }),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      const lifted = await liftSuppressions(contextOf(deps, request.caller), request.body);
      if (lifted.length > 0) deps.wake("decide");
      return { lifted: [...lifted] };
    },
  );
};
