import { z } from "zod";
import { accountPage, type AccountPlace } from "../../engine/account-page.ts";
import { accountPageThen } from "../../engine/looking-back/account-page-then.ts";
import { explainAccount } from "../../engine/explain-account.ts";
import { momentFor, presentModel } from "../../engine/edit-account.ts";
import type { AccountStateChoice } from "../../engine/ports.ts";
import {
  accountShape,
  accountTag,
  explanationJson,
  explanationShape,
  knownAccount,
  listedAccount,
  listedAccountShape,
} from "../api/account-shapes.ts";
import { nextCursor, pageOf, pageQuery, readCursor } from "../api/cursor.ts";
import { dayIn, dayOf, given, ID } from "../api/fields.ts";
import { exactAccount, READ } from "../api/who-may.ts";
import { HttpProblem } from "../http-problem.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const STATES: readonly AccountStateChoice[] = ["open", "decided", "undecided", "closed", "all"];

const LIST = z.object({
  ...pageQuery,
  where: z
    .string()
    .max(5000)
    .optional()
    .meta({ description: 'A rule: `level == "high" && health < 50`. Decided accounts only.' }),
  sort: z.string().max(200).optional().meta({
    description:
      "`id`, `name`, `owner`, `created_at`, a fact or anything a rule may name; `-name` turns it around. Without it: a fixed order that costs nothing.",
  }),
  level: z.string().optional(),
  stage: z.string().optional(),
  owner: z.string().optional().meta({ description: "Team member's id; `none`: of nobody." }),
  q: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: "Beginning of an id, or part of a name." }),
  state: z.enum(STATES).default("open"),
  at: dayIn.optional().meta({
    description:
      "As they stood on a past day, by the model that was live then; without `sort`. `stored` says whether that day's decision was stored, or was worked out now. Names and owners are today's.",
  }),
});
const thenFields = {
  stored: z.boolean().optional().meta({ description: "With `at` only." }),
};
const PLACE = z.object({
  id: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
});

/** Each page would have to work out the whole book. */
function refuseSortThen(): never {
  throw new HttpProblem("bad-request", "querystring/sort: a past day is worked out page by page.", {
    hint: "Leave `sort` out, or use `touchstone accounts --at DATE --sort NAME`.",
  });
}

const tags = ["accounts"];
const params = z.object({ account: ID });

export const accounts: Routes = (app, deps) => {
  app.get(
    "/api/accounts",
    {
      config: { access: READ },
      schema: {
        operationId: "listAccounts",
        summary: "Accounts with level, stage, health, segments and facts.",
        tags,
        querystring: LIST,
        response: {
          200: pageOf(listedAccountShape.extend(thenFields).meta({ id: "AccountInList" })),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      const { limit, cursor, q, owner, at, state, ...query } = request.query;
      const list = `accounts ${query.sort ?? ""}${at ?? ""}`;
      const after: AccountPlace | null = readCursor(list, PLACE, cursor);
      const context = contextOf(deps, request.caller);
      const wanted = given({ ...query, text: q, owner: owner === "none" ? null : owner });
      if (at === undefined) {
        const { items, next } = await accountPage(context, { ...wanted, state }, after, limit);
        return { items: items.map(listedAccount), next_cursor: nextCursor(list, next) };
      }
      if (query.sort !== undefined) refuseSortThen();
      const { items, next } = await accountPageThen(context, dayOf(at), wanted, after, limit);
      return {
        items: items.map((one) => ({ ...listedAccount(one), stored: one.stored })),
        next_cursor: nextCursor(list, next),
      };
    },
  );

  app.get(
    "/api/accounts/:account",
    {
      config: { access: READ },
      schema: {
        operationId: "getAccount",
        summary: "One account: what is known of it and what is decided.",
        tags,
        params,
        response: { 200: accountShape, "4xx": problemSchema },
      },
    },
    async (request, reply) => {
      const context = contextOf(deps, request.caller);
      const { id } = await exactAccount(context, request.params.account);
      const { today } = momentFor(context, await presentModel(context));
      const found = await deps.store.reading.account(id, today);
      if (!found) throw new Error(`account ${id} is gone`);
      void reply.header("etag", accountTag(found));
      return knownAccount(found);
    },
  );

  app.get(
    "/api/accounts/:account/explain",
    {
      config: { access: READ },
      schema: {
        operationId: "explainAccount",
        summary: "Why an account is where it is, today or on a past day.",
        tags,
        params,
        querystring: z.object({ at: dayIn.optional() }),
        response: { 200: explanationShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { id } = await exactAccount(context, request.params.account);
      const { at } = request.query;
      return explanationJson(
        await explainAccount(context, id, at === undefined ? undefined : dayOf(at)),
      );
    },
  );
};
