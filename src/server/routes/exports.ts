import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { accountsCsvPages, touchesCsvPages } from "../../engine/export-csv.ts";
import { given } from "../api/fields.ts";
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
          where: z.string().max(5000).optional(),
          level: z.string().optional(),
          stage: z.string().optional(),
          owner: z.string().optional(),
        }),
        produces: ["text/csv"],
        response: { 200: { content: { "text/csv": { schema: csv } } }, "4xx": problemSchema },
      },
    },
    async (request, reply) => {
      const { owner, ...query } = request.query;
      const pages = accountsCsvPages(contextOf(deps, request.caller), {
        ...given({ ...query, owner: owner === "none" ? null : owner }),
        state: "decided",
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
