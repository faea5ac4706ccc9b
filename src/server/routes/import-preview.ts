import type { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { importData } from "../../engine/import-data.ts";
import { beginImport } from "../../engine/import-history/record-import.ts";
import { firstRunTraits } from "../../engine/first-run/first-run-traits.ts";
import { liveWantedTraits } from "../../engine/import-mapping/wanted-traits.ts";
import type { EngineContext } from "../../engine/context.ts";
import { audited } from "../api/audited.ts";
import { ID } from "../api/fields.ts";
import { importProblem } from "../api/import-problem.ts";
import { countsOf, RejectList, reportJson, reportShape } from "../api/import-shapes.ts";
import { KeptUploads } from "../api/kept-uploads.ts";
import { csvIn, fileNameIn, IMPORT_KINDS, mappingIn, previewShape } from "../api/mapping-shapes.ts";
import { oneImport } from "../api/one-import.ts";
import { receiveFile, UploadedFile } from "../api/upload.ts";
import { OPS } from "../api/who-may.ts";
import { loadImport } from "../compose-import.ts";
import { HttpProblem } from "../http-problem.ts";
import { answers, problemSchema } from "../problem.ts";
import { type Caller, contextOf, type Routes } from "../route.ts";

const MOST_FILE = 512 * 1024 * 1024;
/** Rows of a file that are shown. */
const SHOWN = 20;
const BINARY = "application/octet-stream";

const tags = ["imports"];
const params = z.object({ upload: ID });
type Mapping = z.infer<typeof mappingIn>;
type Reading = z.infer<typeof csvIn>;

/** A file is sent once, looked at, its columns are given a meaning, tried, and brought in. */
export const importPreview: Routes = (app, deps) => {
  const uploads = new KeptUploads(deps.clock);
  const kept = new WeakSet<UploadedFile>();
  app.addHook("onClose", () => uploads.clear());
  // also where the request never came to its route: refused, or answered from before
  app.addHook("onResponse", async ({ body }) => {
    if (body instanceof UploadedFile && !kept.has(body)) await body.remove();
  });
  app.addContentTypeParser(BINARY, async (request: FastifyRequest, body: Readable) =>
    receiveFile(body, fileNameIn.parse((request.query as { name?: unknown }).name), MOST_FILE),
  );

  const actorOf = (caller: Caller | null): string => caller?.actor ?? "";

  async function look(
    context: EngineContext,
    upload: string,
    file: UploadedFile,
    csv: Reading,
  ): Promise<z.infer<typeof previewShape>> {
    const { sniffFile, suggestMapping, likeliestKind, SHAPES } = await loadImport();
    const wanted = [...(await liveWantedTraits(context))];
    if (wanted.length === 0) wanted.push(...(await firstRunTraits(context, deps.bundled)));
    try {
      const found = await sniffFile(file.path, { csv, rows: SHOWN });
      const suggestions = IMPORT_KINDS.map((kind) => suggestMapping(kind, found.columns, wanted));
      return {
        upload,
        name: file.name,
        bytes: file.bytes,
        format: found.format,
        rows: found.rows,
        columns: found.columns.map((one) => ({ ...one, samples: [...one.samples] })),
        first: found.first.map((row) => ({ ...row })),
        bad_lines: found.badLines,
        first_bad_lines: found.firstBadLines.map(({ row, reason, content }) => ({
          row,
          reason,
          content: { ...content },
        })),
        warnings: [...found.warnings],
        guess: likeliestKind(suggestions),
        suggestions: suggestions.map(({ kind, columns, missing }) => ({
          kind,
          columns: columns.map((one) => ({ ...one })),
          missing: [...missing],
        })),
        known: IMPORT_KINDS.map((kind) => ({
          kind,
          columns: SHAPES[kind].known.map(({ name, key }) => ({ name, required: key ?? false })),
          others: SHAPES[kind].others,
        })),
        wanted: wanted.map((one) => ({ ...one })),
      };
    } catch (error) {
      throw importProblem(error, file.folder);
    }
  }

  /** The import file that the mapping is, and how to open it. */
  async function mapped(file: UploadedFile, { csv, ...mapping }: Mapping) {
    const { mappedText, openImport, readDefinition } = await loadImport();
    try {
      const text = mappedText({ ...mapping, csv }, file.name);
      const { definition, diagnostics } = readDefinition(text, `${file.folder}/mapping`);
      if (!definition) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
      return {
        text,
        open: (options: Parameters<typeof openImport>[1]) => openImport(definition, options),
      };
    } catch (error) {
      throw importProblem(error, file.folder);
    }
  }

  app.post(
    "/api/imports/uploads",
    {
      config: { access: OPS },
      bodyLimit: MOST_FILE,
      schema: {
        operationId: "uploadFile",
        summary:
          "Sends a file to be looked at: its columns, their types, rows, and what it may be.",
        description: "Nothing is imported. The file is kept for an hour, for its sender alone.",
        tags,
        consumes: [BINARY],
        querystring: z.object({ name: fileNameIn }),
        response: { 200: previewShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const file = request.body;
      if (!(file instanceof UploadedFile))
        throw new HttpProblem("wrong-media-type", "The body is to be the file itself.", {
          hint: `Send it as ${BINARY}.`,
        });
      const context = contextOf(deps, request.caller);
      const seen = await look(context, "", file, {});
      kept.add(file);
      return { ...seen, upload: await uploads.keep(file, actorOf(request.caller)) };
    },
  );

  app.post(
    "/api/imports/uploads/:upload/preview",
    {
      config: { access: OPS, tells: [] },
      schema: {
        operationId: "previewUpload",
        summary: "Looks at a file that was sent once more, read in another way.",
        tags,
        params,
        body: z.strictObject({ csv: csvIn }),
        response: { 200: previewShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { upload } = request.params;
      const file = uploads.get(upload, actorOf(request.caller));
      return look(contextOf(deps, request.caller), upload, file, request.body.csv);
    },
  );

  app.post(
    "/api/imports/uploads/:upload/check",
    {
      config: { access: OPS, tells: [] },
      schema: {
        operationId: "checkUpload",
        summary:
          "What importing the file so would come to: written, unchanged, rejected. A dry run.",
        tags,
        params,
        body: mappingIn,
        response: {
          200: reportShape
            .extend({
              definition: z.string().meta({
                description: "The import file that does the same with `touchstone import`.",
              }),
            })
            .meta({ id: "UploadCheck" }),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const file = uploads.get(request.params.upload, actorOf(request.caller));
      const { text, open } = await mapped(file, request.body);
      const rejects = new RejectList();
      return oneImport(deps, async () => {
        try {
          const report = await importData(context, {
            source: sourceOf(request.body, file),
            open,
            dryRun: true,
            rehearse: true,
            onReject: rejects.add,
          });
          const more = { dryRun: true, rejected: rejects.count, rejects: rejects.first };
          return { ...reportJson(report, more), definition: text };
        } catch (error) {
          throw importProblem(error, file.folder);
        }
      });
    },
  );

  app.post(
    "/api/imports/uploads/:upload/import",
    {
      config: { access: OPS },
      schema: {
        operationId: "importUpload",
        summary: "Imports the file so; GET /api/imports/{run} says how far it is.",
        tags,
        params,
        body: mappingIn,
        response: answers(202, z.object({ run: z.string() })),
      },
    },
    async (request, reply) => {
      const { caller, body } = request;
      const context = contextOf(deps, caller);
      const file = uploads.get(request.params.upload, actorOf(caller));
      const { text, open } = await mapped(file, body);
      const source = sourceOf(body, file);
      const note = (details: Parameters<typeof audited>[3]) =>
        audited(deps, caller, "data imported", details);
      const wanted = {
        source,
        kind: body.kind,
        file: file.name,
        definition: text,
        open: (options: Parameters<typeof open>[0]) =>
          open(options).catch((error: unknown) => {
            throw importProblem(error, file.folder);
          }),
        onReject: () => undefined,
      };
      const run = await new Promise<string>((resolve, reject) => {
        oneImport(deps, async () => {
          const begun = await beginImport(context, wanted);
          resolve(begun.id);
          const details = { source, run: begun.id };
          try {
            await note({ details: { ...details, counts: countsOf(await begun.run()) } });
          } catch (error) {
            // it is on record; what went in before it broke off stays in
            request.log.warn({ err: error }, "an import broke off");
            await note({ details: { ...details, broken_off: true } });
          }
        }).catch(reject);
      });
      return reply.status(202).send({ run });
    },
  );
};

/** What is remembered of a file goes by what it is called. */
function sourceOf({ kind }: Mapping, { name }: UploadedFile): string {
  return `app:${kind}:${name}`;
}
