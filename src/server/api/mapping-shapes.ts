import { z } from "zod";
import { FILE_NAME } from "./upload.ts";

export const IMPORT_KINDS = ["accounts", "contacts", "events", "team"] as const;

/** How a file is read where what is found out by itself is wrong: as in an import file. */
export const csvIn = z
  .strictObject({
    delim: z.enum([",", ";", "\t", "|"]).optional(),
    header: z.boolean().optional(),
    encoding: z.enum(["utf-8", "utf-16", "latin-1"]).optional(),
    dateformat: z.string().max(50).optional().meta({ description: "`%d/%m/%Y`" }),
    timestampformat: z.string().max(50).optional(),
    decimal_separator: z.enum([".", ","]).optional(),
    skip: z.int().min(0).max(1000).optional(),
  })
  .meta({ id: "FileReading" });

export const mappingIn = z
  .strictObject({
    kind: z.enum(IMPORT_KINDS),
    columns: z
      .array(
        z.strictObject({
          from: z.string().min(1).max(500),
          to: z
            .string()
            .trim()
            .min(1)
            .max(200)
            .nullable()
            .meta({ description: "Known column, trait or property; null: left out." }),
        }),
      )
      .min(1)
      .max(2000),
    fixed: z
      .record(z.string().max(200), z.string().max(500))
      .default({})
      .meta({ description: "Known column → what it is in every row." }),
    csv: csvIn.default({}),
  })
  .meta({ id: "ImportMapping", description: "What the columns of a file mean." });

export const fileNameIn = z
  .string()
  .regex(FILE_NAME, "expected a file name such as accounts.csv")
  .meta({ description: "Its ending says what it is: csv, tsv, json, jsonl, parquet, also .gz." });

const columnShape = z.object({
  name: z.string(),
  kind: z.enum(["number", "boolean", "date", "time", "text", "nested"]),
  type: z.string().meta({ description: "DuckDB's." }),
  filled: z.int().meta({ description: "Rows that have a value." }),
  distinct: z.int().meta({ description: "Different values, nearly." }),
  samples: z.array(z.string()),
});
const suggestionShape = z.object({
  kind: z.enum(IMPORT_KINDS),
  columns: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      why: z.enum(["known", "wanted", "own"]).meta({
        description:
          "`known`: it has a meaning of its own; `wanted`: the model asks for it; `own`: its own name.",
      }),
    }),
  ),
  missing: z
    .array(z.string())
    .meta({ description: "What every row needs and nothing looks like." }),
});
export const previewShape = z
  .object({
    upload: z.string().meta({ description: "Names the file for an hour." }),
    name: z.string(),
    bytes: z.int(),
    format: z.enum(["csv", "tsv", "json", "jsonl", "parquet"]),
    rows: z.int(),
    columns: z.array(columnShape),
    first: z.array(z.record(z.string(), z.string().nullable())),
    bad_lines: z.int(),
    first_bad_lines: z.array(
      z.object({ row: z.int(), reason: z.string(), content: z.record(z.string(), z.unknown()) }),
    ),
    warnings: z.array(z.string()),
    guess: z.enum(IMPORT_KINDS).meta({ description: "What it most likely is a list of." }),
    suggestions: z.array(suggestionShape),
    known: z.array(
      z.object({
        kind: z.enum(IMPORT_KINDS),
        columns: z.array(z.object({ name: z.string(), required: z.boolean() })),
        others: z.enum(["trait", "property", "ignored"]),
      }),
    ),
    wanted: z
      .array(z.object({ trait: z.string(), type: z.string() }))
      .meta({ description: "Traits that the touch model asks for." }),
  })
  .meta({ id: "UploadPreview" });
