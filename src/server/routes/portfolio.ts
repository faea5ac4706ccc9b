import { z } from "zod";
import { describePortfolio } from "../../engine/book-view/describe-portfolio.ts";
import { facets } from "../../engine/book-view/facets.ts";
import { portfolioPage } from "../../engine/book-view/portfolio-page.ts";
import { dayOut, dayText } from "../api/fields.ts";
import { bookFilterOf, bookOrderOf, portfolioFilter } from "../api/portfolio-query.ts";
import { READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const tags = ["portfolio"];
const loading = z
  .object({ loaded: z.int(), of: z.int() })
  .nullable()
  .meta({ description: "The book is being read into memory; until then totals are unknown." });

const shown = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
const pageShape = z
  .object({
    total: z.int().nullable(),
    revenue: z.number().nullable(),
    loading,
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        values: z.record(z.string(), shown),
      }),
    ),
    next_cursor: z.null(),
  })
  .meta({ id: "PortfolioPage" });

const share = z.object({
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  accounts: z.int(),
  revenue: z.number(),
});
const facetsShape = z
  .object({
    total: z.int(),
    revenue: z.number().nullable(),
    levels: z.array(share),
    stages: z.array(share.extend({ overdue: z.int() })),
    bands: z.array(share),
    owners: z.array(share),
    segments: z.array(
      z.object({
        segment: z.string(),
        entry: z.string().nullable(),
        accounts: z.int(),
        revenue: z.number(),
      }),
    ),
  })
  .meta({ id: "PortfolioFacets" });

const columnShape = z
  .object({
    name: z.string(),
    kind: z.enum(["fact", "decided", "segment", "experiment", "listed"]),
    type: z.enum(["number", "string", "boolean", "date", "time"]),
    values: z.array(z.string()).nullable(),
    unit: z.string().nullable(),
    about: z.string().nullable(),
    in_rules: z.boolean(),
  })
  .meta({ id: "PortfolioColumn" });
const describedShape = z
  .object({
    version: z.int(),
    today: dayOut,
    currency: z.string(),
    revenue: z.string().nullable(),
    renewal: z.string().nullable(),
    columns: z.array(columnShape),
    stages: z.array(
      z.object({
        name: z.string(),
        expect: z.int().nullable(),
        exit: z.array(z.object({ name: z.string(), rule: z.string() })),
      }),
    ),
    bands: z.array(z.object({ name: z.string(), from: z.number() })),
    programs: z.array(z.object({ name: z.string(), for_contact: z.boolean() })),
  })
  .meta({ id: "PortfolioDescription" });

const COLUMNS = "level,stage,health,health_band,owner,touch.next,touch.next_title,segments";

/** Windows of the whole book, for lists that people scroll through and narrow down. */
export const portfolio: Routes = (app, deps) => {
  app.get(
    "/api/portfolio",
    {
      config: { access: READ },
      schema: {
        operationId: "portfolio",
        summary:
          "A window of the accounts that match, with chosen columns, and what they add up to.",
        tags,
        querystring: z.object({
          ...portfolioFilter,
          sort: z.string().min(1).max(200).optional().meta({
            description: "A column; `-name` turns it around. Unknown values come last.",
          }),
          offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(100),
          columns: z.string().max(10_000).default(COLUMNS).meta({
            description:
              "Names of columns, with commas between them; see `/api/portfolio/columns`.",
          }),
        }),
        response: { 200: pageShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { sort, offset, limit, columns, ...filter } = request.query;
      const page = await portfolioPage(contextOf(deps, request.caller), {
        filter: bookFilterOf(filter),
        order: bookOrderOf(sort),
        offset,
        limit,
        columns: columns.split(","),
      });
      return {
        total: page.total,
        revenue: page.revenue,
        loading: page.loading && { ...page.loading },
        items: page.rows.map(({ id, name, values }) => ({
          id,
          name,
          values: values as Record<string, z.infer<typeof shown>>,
        })),
        next_cursor: null,
      };
    },
  );

  app.get(
    "/api/portfolio/facets",
    {
      config: { access: READ },
      schema: {
        operationId: "portfolioFacets",
        summary:
          "How the accounts that match are spread over levels, stages, health, owners, segments.",
        tags,
        querystring: z.object(portfolioFilter),
        response: { 200: facetsShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const found = await facets(contextOf(deps, request.caller), bookFilterOf(request.query));
      return {
        total: found.total,
        revenue: found.revenue,
        levels: [...found.levels],
        stages: [...found.stages],
        bands: [...found.bands],
        owners: [...found.owners],
        segments: [...found.segments],
      };
    },
  );

  app.get(
    "/api/portfolio/columns",
    {
      config: { access: READ },
      schema: {
        operationId: "portfolioColumns",
        summary: "What lists of accounts can show and be asked for, by the model in force.",
        tags,
        response: { 200: describedShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { today, columns, stages, bands, programs, ...rest } = await describePortfolio(
        contextOf(deps, request.caller),
      );
      return {
        ...rest,
        today: dayText(today) ?? "",
        columns: columns.map(({ inRules, values, ...one }) => ({
          ...one,
          values: values && [...values],
          in_rules: inRules,
        })),
        stages: stages.map(({ exit, ...one }) => ({
          ...one,
          exit: exit.map((each) => ({ ...each })),
        })),
        bands: bands.map((one) => ({ ...one })),
        programs: programs.map(({ name, forContact }) => ({ name, for_contact: forContact })),
      };
    },
  );
};
