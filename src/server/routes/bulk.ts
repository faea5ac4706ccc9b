import { z } from "zod";
import { previewBulk } from "../../engine/bulk/preview-bulk.ts";
import { startBulk } from "../../engine/bulk/start-bulk.ts";
import { bookViewOf } from "../../engine/book-view/book-view-of.ts";
import type { BulkAction, BulkRun } from "../../engine/ports.ts";
import type { BookFilter } from "../../engine/book-view/book-filter.ts";
import { dayIn, dayOf, dayText, ID, reasonIn, timeOut, timeText } from "../api/fields.ts";
import { bookFilterOf, portfolioFilterBody } from "../api/portfolio-query.ts";
import { READ, WRITE } from "../api/who-may.ts";
import { HttpProblem } from "../http-problem.ts";
import { problemSchema } from "../problem.ts";
import { type Caller, contextOf, type Routes } from "../route.ts";

const tags = ["bulk"];

const actionIn = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("assign"), owner: ID.nullable() }),
    z.strictObject({ kind: z.literal("pin"), level: ID, until: dayIn.nullable() }),
    z.strictObject({ kind: z.literal("unpin") }),
    z.strictObject({ kind: z.literal("start"), program: ID }),
  ])
  .meta({ id: "BulkAction" });

const meant = {
  action: actionIn,
  filter: portfolioFilterBody.optional().meta({ description: "All accounts that match." }),
  accounts: z
    .array(ID)
    .min(1)
    .max(50_000)
    .optional()
    .meta({ description: "These accounts, instead of a filter." }),
};

const group = z.object({ why: z.string(), accounts: z.int(), examples: z.array(z.string()) });
const previewShape = z
  .object({
    accounts: z.int(),
    changes: z.int(),
    revenue: z.number().nullable(),
    unchanged: z.array(group),
    refused: z.array(group),
    from: z.array(
      z.object({
        from: z.union([z.string(), z.number(), z.boolean(), z.null()]),
        accounts: z.int(),
        revenue: z.number(),
      }),
    ),
    work: z
      .object({ touches: z.int(), minutes: z.int(), sample: z.int() })
      .nullable()
      .meta({ description: "Of people's work; `sample`: worked out for so many and scaled up." }),
  })
  .meta({ id: "BulkPreview" });

const runShape = z
  .object({
    id: z.string(),
    action: z.looseObject({ kind: z.string() }),
    reason: z.string(),
    by: z.string().nullable(),
    total: z.int(),
    done: z.int(),
    changed: z.int(),
    failed: z.array(
      z.object({ account: z.string(), name: z.string().nullable(), why: z.string() }),
    ),
    made_at: timeOut,
    finished_at: timeOut.nullable(),
  })
  .meta({ id: "BulkRun" });

/** Doing one thing to many accounts: what it would come to, doing it, and how far it is. */
export const bulk: Routes = (app, deps) => {
  app.post(
    "/api/bulk/preview",
    {
      config: { access: WRITE, tells: [] },
      schema: {
        operationId: "previewBulk",
        summary:
          "What an action would change of many accounts, and what is refused. Writes nothing.",
        tags,
        body: z.strictObject(meant),
        response: { 200: previewShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { action, ...which } = request.body;
      const wanted = actionOf(action, request.caller);
      const found = await previewBulk(
        contextOf(deps, request.caller),
        filterOf(which),
        wanted,
        onlyOwnerFor(request.caller),
      );
      const copies = (groups: typeof found.refused) =>
        groups.map((one) => ({ ...one, examples: [...one.examples] }));
      return {
        ...found,
        unchanged: copies(found.unchanged),
        refused: copies(found.refused),
        from: [...found.from],
        work: found.work && { ...found.work },
      };
    },
  );

  app.post(
    "/api/bulk",
    {
      config: { access: WRITE },
      schema: {
        operationId: "startBulk",
        summary: "Does it, in the background: one audit entry per account, under one reason.",
        tags,
        body: z.strictObject({ ...meant, reason: reasonIn }),
        response: { 200: runShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { action, reason, ...which } = request.body;
      const run = await startBulk(contextOf(deps, request.caller), filterOf(which), {
        action: actionOf(action, request.caller),
        reason,
        onlyOwner: onlyOwnerFor(request.caller),
      });
      deps.wake("bulk");
      return runJson({ ...run, total: run.accounts.length }, () => null);
    },
  );

  app.get(
    "/api/bulk",
    {
      config: { access: READ },
      schema: {
        operationId: "listBulk",
        summary: "What was done to many accounts at once, the newest first; at most 20.",
        tags,
        response: {
          200: z.object({ items: z.array(runShape), next_cursor: z.null() }),
          "4xx": problemSchema,
        },
      },
    },
    async () => {
      const runs = await deps.store.bulk.list(20);
      return { items: runs.map((run) => runJson(run, () => null)), next_cursor: null };
    },
  );

  app.get(
    "/api/bulk/:run",
    {
      config: { access: READ },
      schema: {
        operationId: "getBulk",
        summary: "How far it is, and of which accounts it could not be done.",
        tags,
        params: z.object({ run: ID }),
        response: { 200: runShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const run = await deps.store.bulk.get(request.params.run);
      if (!run) throw new HttpProblem("not-found", "There is no such run.");
      // what a worker did meanwhile is to be seen in the lists
      bookViewOf(deps).wrote();
      const names = run.failed.length === 0 ? null : await bookViewOf(deps).nowWithin(200);
      return runJson({ ...run, total: run.accounts.length }, (id) => {
        const row = names?.rowOf(id);
        const name = row === undefined ? null : names?.value("account.name", row);
        return typeof name === "string" ? name : null;
      });
    },
  );
};

function runJson(
  run: Omit<BulkRun, "accounts"> & { readonly total: number },
  nameOf: (account: string) => string | null,
): z.infer<typeof runShape> {
  const { action } = run;
  return {
    id: run.id,
    action: action.kind === "pin" ? { ...action, until: dayText(action.until) } : { ...action },
    reason: run.reason,
    by: run.by,
    total: run.total,
    done: run.done,
    changed: run.changed,
    failed: run.failed.map((one) => ({ ...one, name: nameOf(one.account) })),
    made_at: timeText(run.madeAt) ?? "",
    finished_at: timeText(run.finishedAt),
  };
}

function actionOf(action: z.infer<typeof actionIn>, caller: Caller | null): BulkAction {
  if (action.kind === "assign" && caller?.access === "csm")
    throw new HttpProblem(
      "forbidden",
      "Who looks after an account is for somebody with the access `leader` to say.",
    );
  if (action.kind !== "pin") return action;
  return { ...action, until: action.until === null ? null : dayOf(action.until) };
}

function filterOf({
  filter,
  accounts,
}: {
  readonly filter?: z.infer<typeof portfolioFilterBody> | undefined;
  readonly accounts?: readonly string[] | undefined;
}): BookFilter {
  if ((filter === undefined) === (accounts === undefined))
    throw new HttpProblem("bad-request", "body: expected either `filter` or `accounts`.");
  return accounts ? { ids: accounts } : bookFilterOf(filter ?? {});
}

/** A CSM changes accounts of their own; one without a name has none. */
function onlyOwnerFor(caller: Caller | null): string | null {
  return caller?.access === "csm" ? (caller.member ?? "") : null;
}
