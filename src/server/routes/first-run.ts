import { z } from "zod";
import {
  choose,
  chosenModel,
  firstRun as readFirstRun,
  type FirstRun,
} from "../../engine/first-run/first-run.ts";
import { loadDemo } from "../../engine/first-run/load-demo.ts";
import { audited } from "../api/audited.ts";
import { ID, timeOut, timeText } from "../api/fields.ts";
import { oneImport } from "../api/one-import.ts";
import { OPS, READ } from "../api/who-may.ts";
import { HttpProblem } from "../http-problem.ts";
import { answers, problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const names = z.record(z.string().max(200), z.string().trim().min(1).max(200));
const choiceIn = z
  .strictObject({
    template: ID,
    timezone: z
      .string()
      .refine(isZone, { error: "expected a time zone like Asia/Kuala_Lumpur" })
      .optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "expected three letters like EUR")
      .optional(),
    holidays: z
      .string()
      .regex(/^[A-Z]{2}(-[A-Z0-9]+)*$/, "expected a country like MY or DE-BY")
      .nullable()
      .optional()
      .meta({ description: "null: none." }),
    traits: names.optional().meta({ description: "Fact → the trait that has it here." }),
    events: names.optional().meta({ description: "Event of the model → what it is called here." }),
  })
  .meta({ id: "FirstRunChoice" });

const firstRunShape = z
  .object({
    state: z
      .enum(["empty", "data", "live"])
      .meta({ description: "`empty`: no accounts; `data`: no model is live yet; `live`." }),
    accounts: z.int(),
    contacts: z.int(),
    events: z.int(),
    members: z.int(),
    undecided: z.int().meta({
      description: "Accounts that the live model has yet to decide for the first time.",
    }),
    choice: choiceIn.nullable(),
    demo: z
      .object({
        phase: z.enum(["accounts", "contacts", "events", "team", "deciding", "done", "failed"]),
        done: z.int(),
        total: z.int(),
        started_at: timeOut,
        error: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: "FirstRun" });
const tags = ["first run"];

/** The way from an empty database to the first decisions. */
export const firstRun: Routes = (app, deps) => {
  app.get(
    "/api/first-run",
    {
      config: { access: READ },
      schema: {
        operationId: "getFirstRun",
        summary: "Whether there is data, whether a model is live, and what was chosen so far.",
        tags,
        response: { 200: firstRunShape, "4xx": problemSchema },
      },
    },
    async (request) => shown(await readFirstRun(contextOf(deps, request.caller))),
  );

  app.put(
    "/api/first-run",
    {
      config: { access: OPS },
      schema: {
        operationId: "chooseTemplate",
        summary: "Keeps which template is to go live, and what is different here.",
        tags,
        body: choiceIn,
        response: { 200: firstRunShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      await choose(context, deps.bundled, request.body);
      return shown(await readFirstRun(context));
    },
  );

  app.get(
    "/api/first-run/model",
    {
      config: { access: OPS },
      schema: {
        operationId: "getChosenModel",
        summary: "The chosen template with what is different here: to be planned and applied.",
        tags,
        response: {
          200: z
            .object({
              template: z.string(),
              source: z.string(),
              messages: z.record(z.string(), z.string()),
            })
            .meta({ id: "ChosenModel" }),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      const found = await chosenModel(contextOf(deps, request.caller), deps.bundled);
      if (!found) throw new HttpProblem("not-found", "No template has been chosen yet.");
      return { ...found, messages: { ...found.messages } };
    },
  );

  app.post(
    "/api/first-run/demo",
    {
      config: { access: OPS },
      schema: {
        operationId: "loadDemo",
        summary: "Loads the sample book and its template into this empty database.",
        description:
          "Refused where there is data. Sending is paused with it. GET /api/first-run says how far it is.",
        tags,
        body: z.strictObject({
          confirm: z
            .literal(true)
            .meta({ description: "It is to be loaded: no empty request does it." }),
        }),
        response: answers(202, firstRunShape),
      },
    },
    async (request, reply) => {
      const context = contextOf(deps, request.caller);
      await new Promise<void>((resolve, reject) => {
        oneImport(deps, async () => {
          const { ended } = await loadDemo(context, deps.bundled);
          await audited(deps, request.caller, "demo book loaded");
          resolve();
          await ended.catch((error: unknown) =>
            request.log.error({ err: error }, "the demo book could not be loaded"),
          );
        }).catch(reject);
      });
      return reply.status(202).send(shown(await readFirstRun(context)));
    },
  );
};

function shown({
  state,
  counts,
  undecided,
  choice,
  demo,
}: FirstRun): z.infer<typeof firstRunShape> {
  return {
    state,
    ...counts,
    undecided,
    choice: choice && choiceIn.parse(choice),
    demo: demo && {
      phase: demo.phase,
      done: demo.done,
      total: demo.total,
      started_at: timeText(demo.startedAt) ?? "",
      error: demo.error,
    },
  };
}

function isZone(text: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: text }));
  } catch {
    // not known here, so that no day could be told in it
    return false;
  }
}
