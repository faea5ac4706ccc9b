import { z } from "zod";
import { capacity as look, WEEKS_AHEAD } from "../../engine/capacity.ts";
import {
  capacityWhatIf,
  liveThresholds,
  type WhatIfWish,
} from "../../engine/capacity/capacity-what-if.ts";
import { whatIfJson } from "../../engine/capacity/what-if-json.ts";
import { capacityJson, unfitJson } from "../../engine/capacity/capacity-json.ts";
import {
  type TouchBehind,
  touchesBehind,
  triedTouches,
} from "../../engine/capacity/touches-behind.ts";
import { dayIn, dayOf, dayOut, given, ID } from "../api/fields.ts";
import { READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const load = z.object({
  minutes: z.number(),
  capacity: z.number().nullable().meta({ description: "Minutes there are; null: unknown." }),
  load: z.number().nullable(),
  band: z.enum(["green", "amber", "red", "none"]),
  touches: z.int(),
});
const week = load.extend({ week: dayOut.meta({ description: "Its Monday." }) });
const doer = z.string().meta({ description: "A person's id, `pod:NAME`, `pool` or a role." });
const summary = z.object({
  touches: z.int(),
  minutes: z.number(),
  must: z.int(),
  accounts: z.int(),
  revenue: z.number(),
});
const unfit = z.object({
  id: z.string(),
  account: z.string(),
  account_name: z.string().nullable(),
  touchpoint: z.string(),
  title: z.string(),
  program: z.string().nullable(),
  due: dayOut,
  week: dayOut,
  minutes: z.number(),
  must: z.boolean(),
  doer,
  level: z.string().nullable(),
  revenue: z.number().nullable(),
});
const change = z.union([
  z.object({
    kind: z.literal("add-head"),
    role: z.string(),
    pod: z.string().nullable(),
    from: dayOut,
  }),
  z.object({ kind: z.literal("leave"), member: z.string(), from: dayOut, to: dayOut }),
]);

const capacityShape = z
  .object({
    model: z.string(),
    version: z.int(),
    today: dayOut,
    currency: z.string(),
    weeks: z.array(dayOut),
    planned_through: dayOut,
    who: z.string().nullable(),
    doers: z.array(
      z.object({
        doer,
        name: z.string(),
        kind: z.enum(["person", "pod", "pool", "role"]),
        role: z.string().nullable(),
        accounts: z.int(),
        weeks: z.array(week),
        total: load,
      }),
    ),
    roles: z.array(z.object({ role: z.string(), people: z.int(), weeks: z.array(week) })),
    levels: z.array(
      z.object({
        level: z.string(),
        by: z.enum(["csm", "pod", "pool", "automation"]),
        accounts: z.int(),
        revenue: z.number(),
        owners: z.number(),
        actual: z.number().nullable(),
        accounts_per_owner: z.number().nullable(),
        hours_needed: z.number(),
        hours_there: z.number().nullable(),
        finding: z.string().nullable(),
      }),
    ),
    fit: z.object({
      fits: summary,
      unfit: summary,
      unknown: summary,
      groups: z.array(
        summary.extend({
          doer,
          week: dayOut,
          what: z.array(z.object({ title: z.string(), touches: z.int() })),
        }),
      ),
      touches: z.array(unfit),
    }),
    busiest: z.array(
      z.object({
        doer,
        day: dayOut,
        minutes: z.number(),
        capacity: z.number(),
        touches: z.int(),
        moves: z.array(
          z.object({
            id: z.string(),
            account: z.string(),
            account_name: z.string().nullable(),
            title: z.string(),
            minutes: z.number(),
            to: dayOut,
          }),
        ),
        left: z.number(),
      }),
    ),
    what_if: z.array(
      z.object({
        change,
        minutes: z.number(),
        before: summary,
        after: summary,
        taken: summary,
        touches: z.array(unfit),
      }),
    ),
  })
  .meta({ id: "Capacity" });

const heads = z.strictObject({
  role: z.string().min(1).max(100),
  pod: z.string().max(200).nullable().optional(),
  count: z.int().min(-50).max(50),
});
const wishBody = z.strictObject({
  weeks: z.int().min(1).max(26).optional(),
  heads: z.array(heads).max(20).optional(),
  hours: z.number().min(-40).max(40).optional().meta({
    description: "Hours a week that each person has more, or fewer.",
  }),
  leave: z
    .array(z.strictObject({ member: ID, from: dayIn, to: dayIn }))
    .max(50)
    .optional(),
  thresholds: z
    .array(z.strictObject({ id: z.string().max(200), value: z.number() }))
    .max(20)
    .optional(),
});

const staffedShape = z.object({
  unfit: summary,
  touches: z.array(unfit).meta({ description: "What does not fit; 200 at most." }),
  weeks: z.array(z.object({ week: dayOut, minutes: z.number(), capacity: z.number().nullable() })),
  doers: capacityShape.shape.doers,
  roles: capacityShape.shape.roles,
  levels: capacityShape.shape.levels,
});
const wishShape = z
  .object({
    today: dayOut,
    currency: z.string(),
    weeks: z.array(dayOut),
    before: staffedShape,
    after: staffedShape.extend({ busiest: capacityShape.shape.busiest }),
    moves: z
      .array(
        z.object({
          from: z.string().nullable(),
          to: z.string().nullable(),
          accounts: z.int(),
          revenue: z.number(),
        }),
      )
      .nullable()
      .meta({ description: "Accounts whose level the thresholds change; null: they stay." }),
    is_exact: z.boolean().meta({
      description: "Whether the hours that thresholds change were all worked out.",
    }),
  })
  .meta({ id: "CapacityWhatIf" });

const thresholdShape = z
  .object({
    id: z.string(),
    fact: z.string(),
    value: z.number(),
    unit: z.string().nullable(),
    used: z.array(z.string()).meta({ description: "Where rules say it." }),
  })
  .meta({ id: "LevelThreshold" });

const behindShape = z.object({ items: z.array(unfit.extend({ fits: z.boolean() })) });

/** The team's load, as it is and as it would be. */
export const capacity: Routes = (app, deps) => {
  app.get(
    "/api/capacity/thresholds",
    {
      config: { access: READ },
      schema: {
        operationId: "listThresholds",
        summary: "The numbers that level rules of the live model compare facts with.",
        tags: ["book"],
        response: { 200: z.object({ items: z.array(thresholdShape) }), "4xx": problemSchema },
      },
    },
    async (request) => {
      const found = await liveThresholds(contextOf(deps, request.caller));
      return { items: found.map((one) => ({ ...one, used: [...one.used] })) };
    },
  );

  app.get(
    "/api/capacity/touches",
    {
      config: { access: READ },
      schema: {
        operationId: "listTouchesBehind",
        summary:
          "The touches behind somebody's load, of one week or of all; what matters most first.",
        tags: ["book"],
        querystring: z.object({
          doer,
          week: dayIn.optional().meta({ description: "A Monday that capacity lists." }),
          weeks: z.coerce.number().int().min(1).max(26).optional(),
        }),
        response: {
          200: behindShape,
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      const { doer: who, week: monday, weeks } = request.query;
      const context = contextOf(deps, request.caller);
      const week = monday === undefined ? null : dayOf(monday);
      return behindJson(await touchesBehind(context, who, week, weeks ?? WEEKS_AHEAD));
    },
  );

  app.post(
    "/api/capacity/what-if",
    {
      config: { access: READ, tells: [] },
      schema: {
        operationId: "capacityWhatIf",
        summary: "What would fit with other people, hours, leave and thresholds. Changes nothing.",
        tags: ["book"],
        body: wishBody,
        response: { 200: wishShape, "4xx": problemSchema },
      },
    },
    async (request) =>
      whatIfJson(await capacityWhatIf(contextOf(deps, request.caller), wishOf(request.body))),
  );

  app.post(
    "/api/capacity/what-if/touches",
    {
      config: { access: READ, tells: [] },
      schema: {
        operationId: "listTriedTouches",
        summary: "The touches behind somebody's load in a what-if. Changes nothing.",
        tags: ["book"],
        body: wishBody.extend({ doer, week: dayIn.optional() }),
        response: { 200: behindShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { doer: who, week, ...body } = request.body;
      const context = contextOf(deps, request.caller);
      const monday = week === undefined ? null : dayOf(week);
      return behindJson(await triedTouches(context, wishOf(body), who, monday));
    },
  );

  app.get(
    "/api/capacity",
    {
      config: { access: READ },
      schema: {
        operationId: "capacity",
        summary:
          "Whether planned work fits the hours there are: load, coverage, what will not fit, and what a head or a leave more would change.",
        tags: ["book"],
        querystring: z.object({
          weeks: z.coerce.number().int().min(1).max(26).optional(),
          who: doer.optional(),
          add_head: z
            .string()
            .max(500)
            .optional()
            .meta({ description: "`ROLE`, `ROLE:POD` or `ROLE:POD@FIRST-DAY`." }),
          leave: z.string().max(500).optional().meta({ description: "`ID:FIRST-DAY..LAST-DAY`." }),
        }),
        response: { 200: capacityShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { weeks, who, add_head: addHead, leave } = request.query;
      const options = given({ weeks, who, addHead, leave });
      return capacityJson(await look(contextOf(deps, request.caller), options));
    },
  );
};

function behindJson(found: readonly TouchBehind[]) {
  return { items: found.map(({ isUnfit, ...one }) => ({ ...unfitJson(one), fits: !isUnfit })) };
}

function wishOf({
  weeks,
  heads: wanted,
  hours,
  leave,
  thresholds,
}: z.infer<typeof wishBody>): WhatIfWish {
  return {
    weeks: weeks ?? WEEKS_AHEAD,
    heads: (wanted ?? []).map(({ pod, ...one }) => ({ ...one, pod: pod ?? null })),
    hours: hours ?? 0,
    leave: (leave ?? []).map(({ member, from, to }) => ({
      member,
      from: dayOf(from),
      to: dayOf(to),
    })),
    thresholds: thresholds ?? [],
  };
}
