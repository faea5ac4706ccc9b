import { z } from "zod";
import { accountPageThen } from "../../engine/looking-back/account-page-then.ts";
import { decisionsOn } from "../../engine/decisions-on.ts";
import { nextCursor, pageOf, pageQuery, placeNumber, readCursor } from "../api/cursor.ts";
import { dayIn, dayOf, dayOut, dayText, ID, timeOut, timeText } from "../api/fields.ts";
import { decisionShape } from "../api/shapes.ts";
import { exactAccount, READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const PLACE_THEN = z.object({ id: z.string(), value: z.null() });
const tags = ["decisions"];
type DecisionJson = z.infer<typeof decisionShape>;

const listed = decisionShape
  .extend({
    stored: z.boolean().optional().meta({
      description: "With `at`: whether it was stored on that day, or was worked out now.",
    }),
  })
  .meta({ id: "ListedDecision" });
const past = z
  .object({
    seq: z.int(),
    day: dayOut,
    at: timeOut,
    cause: z.string().meta({ description: "event, midnight, model, person or first." }),
    model_version: z.int(),
    decision: decisionShape,
  })
  .meta({ id: "PastDecision", description: "A decision that differed from the one before." });

export const decisions: Routes = (app, deps) => {
  app.get(
    "/api/decisions",
    {
      config: { access: READ },
      schema: {
        operationId: "listDecisions",
        summary:
          "The present decisions of all open accounts, or one's; with `at` those of a past day.",
        tags,
        querystring: z.object({
          ...pageQuery,
          account: ID.optional(),
          at: dayIn.optional().meta({ description: "A past day." }),
        }),
        response: { 200: pageOf(listed), "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { limit, cursor, account, at } = request.query;
      if (account !== undefined) {
        const { id, decision } = await exactAccount(context, account);
        if (at === undefined) {
          return {
            items: decision ? [decision as unknown as DecisionJson] : [],
            next_cursor: null,
          };
        }
        const items: DecisionJson[] = [];
        for await (const one of decisionsOn(context, dayOf(at), [id]))
          items.push(one as unknown as DecisionJson);
        return { items, next_cursor: null };
      }
      if (at !== undefined) {
        const list = `decisions ${at}`;
        const after = readCursor(list, PLACE_THEN, cursor);
        const { items, next } = await accountPageThen(context, dayOf(at), {}, after, limit);
        return {
          items: items.map(
            ({ decision, stored }) => ({ ...decision, stored }) as unknown as DecisionJson,
          ),
          next_cursor: nextCursor(list, next),
        };
      }
      const after = readCursor("decisions", z.object({ id: z.string() }), cursor);
      const found = await deps.store.reading.accounts({ state: "decided" }, after, limit + 1);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      return {
        items: items.map(({ decision }) => decision as unknown as DecisionJson),
        next_cursor: nextCursor("decisions", last && { id: last.id }),
      };
    },
  );

  app.get(
    "/api/accounts/:account/decisions",
    {
      config: { access: READ },
      schema: {
        operationId: "accountDecisions",
        summary: "All decisions of an account that differed from the one before, newest first.",
        tags,
        params: z.object({ account: ID }),
        querystring: z.object(pageQuery),
        response: { 200: pageOf(past), "4xx": problemSchema },
      },
    },
    async (request) => {
      const { id } = await exactAccount(contextOf(deps, request.caller), request.params.account);
      const { limit, cursor } = request.query;
      const list = `decisions ${id}`;
      const after = readCursor(list, placeNumber, cursor);
      const found = await deps.store.reading.decisions(id, after, limit + 1);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1)?.seq : undefined;
      return {
        items: items.map(({ seq, day, at, cause, modelVersion, decision }) => ({
          seq,
          day: dayText(day) ?? "",
          at: timeText(at) ?? "",
          cause,
          model_version: modelVersion,
          decision: decision as unknown as DecisionJson,
        })),
        next_cursor: nextCursor(list, last),
      };
    },
  );
};
