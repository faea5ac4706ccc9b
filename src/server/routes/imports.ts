import { basename } from "node:path";
import type { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Json } from "../../core/facts/types.ts";
import type { EngineContext } from "../../engine/context.ts";
import { importData } from "../../engine/import-data.ts";
import { recordImport } from "../../engine/import-history/record-import.ts";
import type { ImportOptions, ImportSource } from "../../engine/ports.ts";
import { flagIn } from "../api/fields.ts";
import {
  FILE_NAME,
  inUploadFolder,
  receiveFile,
  type SentFile,
  UploadedFile,
  writeFiles,
} from "../api/upload.ts";
import { audited } from "../api/audited.ts";
import { importProblem } from "../api/import-problem.ts";
import { countsOf, RejectList, reportJson, reportShape } from "../api/import-shapes.ts";
import { oneImport } from "../api/one-import.ts";
import { OPS } from "../api/who-may.ts";
import { loadImport } from "../compose-import.ts";
import { HttpProblem } from "../http-problem.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const MB = 1024 * 1024;
/** An import file with its files as JSON; and one CSV file, which is written to disk as it comes. */
const MOST_JSON = 64 * MB;
const MOST_FILE = 512 * MB;
const KINDS = ["accounts", "contacts", "events"] as const;
const fileIn = z
  .strictObject({ text: z.string().optional(), base64: z.base64("expected base64").optional() })
  .refine(({ text, base64 }) => (text === undefined) !== (base64 === undefined), {
    error: "expected either text or base64",
  });
const importBody = z.strictObject({
  name: z
    .string()
    .regex(FILE_NAME, "expected a name of letters, digits, . _ and -")
    .meta({ description: "What is imported, the same each time: what is remembered goes by it." }),
  definition: z.string().min(1).max(MB).meta({ description: "The text of the import file." }),
  files: z
    .record(z.string(), fileIn)
    .refine((sent) => Object.keys(sent).every((one) => FILE_NAME.test(one)), {
      error: "expected file names of letters, digits, . _ and -, without folders",
    })
    .meta({ description: "The files that it names: name → `{text}` or `{base64}`." }),
  dry_run: z.boolean().default(false),
});

const tags = ["imports"];
type Open = (options: ImportOptions) => Promise<ImportSource>;

export const imports: Routes = (app, deps) => {
  app.addContentTypeParser(
    ["text/csv", "application/x-ndjson", "application/vnd.apache.parquet", "application/gzip"],
    async (request: FastifyRequest, body: Readable) =>
      receiveFile(body, nameOf(request), MOST_FILE),
  );

  // also where the request never came to its route: refused, or answered from before
  app.addHook("onResponse", async ({ body }) => {
    if (body instanceof UploadedFile) await body.remove();
  });

  app.post(
    "/api/imports",
    {
      config: { access: OPS, takesAnyText: true },
      bodyLimit: MOST_JSON,
      schema: {
        operationId: "importFiles",
        summary: "Imports by an import file whose files come along: no other file can be read.",
        tags,
        body: importBody,
        response: { 200: reportShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { name, definition, files, dry_run } = request.body;
      const context = contextOf(deps, request.caller);
      return oneImport(deps, () =>
        inUploadFolder(async (folder) => {
          const open = await openDefinition(folder, name, definition, files);
          return run(context, noteOf(request), {
            source: `api:${name}`,
            kind: "file",
            file: name,
            definition,
            open,
            dryRun: dry_run,
            folder,
          });
        }),
      );
    },
  );

  app.post(
    "/api/imports/:kind",
    {
      config: { access: OPS },
      bodyLimit: MOST_FILE,
      schema: {
        operationId: "importFile",
        summary: "Imports accounts, contacts or events from one file sent as the body.",
        tags,
        consumes: ["text/csv", "application/x-ndjson", "application/vnd.apache.parquet"],
        params: z.object({ kind: z.enum(KINDS) }),
        querystring: z.object({
          name: z
            .string()
            .regex(FILE_NAME, "expected a file name such as accounts.csv")
            .optional()
            .meta({ description: "The file's name; its ending says what it is. Default: CSV." }),
          id: z.string().max(200).optional().meta({ description: "The column with the row's id." }),
          dry_run: flagIn.default(false),
        }),
        response: { 200: reportShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const file = request.body;
      if (!(file instanceof UploadedFile))
        throw new HttpProblem("wrong-media-type", "The body is to be the file itself.", {
          hint: "curl --data-binary @accounts.csv -H 'content-type: text/csv' …",
        });
      const { id, dry_run } = request.query;
      const context = contextOf(deps, request.caller);
      const { kind } = request.params;
      try {
        return await oneImport(deps, async () => {
          const { openImport, shortForm } = await loadImport();
          const open: Open = async (options) =>
            openImport(await shortForm(kind, file.path, { id }), options);
          return run(context, noteOf(request), {
            source: `api:${kind}:${basename(file.path)}`,
            kind,
            file: basename(file.path),
            definition: null,
            open,
            dryRun: dry_run,
            folder: file.folder,
          });
        });
      } finally {
        await file.remove();
      }
    },
  );

  const noteOf =
    ({ caller }: Pick<FastifyRequest, "caller">): Note =>
    (source, details) =>
      audited(deps, caller, "data imported", { details: { source, ...details } });
};

function nameOf({ query, headers }: FastifyRequest): string {
  const { name } = query as { name?: unknown };
  if (typeof name === "string" && FILE_NAME.test(name)) return name;
  const type = headers["content-type"] ?? "";
  if (type.includes("ndjson")) return "rows.jsonl";
  return type.includes("parquet") ? "rows.parquet" : "rows.csv";
}

/** Only files that came along may be named: the server's own are none of the sender's business. */
async function openDefinition(
  folder: string,
  name: string,
  text: string,
  files: Readonly<Record<string, SentFile>>,
): Promise<Open> {
  const { openImport, readDefinition } = await loadImport();
  const { definition, diagnostics } = readDefinition(text, `${folder}/${name}`);
  if (!definition) {
    const lines = diagnostics.map((one) => `${name}:${one.line}:${one.column}: ${one.message}`);
    throw new HttpProblem("bad-import", lines.join("\n"), {
      hint: "docs/guides/import.md has the form of an import file.",
    });
  }
  const named = [
    ...definition.files.flatMap(({ paths }) => paths),
    ...definition.prepare.map((path) => path.replace(`${folder}/`, "")),
  ];
  const stray = named.find((path) => !Object.hasOwn(files, path));
  if (stray !== undefined)
    throw new HttpProblem(
      "bad-import",
      `The import file names ${stray}, which did not come along.`,
      {
        hint: `Send it under \`files\` by exactly this name, without folders or *. There are: ${Object.keys(files).join(", ") || "none"}.`,
      },
    );
  await writeFiles(folder, files);
  return (options) => openImport(definition, options);
}

type Note = (source: string, details: Readonly<Record<string, Json>>) => Promise<void>;

interface Run {
  readonly source: string;
  readonly kind: string;
  readonly file: string;
  readonly definition: string | null;
  readonly open: Open;
  readonly dryRun: boolean;
  readonly folder: string;
}

async function run(
  context: EngineContext,
  note: Note,
  { dryRun, folder, ...what }: Run,
): Promise<z.infer<typeof reportShape>> {
  const rejects = new RejectList();
  const { source } = what;
  try {
    const wanted = { ...what, onReject: rejects.add };
    const report = await (dryRun
      ? importData(context, { ...wanted, dryRun })
      : recordImport(context, wanted));
    if (!dryRun) await note(source, { counts: countsOf(report) });
    return reportJson(report, { dryRun, rejected: rejects.count, rejects: rejects.first });
  } catch (error) {
    // what went in before it broke off stays in
    if (!dryRun) await note(source, { broken_off: true });
    throw importProblem(error, folder);
  }
}
