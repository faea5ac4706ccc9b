import { z } from "zod";
import { listImportRuns, oneImportRun } from "../../engine/import-history/import-runs.ts";
import type { ImportRun, WholeImportRun } from "../../engine/ports.ts";
import { nextCursor, pageOf, pageQuery, placeTime, readCursor } from "../api/cursor.ts";
import { ID, timeOut, timeText } from "../api/fields.ts";
import { rejectJson, rejectShape } from "../api/import-shapes.ts";
import { OPS } from "../api/who-may.ts";
import { loadImport } from "../compose-import.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const runShape = z
  .object({
    id: z.string(),
    started_at: timeOut,
    ended_at: timeOut.nullable(),
    status: z.enum(["running", "done", "broken"]),
    kind: z.string().meta({ description: "`accounts`, …; `file`: an import file." }),
    file: z.string(),
    by: z.string().nullable(),
    counts: z.record(
      z.string(),
      z.object({
        read: z.int(),
        written: z.int(),
        unchanged: z.int(),
        rejected: z.int(),
        done: z.int().meta({ description: "While it runs: rows that were looked at." }),
      }),
    ),
    rejected: z.int(),
    bad_lines: z.int(),
    warnings: z.array(z.string()),
    error: z.string().nullable(),
  })
  .meta({ id: "ImportRun" });
const wholeShape = runShape
  .extend({
    rejects: z.array(rejectShape).meta({ description: "The first rows that stayed out." }),
    definition: z.string().nullable().meta({ description: "The import file that it ran by." }),
  })
  .meta({ id: "WholeImportRun" });

const PLACE = z.object({ startedAt: placeTime, id: z.string() });
const tags = ["imports"];
const params = z.object({ run: ID });

/** Who brought in what, when, and what stayed out. */
export const importRuns: Routes = (app, deps) => {
  app.get(
    "/api/imports",
    {
      config: { access: OPS },
      schema: {
        operationId: "listImports",
        summary: "Imports that were made and run now, newest first.",
        tags,
        querystring: z.object(pageQuery),
        response: { 200: pageOf(runShape), "4xx": problemSchema },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const after = readCursor("imports", PLACE, cursor) ?? undefined;
      const found = await listImportRuns(contextOf(deps, request.caller), limit + 1, after);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      const place = last && { startedAt: last.startedAt, id: last.id };
      return { items: items.map(listed), next_cursor: nextCursor("imports", place) };
    },
  );

  app.get(
    "/api/imports/:run",
    {
      config: { access: OPS },
      schema: {
        operationId: "getImport",
        summary: "One import: how far it is, or what came of it, with the rows that stayed out.",
        tags,
        params,
        response: { 200: wholeShape, "4xx": problemSchema },
      },
    },
    async (request) =>
      whole(await oneImportRun(contextOf(deps, request.caller), request.params.run)),
  );

  app.get(
    "/api/imports/:run/rejects.csv",
    {
      config: { access: OPS },
      schema: {
        operationId: "downloadRejects",
        summary: "The rows that stayed out, as CSV: statement, row, reason, content.",
        tags,
        params,
        produces: ["text/csv"],
        response: { 200: z.string(), "4xx": problemSchema },
      },
    },
    async (request, reply) => {
      const { csvField } = await loadImport();
      const run = await oneImportRun(contextOf(deps, request.caller), request.params.run);
      const lines = run.rejects.map(({ statement, row, reason, content }) =>
        [statement, String(row), reason, JSON.stringify(content)].map(csvField).join(","),
      );
      void reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", 'attachment; filename="rejected.csv"');
      return ["statement,row,reason,content", ...lines, ""].join("\r\n");
    },
  );
};

function listed(run: ImportRun): z.infer<typeof runShape> {
  const { id, status, kind, file, by, counts, rejected, warnings, error } = run;
  return {
    id,
    started_at: timeText(run.startedAt) ?? "",
    ended_at: timeText(run.endedAt),
    status,
    kind,
    file,
    by,
    counts: Object.fromEntries(Object.entries(counts).map(([name, one]) => [name, { ...one }])),
    rejected,
    bad_lines: run.badLines,
    warnings: [...warnings],
    error,
  };
}

function whole(run: WholeImportRun): z.infer<typeof wholeShape> {
  const { rejects, definition } = run;
  return { ...listed(run), rejects: rejects.map(rejectJson), definition };
}
