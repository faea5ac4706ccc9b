import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { portfolioCsvPages } from "../../engine/book-view/portfolio-csv.ts";
import { touchesCsvPages } from "../../engine/export-csv.ts";
import { bookFilterOf, bookOrderOf, portfolioFilter } from "../api/portfolio-query.ts";
import { READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";
import { touchFilter, touchFilterOf } from "./touches.ts";

const tags = ["export"];
const csv = z
  .string()
  .meta({ description: "CSV; what a spreadsheet would take for a formula is quoted." });

export const exports: Routes = (app, deps) => {
  app.get(
    "/api/export/accounts.csv",
    {
      config: { access: READ },
      schema: {
        operationId: "exportAccounts",
        summary: "Accounts with level, stage, health, segments and facts, for a spreadsheet.",
        tags,
        querystring: z.object({
          ...portfolioFilter,
          sort: z.string().min(1).max(200).optional(),
          columns: z.string().max(10_000).optional().meta({
            description:
              "Names of columns, with commas between them (`/api/portfolio/columns`); without it: all, of decided accounts.",
          }),
        }),
        produces: ["text/csv"],
        response: { 200: { content: { "text/csv": { schema: csv } } }, "4xx": problemSchema },
      },
    },
    async (request, reply) => {
      const { sort, columns, ...filter } = request.query;
      const pages = portfolioCsvPages(contextOf(deps, request.caller), {
        filter: { ...bookFilterOf(filter), ...(columns === undefined ? { state: "decided" } : {}) },
        order: bookOrderOf(sort),
        columns: columns?.split(",") ?? null,
      });
      return download(reply, "accounts.csv", pages);
    },
  );

  app.get(
    "/api/export/touches.csv",
    {
      config: { access: READ },
      schema: {
        operationId: "exportTouches",
        summary: "Touches for a spreadsheet.",
        tags,
        querystring: z.object(touchFilter),
        produces: ["text/csv"],
        response: { 200: { content: { "text/csv": { schema: csv } } }, "4xx": problemSchema },
      },
    },
    async (request, reply) => {
      const pages = touchesCsvPages(contextOf(deps, request.caller), touchFilterOf(request.query));
      return download(reply, "touches.csv", pages);
    },
  );
};

/** What is wrong with the question is answered as such: the first page is made before anything is sent. */
async function download(
  reply: FastifyReply,
  name: string,
  pages: AsyncGenerator<string>,
): Promise<FastifyReply> {
  const first = await pages.next();
  async function* all(): AsyncGenerator<string> {
    if (first.done !== true) yield first.value;
    yield* pages;
  }
  return reply
    .type("text/csv; charset=utf-8")
    .header("content-disposition", `attachment; filename="${name}"`)
    .send(Readable.from(all()));
}
