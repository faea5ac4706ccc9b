import { z } from "zod";
import { OWNERS } from "../../core/model/schema-pieces.ts";
import type { FactChange } from "../../core/explain/index.ts";
import { accountChanges } from "../../engine/account-changes.ts";
import { accountFacts } from "../../engine/account-facts.ts";
import { accountTies } from "../../engine/account-ties.ts";
import { dayIn, dayOf, dayOut, dayText, ID, timeOut, timeText } from "../api/fields.ts";
import { exactAccount, READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const changeShape = z
  .object({
    fact: z.string(),
    from: plain,
    to: plain,
    by: z.number().nullable().meta({ description: "Of numbers, and in days for dates." }),
    makes: plain.meta({ description: "The level, band, stage or rule's answer it would make." }),
  })
  .meta({ id: "FactChange", description: "One fact changed alone, and what would come of it." });
const changes = z.array(changeShape);
const upAndDown = z.object({ up: changes, down: changes });
const whatWouldChangeShape = z
  .object({
    level: upAndDown.meta({ description: "The level asked for, before any hold." }),
    band: upAndDown,
    stage: changes,
    rules: z.record(z.string(), changes).meta({
      description: "By place: `base/0`, `adjust/NAME`, `exit/NAME`, `segments/NAME/ENTRY`, …",
    }),
  })
  .meta({ id: "WhatWouldChange" });

const factShape = z
  .object({
    name: z.string(),
    type: z.string(),
    unit: z.string().nullable(),
    value: plain,
    kind: z.string(),
    source: z.string().meta({ description: "Where it comes from, in words." }),
    trait: z.string().nullable().meta({ description: "The trait to set it by." }),
    values: z.array(z.string()).nullable(),
    since: dayOut.nullable().meta({ description: "Or when it last happened." }),
    times: z.int().nullable().meta({ description: "Values so far, or how often it happened." }),
  })
  .meta({ id: "AccountFact" });

const relative = z.object({ id: z.string(), name: z.string().nullable() });
const tiesShape = z
  .object({
    owner: z.string().nullable(),
    owner_name: z.string().nullable(),
    asks_for: z
      .enum(OWNERS)
      .nullable()
      .meta({ description: "What kind of owner the level asks for." }),
    owner_level: z.string().nullable().meta({ description: "The level that the owner goes by." }),
    by_hand: z.boolean().meta({ description: "Given to its owner by a person here." }),
    imports_say: z.string().nullable().meta({ description: "With `by_hand`: whom imports name." }),
    changed: z
      .object({
        at: timeOut,
        by: z.string().nullable(),
        reason: z.string().nullable(),
        from: z.string().nullable(),
        from_name: z.string().nullable(),
      })
      .nullable()
      .meta({ description: "The last time that it was given to somebody here." }),
    parent: relative.nullable(),
    children: z.array(relative.extend({ level: z.string().nullable() })),
  })
  .meta({ id: "AccountTies", description: "Why its owner is its owner, and what belongs to it." });

const tags = ["accounts"];
const params = z.object({ account: ID });

export const accountWhy: Routes = (app, deps) => {
  app.get(
    "/api/accounts/:account/what-would-change",
    {
      config: { access: READ },
      schema: {
        operationId: "whatWouldChange",
        summary: "The smallest changes of single facts that would alter what is decided today.",
        tags,
        params,
        response: { 200: whatWouldChangeShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { id } = await exactAccount(context, request.params.account);
      const { level, band, stage, rules } = await accountChanges(context, id);
      return {
        level: { up: copied(level.up), down: copied(level.down) },
        band: { up: copied(band.up), down: copied(band.down) },
        stage: copied(stage),
        rules: Object.fromEntries(
          Object.entries(rules).map(([place, list]) => [place, copied(list)]),
        ),
      };
    },
  );

  app.get(
    "/api/accounts/:account/facts",
    {
      config: { access: READ },
      schema: {
        operationId: "accountFacts",
        summary: "Every fact of an account with its source and since when, today or on a past day.",
        tags,
        params,
        querystring: z.object({ at: dayIn.optional() }),
        response: {
          200: z.object({ day: dayOut, facts: z.array(factShape) }).meta({ id: "AccountFacts" }),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { id } = await exactAccount(context, request.params.account);
      const { at } = request.query;
      const found = await accountFacts(context, id, at === undefined ? undefined : dayOf(at));
      return {
        day: found.day,
        facts: found.facts.map((fact) => ({
          ...fact,
          values: fact.values && [...fact.values],
          since: dayText(fact.since),
        })),
      };
    },
  );

  app.get(
    "/api/accounts/:account/ties",
    {
      config: { access: READ },
      schema: {
        operationId: "accountTies",
        summary: "Why its owner is its owner; the account it belongs to and those that are its.",
        tags,
        params,
        response: { 200: tiesShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { id } = await exactAccount(context, request.params.account);
      const found = await accountTies(context, id);
      const nameOf = (member: string | null): string | null =>
        member === null ? null : (found.names.get(member) ?? member);
      const { ownerChange: change } = found;
      return {
        owner: found.owner,
        owner_name: nameOf(found.owner),
        asks_for: found.asksFor,
        owner_level: found.ownerLevel,
        by_hand: found.ownerByHand,
        imports_say: nameOf(found.ownerSaid),
        changed: change && {
          at: timeText(change.at) ?? "",
          by: change.by,
          reason: change.reason,
          from: change.from,
          from_name: nameOf(change.from),
        },
        parent: found.parent && { ...found.parent },
        children: found.children.map((one) => ({ ...one })),
      };
    },
  );
};

function copied(list: readonly FactChange[]): z.infer<typeof changes> {
  return list.map((one) => ({ ...one }));
}
