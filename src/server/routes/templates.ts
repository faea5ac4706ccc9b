import { z } from "zod";
import type { Model } from "../../core/model/index.ts";
import {
  chosenModel,
  modelOf,
  readChoice,
  requireTemplate,
} from "../../engine/first-run/first-run.ts";
import { templateNeeds } from "../../engine/first-run/template-needs.ts";
import { templateStory } from "../../engine/first-run/template-story.ts";
import type { BundledTemplate } from "../../engine/ports.ts";
import { ID } from "../api/fields.ts";
import { OPS } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const levelShape = z.object({
  name: z.string(),
  by: z.string(),
  accounts_per_owner: z.int().nullable(),
  often: z.int().nullable().meta({ description: "The longest silence, in days." }),
});
const templateShape = z
  .object({
    name: z.string(),
    title: z.string(),
    story: z.string(),
    suits: z.string(),
    needs: z.string(),
    levels: z.array(levelShape),
    programs: z.int(),
    is_demo: z.boolean().meta({ description: "The demo book is decided by it." }),
  })
  .meta({ id: "Template" });
const useShape = z.object({
  block: z.enum(["health", "lifecycle", "segments", "levels", "programs"]),
  name: z.string(),
});
const needsShape = z
  .object({
    template: z.string(),
    accounts: z.int(),
    contacts: z.int(),
    traits: z.array(
      z.object({
        fact: z.string(),
        trait: z.string(),
        type: z.string(),
        unit: z.string().nullable(),
        values: z.array(z.string()),
        default: z.union([z.string(), z.number(), z.boolean(), z.null()]).meta({
          description: "Stands in where it is missing; null: it stays unknown.",
        }),
        uses: z.array(useShape),
        accounts: z.int().meta({ description: "Accounts that have it." }),
        meant: z.string().nullable().meta({ description: "A trait here that it may be." }),
        without: z.string().nullable().meta({ description: "What happens without it." }),
      }),
    ),
    events: z.array(
      z.object({
        event: z.string(),
        facts: z.array(z.string()),
        uses: z.array(useShape),
        events: z.int(),
        meant: z.string().nullable(),
        without: z.string().nullable(),
      }),
    ),
    spare_traits: z.array(z.string()).meta({ description: "Here, and not asked for." }),
    spare_events: z.array(z.string()),
  })
  .meta({ id: "TemplateNeeds" });
const tags = ["first run"];

/** Touch models to begin with, what they ask of the data, and how much of that is here. */
export const templates: Routes = (app, deps) => {
  app.get(
    "/api/templates",
    {
      config: { access: OPS },
      schema: {
        operationId: "listTemplates",
        summary: "The touch models that come with the program.",
        tags,
        response: {
          200: z.object({ items: z.array(templateShape), next_cursor: z.null() }),
          "4xx": problemSchema,
        },
      },
    },
    async () => {
      const names = await deps.bundled.templates();
      const found = await Promise.all(names.map((name) => requireTemplate(deps.bundled, name)));
      const items = found.map((one) => templateJson(one, deps.bundled.demo.template));
      return { items, next_cursor: null };
    },
  );

  app.get(
    "/api/templates/:template/needs",
    {
      config: { access: OPS },
      schema: {
        operationId: "templateNeeds",
        summary: "Which traits and events a template's rules ask for, and which of them are here.",
        description: "Of the template that was chosen: as it was fitted.",
        tags,
        params: z.object({ template: ID }),
        response: { 200: needsShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { template } = request.params;
      const { source, readme } = await requireTemplate(deps.bundled, template);
      const choice = await readChoice(context);
      const fitted =
        choice?.template === template ? await chosenModel(context, deps.bundled) : null;
      const needs = await templateNeeds(context, modelOf(fitted?.source ?? source));
      const { without } = templateStory(readme);
      return {
        template,
        accounts: needs.accounts,
        contacts: needs.contacts,
        traits: needs.traits.map(({ values, uses, ...one }) => ({
          ...one,
          values: [...values],
          uses: uses.map((use) => ({ ...use })),
          without: without[one.fact] ?? null,
        })),
        events: needs.events.map(({ facts, uses, ...one }) => ({
          ...one,
          facts: [...facts],
          uses: uses.map((use) => ({ ...use })),
          without: without[one.event] ?? null,
        })),
        spare_traits: [...needs.spareTraits],
        spare_events: [...needs.spareEvents],
      };
    },
  );
};

function templateJson(
  { name, source, readme }: BundledTemplate,
  demo: string,
): z.infer<typeof templateShape> {
  const { title, story, suits, needs } = templateStory(readme);
  const model = modelOf(source);
  return {
    name,
    title,
    story,
    suits,
    needs,
    levels: levelsOf(model),
    programs: model.programs.length,
    is_demo: name === demo,
  };
}

function levelsOf({ levels }: Model): z.infer<typeof levelShape>[] {
  return levels.map(({ name, by, accountsPerOwner, often }) => ({
    name,
    by,
    accounts_per_owner: accountsPerOwner ?? null,
    often: often ?? null,
  }));
}
