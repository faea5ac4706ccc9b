import { z } from "zod";
import { OWNERS } from "../../core/model/schema-pieces.ts";
import { acceptOwners, assignOwner } from "../../engine/owners/change-owner.ts";
import { ownersChangedJson, ownersJson, suggestionsJson } from "../../engine/owners/owners-json.ts";
import { suggestOwners } from "../../engine/owners/suggest-owners.ts";
import { whoOwns } from "../../engine/owners/who-owns.ts";
import { dayOut, ID, reasonIn } from "../api/fields.ts";
import { movedShape } from "../api/shapes.ts";
import { exactAccount, LEAD, READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const by = z.enum(OWNERS).meta({ description: "What kind of owner the level asks for." });
const minutes = z.number();

const ownersShape = z
  .object({
    model: z.string(),
    today: dayOut,
    currency: z.string(),
    weeks: z.int().meta({ description: "How many weeks ahead work and hours are counted." }),
    people: z.array(
      z.object({
        id: z.string().nullable().meta({ description: "null: accounts of nobody." }),
        name: z.string().nullable(),
        role: z.string().nullable(),
        pod: z.string().nullable(),
        in_team: z.boolean(),
        accounts: z.int(),
        revenue: z.number(),
        levels: z.array(z.object({ level: z.string(), accounts: z.int() })),
        minutes,
        capacity: minutes.nullable(),
      }),
    ),
    levels: z.array(
      z.object({
        level: z.string(),
        by,
        accounts: z.int(),
        revenue: z.number(),
        without: z.int().meta({ description: "They should have a person and have none." }),
        unsuited: z.int().meta({ description: "Their owner does not suit them." }),
        too_much: z.int().meta({ description: "They have an owner and should have none." }),
        examples: z.array(z.string()),
      }),
    ),
    accounts: z.int(),
    suggestions: z.int(),
  })
  .meta({ id: "Owners" });

const book = z.object({ accounts: z.int(), minutes });
const suggestionsShape = z
  .object({
    model: z.string(),
    today: dayOut,
    until: dayOut,
    weeks: z.int(),
    suggestions: z.array(
      z.object({
        account: z.string(),
        name: z.string().nullable(),
        level: z.string(),
        by,
        from: z.string().nullable(),
        from_name: z.string().nullable(),
        to: z.string().nullable().meta({ description: "null: nobody in particular." }),
        to_name: z.string().nullable(),
        pod: z.string().nullable(),
        minutes,
        revenue: z.number().nullable(),
        reasons: z.array(z.string()),
      }),
    ),
    nobody_fits: z.array(
      z.object({
        account: z.string(),
        name: z.string().nullable(),
        owner: z.string().nullable(),
        level: z.string(),
        by,
        revenue: z.number().nullable(),
        reason: z.string(),
      }),
    ),
    people: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        capacity: minutes.nullable(),
        before: book,
        after: book,
      }),
    ),
  })
  .meta({ id: "SuggestedOwners" });

const changedShape = z
  .object({
    changed: z.array(
      z.object({
        account: z.string(),
        name: z.string().nullable(),
        from: z.string().nullable(),
        to: z.string().nullable(),
        touches_moved: z.int(),
        tasks: z.array(
          z.object({
            id: z.string(),
            touchpoint: z.string(),
            title: z.string(),
            owner: z.string().nullable(),
            due: dayOut,
          }),
        ),
      }),
    ),
    moved: movedShape,
  })
  .meta({ id: "OwnersChanged", description: "Who has which accounts now, and the tasks of it." });

const acceptBody = z.union(
  [
    z.strictObject({ all: z.literal(true) }),
    z.strictObject({
      accounts: z
        .array(
          z.strictObject({
            account: ID,
            owner: ID.nullable().optional().meta({
              description: "Whom the suggestion named; another by now: nothing is done.",
            }),
          }),
        )
        .min(1)
        .max(10_000),
    }),
  ],
  { error: "expected `all: true`, or `accounts` with those whose suggestion is accepted" },
);

const tags = ["owners"];
const answers = { 200: changedShape, "4xx": problemSchema };

/** Who owns which accounts, and the moves that are suggested: made only when they are accepted. */
export const owners: Routes = (app, deps) => {
  app.get(
    "/api/owners",
    {
      config: { access: READ },
      schema: {
        operationId: "listOwners",
        summary: "Who owns what, and where that is not what the levels ask for.",
        tags,
        response: { 200: ownersShape, "4xx": problemSchema },
      },
    },
    async (request) => ownersJson(await whoOwns(contextOf(deps, request.caller))),
  );

  app.get(
    "/api/owners/suggestions",
    {
      config: { access: READ },
      schema: {
        operationId: "suggestOwners",
        summary: "Which accounts should get another owner, whom and why. Changes nothing.",
        tags,
        response: { 200: suggestionsShape, "4xx": problemSchema },
      },
    },
    async (request) => suggestionsJson(await suggestOwners(contextOf(deps, request.caller))),
  );

  app.post(
    "/api/owners/accept",
    {
      config: { access: LEAD },
      schema: {
        operationId: "acceptOwners",
        summary: "Makes suggested moves, each with a task for both sides.",
        tags,
        body: acceptBody,
        response: answers,
      },
    },
    async (request) => {
      const { body } = request;
      const wanted =
        "all" in body ? "all" : body.accounts.map(({ account, owner }) => ({ account, to: owner }));
      const done = await acceptOwners(contextOf(deps, request.caller), wanted);
      deps.wake("decide");
      return ownersChangedJson(done);
    },
  );

  app.post(
    "/api/accounts/:account/owner",
    {
      config: { access: LEAD },
      schema: {
        operationId: "assignOwner",
        summary: "Gives an account to a member of the team, with a task for both sides.",
        tags,
        params: z.object({ account: ID }),
        body: z.strictObject({
          owner: ID.nullable().meta({ description: "null: nobody in particular." }),
          reason: reasonIn,
        }),
        response: answers,
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { id } = await exactAccount(context, request.params.account);
      const done = await assignOwner(context, id, request.body.owner, request.body.reason);
      deps.wake("decide");
      return ownersChangedJson(done);
    },
  );
};
