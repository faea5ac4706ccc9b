import { z } from "zod";

/** The shape of an import file; `read-definition.ts` turns its complaints into lines and columns. */

const TABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

const csvKeys = {
  header: z.boolean().optional(),
  delim: z.string().min(1).max(4).optional(),
  quote: z.string().max(1).optional(),
  escape: z.string().max(1).optional(),
  skip: z.number().int().min(0).optional(),
  encoding: z.enum(["utf-8", "utf-16", "latin-1"]).optional(),
  dateformat: z.string().optional(),
  timestampformat: z.string().optional(),
  decimal_separator: z.enum([".", ","]).optional(),
  nullstr: z.union([z.string(), z.array(z.string())]).optional(),
  types: z.record(z.string(), z.string()).optional(),
};

const paths = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

export const fileObject = z.strictObject({
  path: paths,
  format: z.enum(["csv", "tsv", "json", "jsonl", "parquet"]).optional(),
  ...csvKeys,
});

const sql = z.string("expected SQL text").trim().min(1, "expected SQL text, found nothing");

export const definitionSchema = z
  .strictObject({
    files: z.record(
      z.string().regex(TABLE_NAME, "a table's name is letters, digits and _"),
      z.union([paths, fileObject]),
    ),
    prepare: paths.optional(),
    shift_to: z
      .string()
      .regex(/^(yesterday|\d{4}-\d{2}-\d{2})$/, "expected yesterday or a day such as 2026-03-01")
      .optional(),
    timezone: z.string().optional(),
    outcome: z.union([z.string().min(1), z.array(z.string().min(1))]).optional(),
    accounts: sql.optional(),
    contacts: sql.optional(),
    events: sql.optional(),
    team: sql.optional(),
  })
  .refine(
    (file) => [file.accounts, file.contacts, file.events, file.team].some((x) => x !== undefined),
    {
      message: "nothing to import: give at least one of accounts, contacts, events, team",
    },
  );

export type DefinitionFile = z.infer<typeof definitionSchema>;

/** Names that a person may write as a key in each kind of block, for "did you mean". */
export const TOP_KEYS: readonly string[] = [
  "files",
  "prepare",
  "shift_to",
  "timezone",
  "outcome",
  "accounts",
  "contacts",
  "events",
  "team",
];
export const FILE_KEYS: readonly string[] = ["path", "format", ...Object.keys(csvKeys)];
