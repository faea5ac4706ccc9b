import { z } from "zod";
import { pinLevel, setStage, unpinLevel } from "../../engine/account-by-hand.ts";
import { editAccount, momentFor, presentModel } from "../../engine/edit-account.ts";
import { startProgram, stopProgram } from "../../engine/program-by-hand.ts";
import { accountShape, accountTag, knownAccount, seenRevision } from "../api/account-shapes.ts";
import { dayIn, dayOf, given, ID, reasonIn, traitsIn } from "../api/fields.ts";
import { movedShape } from "../api/shapes.ts";
import { exactAccount, OWN } from "../api/who-may.ts";
import { HttpProblem } from "../http-problem.ts";
import { mustOwn } from "../own-accounts.ts";
import { problemSchema } from "../problem.ts";
import { type Caller, contextOf, type Routes, type ServerDeps } from "../route.ts";

const tags = ["accounts"];
const params = z.object({ account: ID });
const changed = z.object({ account: z.string(), moved: movedShape }).meta({ id: "AccountChanged" });

/** What people change about an account: each on record, each decided upon at once. */
export const accountChanges: Routes = (app, deps) => {
  app.patch(
    "/api/accounts/:account",
    {
      config: { access: OWN },
      schema: {
        operationId: "editAccount",
        summary: "Sets traits, name or owner; traits count from today. Send the ETag as If-Match.",
        tags,
        params,
        body: z
          .strictObject({
            name: z.string().trim().min(1).max(500).nullable().optional(),
            owner: ID.nullable().optional(),
            traits: traitsIn.optional(),
            reason: reasonIn.optional(),
          })
          .refine(
            ({ name, owner, traits }) => [name, owner, traits].some((one) => one !== undefined),
            {
              error: "expected at least one of name, owner, traits",
            },
          ),
        response: { 200: accountShape, "4xx": problemSchema },
      },
    },
    async (request, reply) => {
      const { context, id, owner } = await own(deps, request.caller, request.params.account);
      const { reason = null, ...edit } = request.body;
      if (edit.owner !== undefined && edit.owner !== owner && request.caller?.access === "csm")
        throw new HttpProblem(
          "forbidden",
          "body/owner: who looks after an account is for somebody with the access `leader` to say.",
        );
      const seen = seenRevision(request.headers["if-match"]);
      await editAccount(context, id, { ...given(edit), reason, ...given({ seen }) });
      deps.wake("decide");
      const { today } = momentFor(context, await presentModel(context));
      const found = await deps.store.reading.account(id, today);
      if (!found) throw new Error(`account ${id} is gone`);
      void reply.header("etag", accountTag(found));
      return knownAccount(found);
    },
  );

  app.put(
    "/api/accounts/:account/pin",
    {
      config: { access: OWN },
      schema: {
        operationId: "pinLevel",
        summary: "A person's word on the level, through a day (without one: until taken back).",
        tags,
        params,
        body: z.strictObject({ level: ID, until: dayIn.nullable().optional(), reason: reasonIn }),
        response: { 200: changed, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { context, id } = await own(deps, request.caller, request.params.account);
      const { level, until, reason } = request.body;
      const day = until === undefined || until === null ? null : dayOf(until);
      const { moved } = await pinLevel(context, id, { level, until: day, reason });
      return after(deps, id, moved);
    },
  );

  app.put(
    "/api/accounts/:account/unpin",
    {
      config: { access: OWN },
      schema: {
        operationId: "unpinLevel",
        summary: "Takes a pin back.",
        tags,
        params,
        body: z.strictObject({ reason: reasonIn }),
        response: { 200: changed, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { context, id } = await own(deps, request.caller, request.params.account);
      const { moved } = await unpinLevel(context, id, request.body.reason);
      return after(deps, id, moved);
    },
  );

  app.put(
    "/api/accounts/:account/stage",
    {
      config: { access: OWN },
      schema: {
        operationId: "setStage",
        summary: "Sets where the account stands; evaluation goes on from there.",
        tags,
        params,
        body: z.strictObject({ stage: ID, reason: reasonIn }),
        response: { 200: changed, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { context, id } = await own(deps, request.caller, request.params.account);
      const { moved } = await setStage(context, id, request.body.stage, request.body.reason);
      return after(deps, id, moved);
    },
  );

  for (const [verb, act, summary] of [
    ["start", startProgram, "Starts a program for the account, whatever its `when` says."],
    ["stop", stopProgram, "Stops a program: what it planned is called off."],
  ] as const) {
    app.post(
      `/api/accounts/:account/programs/:program/${verb}`,
      {
        config: { access: OWN },
        schema: {
          operationId: `${verb}Program`,
          summary,
          tags,
          params: params.extend({ program: ID }),
          body: z.strictObject({
            contact: ID.nullable().optional().meta({ description: "For programs `for: contact`." }),
            reason: reasonIn,
          }),
          response: { 200: changed, "4xx": problemSchema },
        },
      },
      async (request) => {
        const { context, id } = await own(deps, request.caller, request.params.account);
        const { contact = null, reason } = request.body;
        const { program } = request.params;
        const { moved } = await act(context, id, { program, contact, reason });
        return after(deps, id, moved);
      },
    );
  }
};

async function own(deps: ServerDeps, caller: Caller | null, account: string) {
  const context = contextOf(deps, caller);
  const { id, owner } = await exactAccount(context, account);
  await mustOwn(deps, caller, id);
  return { context, id, owner };
}

function after<M>(
  deps: ServerDeps,
  account: string,
  moved: readonly M[],
): { account: string; moved: M[] } {
  deps.wake("decide");
  return { account, moved: [...moved] };
}
